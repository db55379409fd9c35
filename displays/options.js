// @ts-check
// How a display draws, whoever says so: the address of an unpaired one, or a device's settings.
import { LANGUAGES } from "../clients/lib/words.js";

/** Percent of a side. */
const MOST_MARGIN = 10;
const LAYOUTS = ["call", "counters", "waiting", "counter", "mixed"];

/**
 * @typedef {Object} Options
 * @property {string} zone
 * @property {string} layout
 * @property {"light"|"dark"} theme
 * @property {boolean} contrast high
 * @property {string} lang the first language, `id` or `en`
 * @property {string} languages `both`, `alternating`, or the only one
 * @property {Object<string, string>} arrows direction by counter
 * @property {number|null} margin kept free at each edge, percent; null: as the style sheet has it
 * @property {string|null} counter the one that layout `counter` shows
 * @property {number} volume of what plays, 0 to 100
 */

/**
 * @param {URLSearchParams} query
 * @returns {Options}
 */
export function ofQuery(query) {
  const wanted = query.get("languages") || query.get("lang") || "";
  const only = query.has("languages") && LANGUAGES.indexOf(wanted) >= 0;
  return {
    zone: query.get("zone") || "",
    layout: layoutOf(query.get("layout")),
    theme: query.get("theme") === "dark" ? "dark" : "light",
    contrast: ["1", "high"].indexOf(query.get("contrast") || "") >= 0,
    lang: only ? wanted : query.get("lang") === "en" ? "en" : "id",
    languages: only || wanted === "alternating" ? wanted : "both",
    arrows: arrowsOf(query.get("arrows") || ""),
    margin: marginOf(query.get("margin")),
    counter: query.get("counter"),
    // Nobody gave it a voice.
    volume: 0,
  };
}

/**
 * @param {any} device as the server tells it
 * @param {string[]} languages of the site
 * @returns {Options}
 */
export function ofDevice(device, languages) {
  const settings = device.settings || {};
  const wanted = settings.languages || "both";
  const only = LANGUAGES.indexOf(wanted) >= 0;
  const own = LANGUAGES.indexOf(languages[0]) >= 0 ? languages[0] : LANGUAGES[0];
  return {
    zone: device.zone,
    layout: layoutOf(device.layout),
    theme: settings.theme === "dark" ? "dark" : "light",
    contrast: Boolean(settings.contrast),
    lang: only ? wanted : own,
    languages: wanted,
    arrows: settings.arrows || {},
    margin: marginOf(settings.margin),
    counter: settings.counter || null,
    volume: settings.sound === false ? 0 : typeof settings.volume === "number" ? settings.volume : 80,
  };
}

/** @param {string|null|undefined} name one of a newer server falls back */
export function layoutOf(name) {
  return name && LAYOUTS.indexOf(name) >= 0 ? name : LAYOUTS[0];
}

/** `loket-1:left,loket-2:up`. @param {string} text @returns {Object<string, string>} */
function arrowsOf(text) {
  /** @type {Object<string, string>} */
  const arrows = {};
  for (const part of text.split(",")) {
    const [counter, direction] = part.split(":");
    if (counter && direction) arrows[counter] = direction;
  }
  return arrows;
}

/** Percent; null where there is no number. @param {any} given */
function marginOf(given) {
  const margin = given === null || given === "" ? NaN : Number(given);
  return margin >= 0 ? Math.min(margin, MOST_MARGIN) : null;
}
