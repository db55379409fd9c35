// @ts-check
// The names that the server gives, in the two languages of a hall.
import { name, names } from "../clients/lib/words.js";

/** @typedef {import("../clients/lib/words.js").Text} Text */

/** In the first language. @param {Text} text */
export function first(text) {
  return name(text);
}

/** In the second language; empty where it says the same. @param {Text} text */
export function second(text) {
  return names(text).second;
}

/** In a certain language, or in any where it is lacking. @param {Text} text @param {string} language */
export function inLanguage(text, language) {
  const own = text && typeof text === "object" ? text[language] : "";
  return own || name(text);
}
