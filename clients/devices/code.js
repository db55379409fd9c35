// @ts-check
/**
 * The pairing code: six characters from a TV's screen, or from its QR in the address (`#code=`).
 *
 * It opens a TV for ten minutes, so it does not stay in the address, where history and shared links
 * would keep it; the tab remembers it over signing in.
 */

const KEPT = "antrean-pairing-code";
const LENGTH = 6;
/** No I, L, O, 0, 1: they are read for one another. */
const CHARACTERS = /^[ABCDEFGHJKMNPQRSTUVWXYZ23456789]*$/;
const IN_ADDRESS = /^#code=(.*)$/;

/** Takes a code out of the address. @returns {boolean} whether there was one */
export function keepCode() {
  const found = IN_ADDRESS.exec(location.hash);
  if (!found) return false;
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    sessionStorage.setItem(KEPT, cleanCode(decodeURIComponent(found[1])));
  } catch {
    // Not decodable, or no storage: then it is typed.
  }
  return true;
}

/** The code that came in the address, once. */
export function keptCode() {
  try {
    const code = sessionStorage.getItem(KEPT) || "";
    sessionStorage.removeItem(KEPT);
    return code;
  } catch {
    return "";
  }
}

/** As the server knows it: capitals, no spaces, no hyphens. @param {string} typed */
export function cleanCode(typed) {
  return typed.replace(/[\s-]+/g, "").toUpperCase();
}

/**
 * What is wrong with a code by its looks alone.
 * @param {string} code clean
 * @returns {"empty" | "length" | "character" | null}
 */
export function faultOf(code) {
  if (code === "") return "empty";
  if (!CHARACTERS.test(code)) return "character";
  return code.length === LENGTH ? null : "length";
}
