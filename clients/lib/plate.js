// @ts-check
/**
 * The plate: a ticket's number as the thing people hold, the same on every screen (plate.css).
 *
 * Sized by one knob, `--plate-h`, the cap height of the digits. Nothing draws a hyphen, the edge of
 * the tile is it; screen readers and `data-number` say H-038.
 */
import { el, setAttr, setText } from "./dom.js";

/**
 * @typedef {{number?: string | null, tile?: string | null, state?: string | null,
 *   counter?: string | null, empty?: string}} Plate `empty`: words in the outline of an empty plate
 */

/**
 * @param {Plate} facts without a number: an empty plate, a counter without a ticket
 * @returns {HTMLElement}
 */
export function plate(facts) {
  const node = el("span", { class: "plate" });
  updatePlate(node, facts);
  return node;
}

/**
 * Makes a plate show something else; touches nothing that is so already.
 * @param {HTMLElement} node of `plate`
 * @param {Plate} facts
 */
export function updatePlate(node, facts) {
  const number = facts.number || "";
  if (!number) return drawEmpty(node, facts.empty || "");
  const [letters, digits] = split(number);
  if (node.children.length !== 2) {
    node.textContent = "";
    node.appendChild(el("span", { class: "plate-tile", "aria-hidden": "true" }));
    node.appendChild(el("span", { class: "plate-digits", "aria-hidden": "true" }));
  }
  node.classList.remove("plate-empty");
  setText(node.children[0], letters);
  setAttr(node.children[0], "data-letters", several(letters));
  setText(node.children[1], digits);
  setAttr(node, "role", "img");
  setAttr(node, "aria-label", number);
  setAttr(node, "data-number", number);
  setAttr(node, "data-tile", facts.tile || "arang");
  setAttr(node, "data-state", facts.state);
  setAttr(node, "data-counter", facts.counter);
}

/**
 * The tile alone: a service.
 * @param {{prefix: string, tile?: string | null}} facts
 * @returns {HTMLElement} hidden from screen readers: the service's name stands beside it
 */
export function bullet(facts) {
  return el("span", {
    class: "bullet", "data-tile": facts.tile || "arang", "data-letters": several(facts.prefix), "aria-hidden": "true",
  }, facts.prefix);
}

/**
 * @param {HTMLElement} node
 * @param {string} words
 */
function drawEmpty(node, words) {
  node.classList.add("plate-empty");
  setText(node, words);
  for (const name of ["role", "aria-label", "data-number", "data-tile", "data-state", "data-counter"]) {
    node.removeAttribute(name);
  }
}

/** Two letters or three have a wider tile, and more air. @param {string} letters */
function several(letters) {
  return letters.length > 1 ? letters.length : null;
}

/**
 * `H-038` → `["H", "038"]`.
 * @param {string} number
 */
function split(number) {
  const hyphen = number.lastIndexOf("-");
  return [number.slice(0, Math.max(hyphen, 0)), number.slice(hyphen + 1)];
}
