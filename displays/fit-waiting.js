// @ts-check
// Measured sizes of the layout "waiting" (pixels of a 1080 screen).
import { replace } from "../clients/lib/dom.js";
import { set } from "./fit.js";

/** A row at least: upright screens have two lines a row. */
const ROW = 112;
const UPRIGHT_ROW = 200;
/** The place of the next numbers. */
const NEXT = 740;
const NEXT_GAP = 14;
/** Sizes of names and of sentences: a row must hold them. */
const SERVICE = [44, 40, 36, 32, 28];
/** Those that are read at six metres. */
const READ = [44, 40];
const SHUT = [40, 36, 32, 28];
/** Where to go: a counter's name, in one line or two, no higher than its plate. */
const CALLED = [72, 64, 56, 48, 44, 40, 34, 28];
const CALLED_HIGH = 104;
/** "20–45 mnt"; waits of hours have more digits. */
const RANGE = [46, 40, 34, 28];

/** @param {HTMLElement} list @param {number} u @param {boolean} upright */
export function rowsThatFit(list, u, upright) {
  return Math.max(1, Math.floor(list.clientHeight / ((upright ? UPRIGHT_ROW : ROW) * u)));
}

/** How many of the plates stand beside one another. @param {HTMLElement} probe @param {HTMLElement[]} plates @param {number} u */
export function platesThatFit(probe, plates, u) {
  replace(probe, plates);
  let width = 0;
  let count = 0;
  for (const plate of plates) {
    width += plate.getBoundingClientRect().width + (count > 0 ? NEXT_GAP * u : 0);
    if (count > 0 && width > NEXT * u) break;
    count += 1;
  }
  return count;
}

/** @param {HTMLElement[]} rows @param {number} u @param {boolean} upright */
export function fitWaiting(rows, u, upright) {
  for (const row of rows) {
    const room = row.clientHeight - 6 * u;
    const name = /** @type {HTMLElement|null} */ (row.querySelector(".wait-name"));
    const shut = /** @type {HTMLElement|null} */ (row.querySelector(".wait-shut:not(.wait-called)"));
    const range = /** @type {HTMLElement|null} */ (row.querySelector(".wait-range:not(.wait-why)"));
    const called = /** @type {HTMLElement|null} */ (row.querySelector(".wait-called"));
    if (called) shrink(called, "--size-called", CALLED, CALLED_HIGH * u, u);
    if (range) shrink(range, "--size-range", RANGE, room, u);
    const why = /** @type {HTMLElement|null} */ (row.querySelector(".wait-why"));
    if (name) fitName(name, upright ? 0.56 * room : room, u);
    if (shut) shrink(shut, "--size-shut", SHUT, upright ? 0.44 * room : room, u);
    if (why && fitWhy(row, why, upright ? 0.4 * room : room, u) && upright && name) {
      // Three lines then: whose it is, why, and who is next.
      fitName(name, 0.36 * room, u);
      shrink(why, "--size-shut", SHUT, 0.28 * room, u);
    }
  }
}

/** The agency's short name gives room to the second language before letters get too small. */
function fitName(/** @type {HTMLElement} */ name, /** @type {number} */ room, /** @type {number} */ u) {
  name.removeAttribute("data-brief");
  name.removeAttribute("data-short");
  if (largest(name, "--size-service", READ, room, u)) return;
  if (name.querySelector(".wait-short")) name.setAttribute("data-short", "");
  shrink(name, "--size-service", SERVICE, room, u);
}

/** A reason that its column cannot hold takes the place of all but the next number: true then. */
function fitWhy(
  /** @type {HTMLElement} */ row,
  /** @type {HTMLElement} */ why,
  /** @type {number} */ room,
  /** @type {number} */ u,
) {
  if (shrink(why, "--size-shut", SHUT, room, u) === 0) return false;
  row.setAttribute("data-long", "");
  shrink(why, "--size-shut", SHUT, room, u);
  return true;
}

/**
 * The largest letters that fit; what is said beside goes first.
 * @param {HTMLElement} element
 * @param {string} property
 * @param {number[]} sizes
 * @param {number} room
 * @param {number} u
 * @returns {number} how much was left out: 0 nothing, 1 the second language, 2 what is secondary
 */
function shrink(element, property, sizes, room, u) {
  for (const level of [0, 1, 2]) {
    if (level > 0) element.setAttribute("data-brief", String(level));
    else element.removeAttribute("data-brief");
    if (largest(element, property, sizes, room, u)) return level;
  }
  return 2;
}

/**
 * The first size that fits, or the last where none does.
 * @param {HTMLElement} element
 * @param {string} property
 * @param {number[]} sizes
 * @param {number} room
 * @param {number} u
 * @returns {boolean} whether it fits
 */
function largest(element, property, sizes, room, u) {
  for (const size of sizes) {
    set(element, property, size * u);
    if (element.scrollHeight <= room && element.scrollWidth <= element.clientWidth + 1) return true;
  }
  return false;
}
