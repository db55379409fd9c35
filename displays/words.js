// @ts-check
// Words and the names that the server gives, in the languages of a hall: both at once, or one alone
// (chosen, or alternating with the other). Views ask here, so that they need not know which.
import * as lib from "../clients/lib/words.js";

/** @typedef {import("../clients/lib/words.js").Text} Text */
/** @typedef {import("../clients/lib/words.js").Params} Params */

let alone = false;

/** Whether the present language stands alone. @param {boolean} value */
export function setAlone(value) {
  alone = value;
}

/** The languages that stand on the screen now, in its order. @returns {string[]} */
export function shownLanguages() {
  return alone ? [lib.language()] : [lib.language(), lib.otherLanguage()];
}

/** As of the shared words, `second` "" where a language stands alone. */
export function bi(
  /** @type {string} */ msgid,
  /** @type {Params} [params] */ params,
  /** @type {Params} [secondParams] */ secondParams,
) {
  return shown(lib.bi(msgid, params, secondParams));
}

/** A name of the server in both languages. @param {Text} text */
export function names(text) {
  return shown(lib.names(text));
}

/**
 * Words in both languages as children of an element.
 * @param {string} msgid
 * @param {Params} [params]
 * @param {Params} [secondParams]
 */
export function pair(msgid, params, secondParams) {
  return lib.both(bi(msgid, params, secondParams));
}

/** In the first language. @param {Text} text */
export function first(text) {
  return lib.name(text);
}

/** In the second language; empty where it says the same, or where the first stands alone. @param {Text} text */
export function second(text) {
  return names(text).second;
}

/** In a certain language, or in any where it is lacking. @param {Text} text @param {string} language */
export function inLanguage(text, language) {
  const own = text && typeof text === "object" ? text[language] : "";
  return own || lib.name(text);
}

/** @param {import("../clients/lib/words.js").Pair} pair */
function shown(pair) {
  return alone ? Object.assign(pair, { second: "" }) : pair;
}
