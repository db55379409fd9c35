// @ts-check
// Signs that are larger than words: where to walk, and that it is being said.
import { el } from "../clients/lib/dom.js";
import { icon } from "../clients/lib/icon.js";
import { t } from "../clients/lib/words.js";

/** What screen readers say. */
const DIRECTIONS = {
  up: "Panah ke atas",
  down: "Panah ke bawah",
  left: "Panah ke kiri",
  right: "Panah ke kanan",
  "up-left": "Panah ke kiri atas",
  "up-right": "Panah ke kanan atas",
  "down-left": "Panah ke kiri bawah",
  "down-right": "Panah ke kanan bawah",
};

/** @param {string|undefined|null} direction @returns {boolean} */
export function isDirection(direction) {
  return Boolean(direction) && Object.prototype.hasOwnProperty.call(DIRECTIONS, String(direction));
}

/** An arrow in an ink square. @param {string} direction one of the eight */
export function arrow(direction) {
  const label = t(DIRECTIONS[direction]);
  const facts = { class: "sign hall-arrow", "data-direction": direction, role: "img", "aria-label": label };
  return el("span", facts, icon("arrow-right"));
}

/** A loudspeaker: the voice comes from this screen now. */
export function speaker() {
  return el("span", { class: "hall-speaker" }, icon("speaker"));
}
