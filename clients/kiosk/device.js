// @ts-check
/**
 * The kiosk's own token: taken from the address once, kept in this browser, never shown again.
 *
 * `/kiosk#device=TOKEN` is opened once on a new kiosk. The fragment is dropped from the address
 * before anything else runs, so that it stands in no history, screenshot or restored tab.
 */

const TOKEN_KEY = "antrean.kiosk.token";
const PAPER_KEY = "antrean.kiosk.paper";

/** Widths of the paper rolls we lay out for, in millimetres; "none": a kiosk without a printer. */
export const PAPERS = ["80", "58", "none"];

/**
 * Takes over what the address says (`#device=TOKEN`, and `&paper=58` or `none`) and cleans it.
 * @returns {boolean} whether there was a token
 */
export function adoptDevice() {
  if (!location.hash) return false;
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  const paper = fragment.get("paper");
  if (paper && PAPERS.includes(paper)) write(PAPER_KEY, paper);
  const token = fragment.get("device");
  if (!token) return false;
  write(TOKEN_KEY, token.trim());
  return true;
}

/** @returns {string | null} */
export function deviceToken() {
  return read(TOKEN_KEY);
}

/** @param {string} token */
export function keepDevice(token) {
  write(TOKEN_KEY, token);
}

export function forgetDevice() {
  memory.delete(TOKEN_KEY);
  try {
    localStorage.removeItem(TOKEN_KEY);
  } catch {
    // Then it was never stored either.
  }
}

/** The roll in the printer: "80", "58" or "none". */
export function paperWidth() {
  const kept = read(PAPER_KEY);
  return kept && PAPERS.includes(kept) ? kept : PAPERS[0];
}

/**
 * A browser may refuse storage (a full disk, a locked-down profile); the kiosk then works until
 * the page is opened again.
 * @type {Map<string, string>}
 */
const memory = new Map();

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) || memory.get(key) || null;
  } catch {
    return memory.get(key) || null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Kept in memory, see above.
  }
}
