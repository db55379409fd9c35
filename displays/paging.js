// @ts-check
// Long texts are never cut and never smaller than can be read: they come in pieces that take turns.

/** The shortest time a page stays, and what each character adds, ms: slow readers read 15 characters a second. */
const PAGE_MS = 4000;
const CHARACTER_MS = 65;

/**
 * Splits a text between words into pieces that fit; a word that does not fit alone is split too.
 * A line break begins a new piece.
 * @param {string} text
 * @param {(piece: string) => boolean} fits
 * @returns {string[]}
 */
export function pieces(text, fits) {
  const found = [];
  for (const line of text.split("\n")) {
    let piece = "";
    for (const word of line.split(/\s+/).filter(Boolean)) {
      const longer = piece ? `${piece} ${word}` : word;
      if (fits(longer)) piece = longer;
      else {
        if (piece) found.push(piece);
        const parts = broken(word, fits);
        piece = /** @type {string} */ (parts.pop());
        found.push.apply(found, parts);
      }
    }
    if (piece) found.push(piece);
  }
  return found;
}

/** @param {string} word @param {(piece: string) => boolean} fits @returns {string[]} one part at least */
function broken(word, fits) {
  const parts = [];
  let part = "";
  for (const character of word) {
    if (part && !fits(part + character)) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  parts.push(part);
  return parts;
}

/**
 * Puts things into pages, as many as fit on each, in order.
 * @template T
 * @param {T[]} things
 * @param {(page: T[]) => boolean} fits asked with two things at least
 * @returns {T[][]}
 */
export function paged(things, fits) {
  /** @type {T[][]} */
  const pages = [];
  for (const thing of things) {
    const page = pages[pages.length - 1];
    if (page && fits(page.concat([thing]))) page.push(thing);
    else pages.push([thing]);
  }
  return pages;
}

/** Shows pages in turn. The same pages given again go on where they are. */
export class Turns {
  /** @param {(page: any) => void} show called with null when there is none */
  constructor(show) {
    this.show = show;
    /** @type {any[]} */
    this.pages = [];
    this.key = "";
    this.index = 0;
    this.timer = 0;
  }

  /** @param {{text: string}[]} pages `text`: all that is to be read on it */
  set(pages) {
    const key = JSON.stringify(pages);
    if (key === this.key) return;
    this.key = key;
    this.pages = pages;
    this.index = 0;
    this._turn();
  }

  /** Shows a certain page now; the others follow. @param {number} index */
  to(index) {
    if (index === this.index || !this.pages[index]) return;
    this.index = index;
    this._turn();
  }

  stop() {
    clearTimeout(this.timer);
    this.key = "";
  }

  _turn() {
    clearTimeout(this.timer);
    const page = this.pages[this.index];
    this.show(page || null);
    if (this.pages.length < 2) return;
    this.timer = setTimeout(() => {
      this.index = (this.index + 1) % this.pages.length;
      this._turn();
    }, PAGE_MS + CHARACTER_MS * page.text.length);
  }
}
