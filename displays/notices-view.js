// @ts-check
// The strip of what does not operate, is paused or closed, and why. What does not fit takes turns,
// one language after the other.
import { el, replace } from "../clients/lib/dom.js";
import { bullet } from "../clients/lib/plate.js";
import { formatClock, weekday } from "../clients/lib/time.js";
import { t } from "../clients/lib/words.js";
import { notices } from "./notices.js";
import { Turns, paged, pieces } from "./paging.js";
import { inLanguage } from "./words.js";

/** How many lines the strip has on an upright screen. */
const UPRIGHT_LINES = 2;

/** What a notice begins with. */
const KINDS = {
  not_operating: "Tidak beroperasi",
  paused: "Sedang jeda",
  closed: "Layanan tutup",
  all_closed: "Semua layanan tutup",
};

/** @typedef {import("./notices.js").Notice} Notice */
/**
 * @typedef {{kind: string, language: string, prefix?: string, tile?: string, text: string,
 *   continued?: boolean}} Item `continued`: a later piece of the one before it
 */

export class NoticesView {
  /** @param {HTMLElement} strip */
  constructor(strip) {
    this.strip = strip;
    /** @type {string[]} */
    this.languages = [];
    this.turns = new Turns((page) => this._show(page));
    /** @type {Notice[]} */
    this.list = [];
    this.key = "";
    this.today = "";
  }

  /**
   * @param {Object<string, any>} services
   * @param {Object<string, string>} openings
   * @param {string} today the site's date, `2026-11-24`
   * @param {string[]} languages in turn
   */
  draw(services, openings, today, languages) {
    const list = notices(services, openings);
    const key = JSON.stringify([list, today, languages]);
    if (key === this.key) return;
    this.key = key;
    this.languages = languages;
    this.list = list;
    this.today = today;
    this.fit();
  }

  /** Pages follow from what fits: to be called when the screen was turned or the font came. */
  fit() {
    this.strip.hidden = this.list.length === 0;
    if (this.strip.hidden) return this.turns.set([]);
    const style = getComputedStyle(this.strip);
    const room =
      this.strip.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const upright = style.flexDirection === "column";
    const probe = el("div", { class: "hall-probe" });
    this.strip.appendChild(probe);
    const fits = (/** @type {Item[]} */ page) => {
      replace(probe, page.map(draw));
      return probe.getBoundingClientRect().width <= room;
    };
    const pageFits = (/** @type {Item[]} */ page) =>
      upright ? page.length <= UPRIGHT_LINES : fits(page);
    /** @type {Item[][]} */
    let pages = [];
    for (const language of this.languages) {
      /** @type {Item[]} */
      let items = [];
      for (const notice of this.list) items = items.concat(split(this._item(notice, language), fits));
      pages = pages.concat(paged(items, pageFits));
    }
    probe.remove();
    this.turns.set(pages.map((items) => ({ text: items.map(words).join(" "), items })));
  }

  stop() {
    this.turns.stop();
  }

  /** @param {Notice} notice @param {string} language @returns {Item} */
  _item(notice, language) {
    const parts = [
      notice.name && inLanguage(notice.name, language),
      notice.note && inLanguage(notice.note, language),
      notice.opens_at && opening(notice.opens_at, this.today, language),
    ];
    return {
      kind: t(KINDS[notice.kind], {}, language),
      language,
      prefix: notice.prefix,
      tile: notice.tile,
      text: parts.filter(Boolean).join(" – "),
    };
  }

  /** @param {{items: Item[]}|null} page */
  _show(page) {
    replace(this.strip, page ? page.items.map(draw) : null);
  }
}

/** @param {Item} item */
function words(item) {
  return `${item.kind} ${item.text}`;
}

/** When it opens; with the day where that is not today. @param {string} at @param {string} today @param {string} language */
export function opening(at, today, language) {
  const time = formatClock(at);
  if (at.slice(0, 10) === today) return t("buka pukul {time}", { time }, language);
  return t("buka {day} pukul {time}", { day: weekday(at, language), time }, language);
}

/**
 * An item that is wider than the strip, in as many pieces as it needs.
 * @param {Item} whole
 * @param {(page: Item[]) => boolean} fits
 */
function split(whole, fits) {
  if (fits([whole])) return [whole];
  const piece = (/** @type {string} */ text) => Object.assign({}, whole, { text });
  return pieces(whole.text, (text) => fits([piece(text)])).map((text, index) =>
    Object.assign(piece(text), { continued: index > 0 }));
}

/** @param {Item} item @param {number} index on its page */
function draw(item, index) {
  // On an upright screen the pieces of a notice stand below one another: said once what it is.
  if (item.continued && index > 0) {
    return el("p", { class: "notice", lang: item.language }, item.text);
  }
  return el(
    "p",
    { class: "notice", lang: item.language },
    el("b", { class: "notice-kind" }, item.kind),
    item.prefix && bullet({ prefix: item.prefix, tile: item.tile }),
    el("span", null, item.text),
  );
}
