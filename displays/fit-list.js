// @ts-check
// Measured sizes of the list beside the call (pixels of a 1080 screen).
import { set } from "./fit.js";

/** Width of the list beside the call: at least, at most. */
const LIST_WIDTHS = [870, 960];
/** A counter's label in the list: 73 high, and what a word gets where that is too wide. */
const LABEL_SIZES = [104, 88, 72, 56, 40, 34, 28];
/** The most that a label takes, and what stands before it where it has no name. */
const LIST_LABEL = 260;
const LABEL_AIR = 24;
/** Names in the list: where it goes on, in words, may be long; then its signs alone. */
const AGENCY_SIZES = [40, 34, 28];
const SIGN_SIZES = [64, 52, 40];
/** Between the words of a row and the lines above and below it. */
const ROW_AIR = 16;

/**
 * The list beside the call is as wide as its rows need, within limits; the call takes the rest. A
 * name of which a word has no room even then is left out: half a word helps nobody.
 * @param {HTMLElement} aside holds the list
 * @param {HTMLElement} list
 * @param {{row: HTMLElement, plate: HTMLElement, agency: HTMLElement, counter: HTMLElement}[]} rows
 * @param {number} u
 */
export function fitList(aside, list, rows, u) {
  const style = getComputedStyle(list);
  const around = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  const needs = rows.map((row) => {
    row.agency.setAttribute("data-fits", "true");
    set(row.agency, "font-size", AGENCY_SIZES[0] * u);
    fitLabel(row.counter, LIST_LABEL * u, u);
    row.agency.removeAttribute("data-brief");
    return needed(row) + around;
  });
  const most = Math.ceil(Math.max.apply(null, [0].concat(needs)) / u);
  set(aside, "--split", Math.min(Math.max(most, LIST_WIDTHS[0]), LIST_WIDTHS[1]) * u);
  const room = list.getBoundingClientRect().width;
  rows.forEach((row, index) => {
    const high = row.row.clientHeight - ROW_AIR * u;
    let fits = needs[index] <= room + 1;
    if (!fits && !row.row.hasAttribute("data-moved")) {
      // Rather smaller than not at all.
      for (const size of AGENCY_SIZES.slice(1)) {
        set(row.agency, "font-size", size * u);
        const smaller = AGENCY_SIZES.filter((other) => other <= size);
        if (needed(row) + around <= room + 1) return fitText(row.agency, high, smaller, u);
      }
    }
    // Of where it goes on, the sign at least.
    for (const size of fits ? [] : SIGN_SIZES) {
      row.agency.setAttribute("data-brief", "");
      set(row.agency, "font-size", size * u);
      fits = needed(row) + around <= room + 1;
      if (fits) break;
    }
    row.agency.setAttribute("data-fits", String(fits));
    if (!fits) fitLabel(row.counter, room - around - outer(row.plate) - LABEL_AIR * u, u);
    else if (needs[index] <= room + 1) fitText(row.agency, high, AGENCY_SIZES, u);
  });
}

/** The width that a row cannot do without. @param {{plate: HTMLElement, agency: HTMLElement, counter: HTMLElement}} row */
function needed({ plate, agency, counter }) {
  agency.style.flex = "none";
  agency.style.width = "min-content";
  const width = outer(plate) + outer(agency) + outer(counter);
  agency.style.removeProperty("flex");
  agency.style.removeProperty("width");
  return width;
}

/** A text that is too high for its row gets smaller letters; at last its signs stand for it. */
function fitText(
  /** @type {HTMLElement} */ text,
  /** @type {number} */ room,
  /** @type {number[]} */ sizes,
  /** @type {number} */ u,
) {
  for (const size of sizes) {
    set(text, "font-size", size * u);
    text.removeAttribute("data-brief");
    if (text.getBoundingClientRect().height <= room) return;
  }
  text.setAttribute("data-brief", "");
}

/** A counter's label is a number, and keeps its size; where it is a word, that may be smaller. */
function fitLabel(
  /** @type {HTMLElement} */ label,
  /** @type {number} */ room,
  /** @type {number} */ u,
) {
  set(label, "max-width", Math.min(room, LIST_LABEL * u));
  for (const size of LABEL_SIZES) {
    set(label, "font-size", size * u);
    if (label.scrollWidth <= label.clientWidth && label.clientHeight < 2 * size * u) return;
  }
}

/** @param {HTMLElement} element */
function outer(element) {
  const style = getComputedStyle(element);
  return (
    element.getBoundingClientRect().width +
    parseFloat(style.marginLeft) +
    parseFloat(style.marginRight)
  );
}
