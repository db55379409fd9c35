// @ts-check
/**
 * The words of screens in Indonesian and English, from the gettext catalogues (clients/locale).
 *
 * The Indonesian text is the key; English stands in en.po. Where a translation is missing, or the
 * catalogue could not be had, the Indonesian text stands.
 */
import { el } from "./dom.js";

/** The server reads this cookie too, so that a page comes in the chosen language. */
const COOKIE = "antrean-lang";
const YEAR_S = 31536000;
export const LANGUAGES = ["id", "en"];
const LANGUAGE_NAMES = { id: "Indonesia", en: "English" };

/** @typedef {Object<string, string | number>} Params */
/** @typedef {string | Object<string, string> | null | undefined} Text by language, as the API gives names */
/** @typedef {{first: string, second: string, firstLang: string, secondLang: string}} Pair */

/** @type {Object<string, Object<string, string | string[]>>} */
const catalogues = { id: {}, en: {} };
/** @type {Set<(lang: string) => void>} */
const listeners = new Set();

let current = LANGUAGES.indexOf(document.documentElement.lang) < 0
  ? LANGUAGES[0]
  : document.documentElement.lang;

/**
 * Loads the catalogues; await it before the first words are drawn.
 * Never fails: a screen without English is better than none.
 */
export async function loadWords() {
  await Promise.all(LANGUAGES.map(async (lang) => {
    const url = document.documentElement.getAttribute(`data-words-${lang}`);
    try {
      const response = await fetch(url || `/assets/words/${lang}.json`);
      if (response.ok) catalogues[lang] = await response.json();
    } catch (_) {
      // The Indonesian text stands.
    }
  }));
}

/** The chosen language, `id` or `en`. */
export function language() {
  return current;
}

/** The other one. */
export function otherLanguage() {
  return current === "id" ? "en" : "id";
}

/**
 * Chooses a language, remembers it unless told not to, and tells all listeners.
 * @param {string} lang
 * @param {{remember?: boolean}} [options] a kiosk does not: the next person is another one
 */
export function setLanguage(lang, options) {
  if (LANGUAGES.indexOf(lang) < 0) return;
  if (!options || options.remember !== false) {
    document.cookie = `${COOKIE}=${lang};path=/;max-age=${YEAR_S};samesite=lax`;
  }
  if (lang === current) return;
  current = lang;
  document.documentElement.lang = lang;
  listeners.forEach((listener) => listener(lang));
}

/**
 * @param {(lang: string) => void} listener
 * @returns {() => void} ends it
 */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A text in the chosen language; `{name}` is filled in from `params`. A translation with plural
 * forms takes its form from the parameter `count`.
 * @param {string} msgid the Indonesian text
 * @param {Params} [params]
 * @param {string} [lang] another language than the chosen one
 */
export function t(msgid, params, lang) {
  const found = catalogues[lang || current][msgid];
  const form = Array.isArray(found)
    ? found[params && Number(params.count) === 1 ? 0 : found.length - 1]
    : found;
  const text = form || msgid;
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    (params[name] === undefined ? whole : String(params[name])));
}

/**
 * A text in both languages, the chosen one first; `second` is "" where it says the same.
 * @param {string} msgid
 * @param {Params} [params] for both
 * @param {Params} [secondParams] for the second, where they differ (names in two languages)
 * @returns {Pair}
 */
export function bi(msgid, params, secondParams) {
  const other = otherLanguage();
  const first = t(msgid, params);
  const second = t(msgid, secondParams || params, other);
  return { first, second: second === first ? "" : second, firstLang: current, secondLang: other };
}

/**
 * A name of the API in both languages, the chosen one first.
 * @param {Text} text
 * @returns {Pair}
 */
export function names(text) {
  const other = otherLanguage();
  const first = nameIn(text, current);
  const second = text && typeof text === "object" ? text[other] || "" : "";
  return { first, second: second === first ? "" : second, firstLang: current, secondLang: other };
}

/** A name of the API in the chosen language. @param {Text} text */
export function name(text) {
  return nameIn(text, current);
}

/**
 * Both languages as children of an element: the text, and after it `<span class="second" lang>`.
 * @param {Pair} pair of `bi` or `names`
 * @returns {(string | HTMLElement)[]}
 */
export function both(pair) {
  if (!pair.second) return [pair.first];
  return [pair.first, " ", el("span", { class: "second", lang: pair.secondLang }, pair.second)];
}

/**
 * The switch "Indonesia | English".
 * @param {{remember?: boolean}} [options] as of `setLanguage`
 * @returns {HTMLElement}
 */
export function languageSwitch(options) {
  const node = el("div", { class: "segmented", role: "group", "aria-label": "Bahasa – Language" });
  for (const lang of LANGUAGES) {
    node.appendChild(el("button", {
      type: "button", lang, "data-lang": lang, onclick: () => setLanguage(lang, options),
    }, LANGUAGE_NAMES[lang]));
  }
  const draw = () => {
    for (const button of Array.from(node.children)) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-lang") === current));
    }
  };
  draw();
  onLanguage(draw);
  return node;
}

/**
 * @param {Text} text
 * @param {string} lang
 */
function nameIn(text, lang) {
  if (!text) return "";
  if (typeof text === "string") return text;
  return text[lang] || text[LANGUAGES[0]] || text[Object.keys(text)[0]] || "";
}
