// @ts-check
// Long texts are never cut and never smaller than can be read: they come in pieces that take turns.

/** The shortest time a page stays, and what each character adds, ms: slow readers read 15 characters a second. */
const PAGE_MS = 4000;
const CHARACTER_MS = 65;

/** As many words are tried first. */
const WORDS = 8;

/**
 * Splits a text between words into pieces that fit; a word that does not fit alone is split too.
 * A line break begins a new piece.
 * @param {string} text
 * @param {(piece: string) => boolean} fits what fits still does when it is shorter
 * @returns {string[]}
 */
export function pieces(text, fits) {
  /** @type {string[]} */
  const found = [];
  let count = WORDS;
  for (const line of text.split("\n")) {
    const words = line.split(/\s+/).filter(Boolean);
    while (words.length > 0) {
      const first = words[0];
      count = most(words.length, count, (n) => fits(words.slice(0, n).join(" ")));
      if (count === 0) {
        const parts = broken(first, fits);
        words[0] = /** @type {string} */ (parts.pop());
        found.push.apply(found, parts);
        if (words[0] !== first) continue;
        count = 1; // a single character that has no room has none in parts either
      }
      found.push(words.splice(0, untilPause(words, count)).join(" "));
    }
  }
  return found;
}

/**
 * Of the words that fit, those up to where a reader would stop anyway: the end of a sentence, else a
 * comma. Not where that leaves half of the place empty.
 * @param {string[]} words
 * @param {number} count
 */
function untilPause(words, count) {
  if (count >= words.length) return count;
  for (const pause of [/[.!?]$/, /[,;:]$/]) {
    for (let n = count; n > count / 2; n -= 1) if (pause.test(words[n - 1])) return n;
  }
  return count;
}

/** @param {string} word @param {(piece: string) => boolean} fits @returns {string[]} one part at least */
function broken(word, fits) {
  const left = Array.from(word);
  const parts = [];
  let count = WORDS;
  while (left.length > 0) {
    count = most(left.length, count, (n) => fits(left.slice(0, n).join(""))) || 1;
    parts.push(left.splice(0, count).join(""));
  }
  return parts;
}

/**
 * How many of `all` fit. For each question a browser lays out the page, so that a long text would
 * stop a TV for seconds: few are asked, around what fitted the last time.
 * @param {number} all
 * @param {number} guess
 * @param {(count: number) => boolean} fits
 */
function most(all, guess, fits) {
  let least = 0;
  let over = all + 1;
  let step = 1;
  let next = guess;
  while (over - least > 1) {
    next = Math.min(Math.max(next, least + 1), over - 1);
    if (fits(next)) least = next;
    else over = next;
    const isBetween = least > 0 && over <= all;
    next = isBetween ? Math.floor((least + over) / 2) : least === next ? least + step : over - step;
    step *= 2;
  }
  return least;
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

/** Shows pages in turn. The same pages given again go on where they are, also after they were stopped. */
export class Turns {
  /** @param {(page: any) => void} show called with null when there is none */
  constructor(show) {
    this.show = show;
    /** @type {any[]} */
    this.pages = [];
    this.key = "";
    this.index = 0;
    /** The page that stays; -1: all take turns. */
    this.held = -1;
    this.timer = 0;
    /** When the next page comes, by performance.now(). */
    this.due = 0;
    /** How long the page that was stopped would have stayed, ms; -1: they go on. */
    this.left = -1;
  }

  /** @param {{text: string}[]} pages `text`: all that is to be read on it */
  set(pages) {
    const key = JSON.stringify(pages);
    if (key === this.key) return this._goOn();
    this.key = key;
    this.pages = pages;
    this.index = 0;
    this.held = -1;
    this._turn();
  }

  /** Stays on a certain page, as that of a call while it is announced. @param {number} index -1: they take turns again */
  hold(index) {
    if (index === this.held) return;
    this.held = index;
    if (index >= 0) this.index = index;
    this._turn();
  }

  stop() {
    clearTimeout(this.timer);
    if (this.left < 0) this.left = Math.max(0, this.due - performance.now());
  }

  _goOn() {
    if (this.left < 0) return;
    // Whoever began to read has that time still; a page that was nearly over makes room.
    if (this.left < PAGE_MS) this._next();
    else this._turn(this.left);
  }

  _next() {
    this.index = (this.index + 1) % Math.max(1, this.pages.length);
    this._turn();
  }

  /** @param {number} [ms] how long it stays; else for as long as it takes to be read */
  _turn(ms) {
    clearTimeout(this.timer);
    this.left = -1;
    const page = this.pages[this.index];
    this.show(page || null);
    if (this.pages.length < 2 || this.held >= 0) return;
    const stays = ms || PAGE_MS + CHARACTER_MS * page.text.length;
    this.due = performance.now() + stays;
    this.timer = setTimeout(() => this._next(), stays);
  }
}
