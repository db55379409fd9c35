// @ts-check
/** The small drawings that the parts of the console share. They change only what differs. */

import { el, replace, setAttr } from "../lib/dom.js";
import { bullet } from "../lib/plate.js";

/**
 * Marks whether a button can be pressed. A dimmed one keeps the focus and can be asked why.
 * @param {Element} button
 * @param {boolean} can
 * @param {boolean} [busy]
 */
export function mark(button, can, busy = false) {
  setAttr(button, "aria-disabled", can ? null : "true");
  setAttr(button, "aria-busy", busy ? "true" : null);
}

/**
 * Draws anew only when `key` says that something differs from what stands there.
 * @param {HTMLElement} node
 * @param {string} key
 * @param {() => (Node | string)[]} make
 */
export function redraw(node, key, make) {
  if (node.dataset.drawn === key) return;
  node.dataset.drawn = key;
  replace(node, make());
}

/**
 * @param {HTMLElement} box
 * @param {{prefix: string, tile: string} | null | undefined} service
 */
export function showBullet(box, service) {
  redraw(box, service ? service.prefix : "", () =>
    service ? [bullet(service)] : [],
  );
}

/**
 * A key as it is printed on a button.
 * @param {string} key
 */
export function keyCap(key) {
  return el("kbd", { "aria-hidden": "true" }, key);
}

/**
 * @typedef {object} KeyButton
 * @property {HTMLElement} root
 * @property {HTMLElement} label
 * @property {HTMLElement} sub
 */

/** How the console's buttons look; the classes of controls.css. */
const LOOKS = {
  primary: "button button-now button-wide primary",
  other: "button button-wide other",
  bar: "button bar-button",
};

/**
 * A button that says what it does, a few words more below, and its key.
 * @param {string} id
 * @param {string} key "" for none
 * @param {(id: string) => void} press
 * @param {keyof typeof LOOKS} [look]
 * @returns {KeyButton}
 */
export function keyButton(id, key, press, look = "other") {
  const label = el("span", { class: "key-label" });
  const sub = el("span", { class: "key-sub" });
  const root = el(
    "button",
    { class: LOOKS[look], type: "button", "data-action": id, "aria-keyshortcuts": key || null },
    el("span", { class: "key-words" }, label, " ", sub),
    key ? keyCap(key === "Escape" ? "Esc" : key === "Enter" ? key : key.toUpperCase()) : null,
  );
  root.addEventListener("click", (event) => {
    // A mouse leaves the focus on what it pressed, and Enter would press that again.
    if (event.detail > 0) root.blur();
    // The second click of a double click would press what the first one put in its place.
    if (event.detail < 2) press(id);
  });
  return { root, label, sub };
}
