// @ts-check
// Measured sizes of the layout "counter": label and plate as large as their parts hold.
import { set } from "./fit.js";

export { unit } from "./fit.js";

/** Names below the number: agency, service (pixels of a 1080 screen). */
const NAMES = [
  { agency: 96, service: 76, english: 60 },
  { agency: 80, service: 64, english: 50 },
  { agency: 64, service: 52, english: 42 },
  { agency: 52, service: 44, english: 36 },
  { agency: 44, service: 40, english: 30 },
  { agency: 40, service: 40, english: 28 },
];
/** The least share of the part's height that belongs to the plate. */
const PLATE_SHARE = 0.36;
/** Letters of what a counter without a number does. */
const STATES = [150, 128, 108, 92, 78, 64, 54, 46];
const PLATE_HEIGHT = 1.6;
/** Any size that can be measured well. */
const MEASURED_AT = 100;

/**
 * @typedef {Object} Desk
 * @property {HTMLElement} sign
 * @property {HTMLElement} word
 * @property {HTMLElement} label
 * @property {HTMLElement} place
 * @property {HTMLElement} heading
 * @property {HTMLElement} body
 */

/** @param {Desk} desk @param {number} u @param {boolean} upright */
export function fitDesk(desk, u, upright) {
  fitLabel(desk, upright);
  const state = /** @type {HTMLElement|null} */ (desk.body.querySelector(".desk-state"));
  if (state) fitState(state, desk.body, u);
  else fitNumber(desk, u);
}

/** The label fills the sign: a digit more than a word. */
function fitLabel(/** @type {Desk} */ { sign, word, label }, /** @type {boolean} */ upright) {
  const style = getComputedStyle(sign);
  const pad = (/** @type {string} */ side) => parseFloat(style[`padding${side}`]);
  const width = sign.clientWidth - pad("Left") - pad("Right");
  const beside = upright ? 0 : word.getBoundingClientRect().height;
  const height = sign.clientHeight - pad("Top") - pad("Bottom") - beside;
  set(label, "font-size", MEASURED_AT);
  const wide = Math.max(label.getBoundingClientRect().width, 1);
  const room = upright ? width - word.getBoundingClientRect().width - MEASURED_AT / 4 : width;
  set(label, "font-size", Math.floor(MEASURED_AT * Math.min(room / wide, (0.94 * height) / MEASURED_AT)));
}

/** @param {HTMLElement} state @param {HTMLElement} body @param {number} u */
function fitState(state, body, u) {
  for (const size of STATES) {
    set(state, "font-size", size * u);
    if (body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth) return;
  }
}

/** The plate takes what the names leave, and they get smaller before it does. */
function fitNumber(/** @type {Desk} */ { body }, /** @type {number} */ u) {
  const shape = /** @type {HTMLElement} */ (body.querySelector(".plate"));
  set(shape, "--plate-h", MEASURED_AT);
  const wide = shape.getBoundingClientRect().width / MEASURED_AT;
  const widest = body.clientWidth / wide;
  for (const step of NAMES) {
    set(body, "--size-agency", step.agency * u);
    set(body, "--size-service", step.service * u);
    set(body, "--size-english", step.english * u);
    const room = inside(body) - names(body);
    const height = Math.min(widest, room / PLATE_HEIGHT);
    const least = Math.min(widest, (body.clientHeight * PLATE_SHARE) / PLATE_HEIGHT);
    if (height < least && step !== NAMES[NAMES.length - 1]) continue;
    set(shape, "--plate-h", Math.floor(Math.max(height, u * 40) * 2) / 2);
    return;
  }
}

/** @param {HTMLElement} body */
function inside(body) {
  const style = getComputedStyle(body);
  return body.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
}

/** The height that all but the plate takes. @param {HTMLElement} body */
function names(body) {
  return Array.from(body.children).slice(1).reduce((sum, line) => {
    return sum + line.getBoundingClientRect().height + parseFloat(getComputedStyle(line).marginTop);
  }, 0);
}
