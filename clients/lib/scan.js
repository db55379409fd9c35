// @ts-check
/**
 * What a person types or a keyboard-wedge scanner reads at the check-in field: a ticket's number,
 * or the QR of a phone (an address that ends in `#TOKEN`, or the bare token).
 *
 * A scanner is a keyboard: it "types" some forty characters within a tenth of a second and ends
 * with Enter. `Burst` tells it from fingers, so that a scan works wherever the focus is and its
 * letters never fire the keys of a console.
 */

/** A holder's capability is at least this long and of these characters (contract, section 3). */
const TOKEN = /^[A-Za-z0-9_.-]{22,512}$/;

/** One to three letters, then at least one digit; hyphen, space or nothing between. */
const NUMBER = /^([A-Za-z]{1,3})[\s-]*([0-9]{1,9})$/;

/** Digits that a number has at least. */
const DIGITS = 3;

/**
 * @typedef {{number: string} | {token: string}} Scan
 */

/**
 * The check-in that a text asks for; null where it is neither a number nor a token.
 *
 * `a1`, `A001`, `a 1` and `A-001` are all number `A-001`; `A-1002` keeps its four digits.
 * @param {string} text
 * @returns {Scan | null}
 */
export function parseScan(text) {
  const trimmed = text.trim();
  const number = NUMBER.exec(trimmed);
  if (number) {
    const digits = number[2].replace(/^0+/, "");
    if (digits === "") return null;
    return { number: `${number[1].toUpperCase()}-${digits.padStart(DIGITS, "0")}` };
  }
  const hash = trimmed.indexOf("#");
  const token = hash < 0 ? trimmed : trimmed.slice(hash + 1);
  return TOKEN.test(token) ? { token } : null;
}

/**
 * Longest pause between two characters of a scan. Scanners send every 1 to 20 ms, with a hiccup over
 * the air now and then; fingers take 100 ms from one key to another, and nobody feels 80 ms.
 */
export const BURST_GAP_MS = 80;

/** Fewer characters than this in a burst are fingers that slipped, not a scan (`A1` is typed). */
const SHORTEST_SCAN = 4;

/** From so many on it is a scan also where it makes no sense: another barcode, not fast fingers. */
const SURE_SCAN = 8;

/**
 * Collects keys that no field takes. Feed it the printable keys and Enter of the page; it calls
 * `onScan` with the text of a scan, and `onKey` with the key of a single press once it is sure
 * that no scan follows (80 ms later); `rest` is what was typed upon it meanwhile.
 */
export class Burst {
  /**
   * @param {{onScan: (text: string) => void, onKey?: (key: string, rest: string) => void}} listener
   */
  constructor(listener) {
    this._listener = listener;
    this._text = "";
    /** @type {number | undefined} */
    this._timer = undefined;
  }

  /** True while characters are coming in, so that an Enter belongs to them. */
  get open() {
    return this._text !== "";
  }

  /**
   * A printable character.
   * @param {string} key
   */
  push(key) {
    this._text += key;
    clearTimeout(this._timer);
    this._timer = window.setTimeout(() => this.end(), BURST_GAP_MS);
  }

  /** Escape: what came in so far was not meant. */
  cancel() {
    this._text = "";
    clearTimeout(this._timer);
  }

  /** Enter, or the silence after the last character. */
  end() {
    const text = this._text;
    this._text = "";
    clearTimeout(this._timer);
    if (text === "") return;
    const sure = text.length >= SURE_SCAN;
    if (sure || (text.length >= SHORTEST_SCAN && parseScan(text))) this._listener.onScan(text);
    else if (this._listener.onKey) this._listener.onKey(text[0], text.slice(1));
  }
}
