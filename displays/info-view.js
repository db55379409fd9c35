// @ts-check
// Running text: the announcements of the zone take turns, each in both languages. It does not run:
// a line that stands still is read faster, and by more people.
import { el, replace } from "../clients/lib/dom.js";
import { t } from "../clients/lib/words.js";
import { Turns, pieces } from "./paging.js";
import { inLanguage } from "./words.js";

const MORE = "\u00a0…";

/** @typedef {{text: string, language: string}} Page */

export class InfoView {
  /** @param {HTMLElement} line */
  constructor(line) {
    this.line = line;
    /** @type {string[]} */
    this.languages = [];
    this.turns = new Turns((page) => this._show(page));
    /** @type {any[]} */
    this.announcements = [];
    this.key = "";
    /** The pieces of each text that is shown, as the line was when it was measured last. @type {Map<string, string[]>} */
    this.measured = new Map();
  }

  /**
   * @param {Object<string, any>} announcements by id
   * @param {string[]} languages in turn
   */
  draw(announcements, languages) {
    const key = JSON.stringify([announcements, languages]);
    if (key === this.key) return;
    this.key = key;
    this.languages = languages;
    // Those of a full screen have it for themselves (panel.js).
    this.announcements = Object.keys(announcements)
      .map((id) => announcements[id])
      .filter((announcement) => !announcement.full_screen);
    this._page();
  }

  stop() {
    this.turns.stop();
  }

  /** To be called when the screen was turned or the font came. */
  fit() {
    this.measured.clear();
    this._page();
  }

  _page() {
    const before = this.measured;
    this.measured = new Map();
    const probe = el("div", { class: "hall-probe" });
    this.line.appendChild(probe);
    const room = this.line.clientWidth;
    /** @type {Page[]} */
    const pages = [];
    for (const { text } of this.announcements) {
      const said = new Set();
      for (const language of this.languages) {
        const words = inLanguage(text, language);
        if (said.has(words)) continue;
        said.add(words);
        const fits = (/** @type {string} */ piece) => {
          replace(probe, draw({ text: piece, language }));
          return probe.getBoundingClientRect().width <= room;
        };
        const key = `${room} ${language} ${words}`;
        const found = before.get(key) || (fits(words) ? [words] : goingOn(words, fits));
        this.measured.set(key, found);
        for (const piece of found) pages.push({ text: piece, language });
      }
    }
    probe.remove();
    this.turns.set(pages);
  }

  /** @param {Page|null} page */
  _show(page) {
    replace(this.line, page ? draw(page) : null);
  }
}

/** Pieces that say of themselves that there is more. @param {string} words @param {(piece: string) => boolean} fits */
function goingOn(words, fits) {
  const found = pieces(words, (piece) => fits(piece + MORE));
  return found.map((piece, index) => (index < found.length - 1 ? piece + MORE : piece));
}

/** @param {Page} page */
function draw(page) {
  return [el("b", null, t("Info", {}, page.language)), el("span", { lang: page.language }, page.text)];
}
