// @ts-check
/** Words and names in both languages as children of elements: the second as `.second`. */
import { el } from "./dom.js";
import { bi, both, names } from "./words.js";

/**
 * @param {string} msgid
 * @param {import("./words.js").Params} [params]
 * @param {import("./words.js").Params} [secondParams] as of `bi`
 * @returns {(string | HTMLElement)[]}
 */
export function pair(msgid, params, secondParams) {
  return both(bi(msgid, params, secondParams));
}

/**
 * The second language alone, marked as such; nothing where both say the same.
 * @param {string} msgid
 * @param {import("./words.js").Params} [params] names in the second language, where there are some
 * @param {string} [tag]
 * @returns {HTMLElement | null}
 */
export function secondLine(msgid, params, tag) {
  const said = bi(msgid, params);
  if (!said.second) return null;
  return el(tag || "span", { class: "second", lang: said.secondLang }, said.second);
}

/**
 * A name of the API, each language in an element of its own.
 * @param {import("./words.js").Text} text
 * @returns {HTMLElement[]}
 */
export function nameLines(text) {
  const said = names(text);
  const lines = [el("span", { class: "first" }, said.first)];
  if (said.second) lines.push(el("span", { class: "second", lang: said.secondLang }, said.second));
  return lines;
}

/**
 * A name of the API in the second language, for `secondParams`; the first where it has no other.
 * @param {import("./words.js").Text} text
 * @returns {string}
 */
export function otherName(text) {
  const said = names(text);
  return said.second || said.first;
}
