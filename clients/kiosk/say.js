// @ts-check
/** Headings of the kiosk, and the words of reasons that the catalogue only names. */
import { el } from "../lib/dom.js";
import { bi, both, names, t } from "../lib/words.js";

/**
 * The title of a screen; it takes the focus when the screen appears, so that it is read out.
 * @param {string} msgid
 * @param {import("../lib/words.js").Params} [params]
 * @returns {HTMLElement}
 */
export function heading(msgid, params) {
  return title(bi(msgid, params));
}

/**
 * @param {import("../lib/words.js").Text} text a name of the API
 * @param {string} msgid what to do here
 * @returns {HTMLElement}
 */
export function nameHeading(text, msgid) {
  const node = title(names(text));
  node.append(el("p", { class: "title-what" }, both(bi(msgid))));
  return node;
}

/** @param {import("../lib/words.js").Pair} pair */
function title(pair) {
  return el("div", { class: "title" }, el("h1", { tabindex: "-1" }, pair.first),
    pair.second && el("p", { class: "second", lang: pair.secondLang }, pair.second));
}

/** @type {Object<string, [string, string]>} what it is called, and for whom it is */
const REASONS = {
  lansia: ["Lansia", "60 tahun ke atas"],
  disabilitas: ["Disabilitas", ""],
  ibu_hamil: ["Ibu hamil", ""],
  ibu_menyusui: ["Ibu menyusui", ""],
  balita: ["Membawa balita", ""],
};

/**
 * A reason for priority; one that we have no words for is shown as the catalogue writes it.
 * @param {string} reason
 * @returns {{first: string, note: string, second: string, secondLang: string}}
 */
export function reasonText(reason) {
  const known = REASONS[reason];
  if (!known) {
    const plain = reason.replace(/_/g, " ");
    return { first: plain.charAt(0).toUpperCase() + plain.slice(1), note: "", second: "",
      secondLang: "en" };
  }
  const said = bi(known[0]);
  return { first: said.first, note: known[1] ? t(known[1]) : "", second: said.second,
    secondLang: said.secondLang };
}
