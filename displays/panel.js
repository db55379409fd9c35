// @ts-check
// What takes the whole screen between calls: announcements of that kind, and a hall that is closed.
// A call takes it back at once. Whoever was called and walks still finds the number at the foot.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { plate } from "../clients/lib/plate.js";
import { t } from "../clients/lib/words.js";
import { set, unit } from "./fit.js";
import { notices } from "./notices.js";
import { opening } from "./notices-view.js";
import { Turns, pieces } from "./paging.js";
import { first, inLanguage, pair, shownLanguages } from "./words.js";

/** Letters of an announcement, pixels of a 1080 screen: the first that fits. */
const SIZES = [120, 104, 88, 76, 66, 58];

/** @typedef {{words: string, language: string}} Part a text in one language */
/** @typedef {{text: string, parts: Part[], size: number, mark: string}} Page `mark`: "1/2" of a text in pieces */

export class Panel {
  /** @param {HTMLElement} ruler */
  constructor(ruler) {
    this.ruler = ruler;
    this.heading = el("h2", { class: "hall-heading" });
    this.mark = el("p", { class: "panel-mark" });
    this.text = el("div", { class: "panel-text" });
    this.calls = el("ul", { class: "panel-calls" });
    this.section = el(
      "section",
      { class: "panel", hidden: true },
      el("div", { class: "panel-head" }, this.heading, this.mark),
      this.text,
      this.calls,
    );
    this.turns = new Turns((page) => this._show(page));
    this.key = "";
    /** The pages of each text, as they were measured last. @type {Map<string, Page[]>} */
    this.measured = new Map();
    /** @type {any[]} */
    this.texts = [];
    /** @type {string[]} */
    this.languages = [];
  }

  get isShown() {
    return !this.section.hidden;
  }

  /** @param {import("./board.js").Scene} scene @param {string[]} languages in turn */
  draw(scene, languages) {
    const kind = kindOf(scene);
    const texts = kind === "announcement" ? fullScreen(scene) : [];
    const walking = Object.keys(kind === "announcement" ? scene.state.calls : {})
      .filter((number) => scene.state.calls[number].state === "called")
      .sort((a, b) => scene.state.calls[b].seq - scene.state.calls[a].seq);
    const closed = kind === "closed" ? closing(scene) : null;
    const today = scene.iso.slice(0, 10);
    const key = JSON.stringify([kind, texts, walking, closed, closed && today, languages, shownLanguages()]);
    if (key === this.key) return;
    this.key = key;
    this.texts = texts;
    this.languages = languages;
    this.section.hidden = kind === "";
    setAttr(this.section, "data-kind", kind || null);
    replace(this.heading, kind === "announcement" && pair("Pengumuman"));
    replace(this.calls, walking.map((number) => walker(number, scene.state.calls[number])));
    this.calls.hidden = walking.length === 0;
    if (closed) {
      this.turns.stop();
      replace(this.mark, null);
      replace(this.text, closedLines(closed, today));
    }
    this._page();
  }

  /** Pages follow from what fits: to be called when the screen was turned or the font came. */
  fit() {
    this.measured.clear();
    this._page();
  }

  _page() {
    if (!this.isShown) return this.turns.stop();
    this._fitCalls();
    if (this.texts.length === 0) return;
    const before = this.measured;
    this.measured = new Map();
    const { clientWidth, clientHeight } = this.text;
    /** @type {Page[]} */
    let pages = [];
    for (const text of this.texts) {
      const key = JSON.stringify([text, this.languages, shownLanguages().length, clientWidth, clientHeight]);
      const found = before.get(key) || this._pages(text);
      this.measured.set(key, found);
      pages = pages.concat(found);
    }
    this.turns.set(pages);
    this._show(this.turns.pages[this.turns.index]);
  }

  stop() {
    this.turns.stop();
  }

  /** Both languages on one page, each on its own, or in pieces: as large as fits. @param {any} text */
  _pages(text) {
    const parts = this.languages
      .map((language) => ({ words: inLanguage(text, language), language }))
      .filter((part, index, all) => index === all.findIndex(({ words }) => words === part.words));
    const size = shownLanguages().length > 1 ? this._fitting(parts, SIZES) : null;
    if (size) return [page(parts, size)];
    /** @type {Page[]} */
    let pages = [];
    for (const part of parts) pages = pages.concat(this._alone(part));
    return pages;
  }

  /** @param {Part} part @returns {Page[]} */
  _alone(part) {
    const size = this._fitting([part], SIZES);
    if (size) return [page([part], size)];
    const least = SIZES[SIZES.length - 1];
    const fits = (/** @type {string} */ words) =>
      Boolean(this._fitting([Object.assign({}, part, { words })], [least]));
    const found = pieces(part.words, fits);
    return found.map((words, index) => {
      const mark = found.length > 1 ? `${index + 1}/${found.length}` : "";
      return page([Object.assign({}, part, { words })], least, mark);
    });
  }

  /** The first size at which they fit; null: none. @param {Part[]} parts @param {number[]} sizes */
  _fitting(parts, sizes) {
    for (const size of sizes) {
      this._draw(parts, size);
      const { text } = this;
      if (text.scrollHeight <= text.clientHeight && text.scrollWidth <= text.clientWidth) return size;
    }
    return null;
  }

  /** @param {Page|null|undefined} shown */
  _show(shown) {
    if (!shown) return;
    replace(this.mark, shown.mark);
    this._draw(shown.parts, shown.size);
  }

  /** @param {Part[]} parts @param {number} size */
  _draw(parts, size) {
    set(this.text, "--size-panel", size * unit(this.ruler));
    replace(this.text, parts.map(({ words, language }, index) =>
      el("p", { lang: language, class: index > 0 ? "panel-second" : "panel-first" }, words)));
  }

  /** As many of the called as one line holds, the newest first. */
  _fitCalls() {
    const { calls } = this;
    for (const row of Array.from(calls.children)) setAttr(row, "hidden", null);
    for (let last = calls.children.length - 1; last > 0; last -= 1) {
      if (calls.scrollWidth <= calls.clientWidth) return;
      setAttr(calls.children[last], "hidden", true);
    }
  }
}

/** @param {import("./board.js").Scene} scene @returns {"announcement"|"closed"|""} */
function kindOf(scene) {
  const { shown, state, options, stale } = scene;
  // A counter's own display has nothing to say but its number.
  if (options.layout === "counter") return "";
  if (shown.announcing || shown.list.some((row) => row.waiting)) return "";
  if (fullScreen(scene).length > 0 && !stale) return "announcement";
  return closing(scene) && !isBusy(state) ? "closed" : "";
}

/** Closed, yet not over: whoever has a number is still called. @param {any} state */
function isBusy({ calls, services }) {
  const atCounter = Object.keys(calls).some(
    (number) => calls[number].state === "called" || calls[number].state === "serving",
  );
  return atCounter || Object.keys(services).some((id) => services[id].waiting > 0);
}

/** @param {import("./board.js").Scene} scene */
function fullScreen({ state }) {
  return Object.keys(state.announcements)
    .map((id) => state.announcements[id])
    .filter((announcement) => announcement.full_screen)
    .map((announcement) => announcement.text);
}

/** Whether the whole hall is closed, until when and why. @param {import("./board.js").Scene} scene */
function closing({ state, openings }) {
  const [foremost] = notices(state.services, openings);
  return foremost && foremost.kind === "all_closed" ? foremost : null;
}

/** @param {import("./notices.js").Notice} closed @param {string} today */
function closedLines(closed, today) {
  return shownLanguages().map((lang, index) => {
    const why = closed.note && inLanguage(closed.note, lang);
    // A time alone on its line reads as that of something else.
    const words = closed.opens_at
      ? t("Tutup, {opening}", { opening: opening(closed.opens_at, today, lang) }, lang)
        .replace(/ (?=\S+$)/, "\u00a0")
      : t("Semua layanan tutup", {}, lang);
    return el(
      "div",
      { lang, class: index > 0 ? "panel-closed panel-second" : "panel-closed" },
      el("p", { class: "panel-shut" }, words),
      why && el("p", { class: "panel-why" }, why),
    );
  });
}

/** @param {string} number @param {import("./announcer.js").Call} call */
function walker(number, call) {
  const shape = plate({ number, tile: call.tile, state: call.state, counter: call.counter });
  return el("li", { class: "panel-call" }, shape, el("span", null, first(call.counter_name)));
}

/** @param {Part[]} parts @param {number} size @param {string} [mark] @returns {Page} */
function page(parts, size, mark) {
  return { text: parts.map(({ words }) => words).join(" "), parts, size, mark: mark || "" };
}
