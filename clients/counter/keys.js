// @ts-check
/**
 * The keyboard of the console. Letters and digits act only outside of fields; a scan that arrives
 * without focus is one scan and never the letters that it types; a key held down acts once.
 */

import { Burst } from "../lib/scan.js";

const FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const PRESSABLE = "button, a[href], summary, [role=button], input";
/** What has a use of its own for the arrow keys. */
const ARROWS = "input, textarea, select, [contenteditable], .notices";

/**
 * A second Enter so soon is the same press, of a finger that slipped or a key that bounces: it must
 * not start serving whom the first one called, ms.
 */
const BOUNCE_MS = 300;

/**
 * @typedef {object} KeyListener
 * @property {(key: string) => void} onKey a single letter or digit, in lower case
 * @property {() => void} onEnter Enter that nothing else takes
 * @property {() => void} onEscape
 * @property {(text: string) => void} onScan
 * @property {(step: 1 | -1) => boolean} onArrow down or up; whether it went anywhere
 */

/**
 * Listens for as long as the page lives.
 * @param {Document} page
 * @param {KeyListener} listener
 */
export function listen(page, listener) {
  const burst = new Burst({
    onScan: listener.onScan,
    onKey(key, rest) {
      listener.onKey(key.toLowerCase());
      typeOn(rest);
    },
  });
  const enter = new Enter(burst, listener.onEnter);
  // Captured, so that a bouncing Enter is stopped before any form or button sees it.
  page.addEventListener("keydown", (event) => onKeyDown(event, listener, burst, enter), true);
}

/**
 * What fast fingers typed after a key that opened a field belongs into that field.
 * @param {string} rest
 */
function typeOn(rest) {
  const field = document.activeElement;
  if (rest === "" || !(field instanceof HTMLInputElement) || !field.matches(FIELDS)) return;
  field.value += rest;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @param {KeyboardEvent} event
 * @param {KeyListener} listener
 * @param {Burst} burst
 * @param {Enter} enter
 */
function onKeyDown(event, listener, burst, enter) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Escape") {
    burst.cancel();
    listener.onEscape();
  } else if (event.key === "Enter") enter.press(event, target);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (target.closest(ARROWS)) return;
    if (listener.onArrow(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.key.length === 1 && event.key !== " " && !target.closest(FIELDS)) {
    event.preventDefault();
    if (!event.repeat) burst.push(event.key);
  }
}

class Enter {
  /**
   * @param {Burst} burst
   * @param {() => void} onEnter
   */
  constructor(burst, onEnter) {
    this.burst = burst;
    this.onEnter = onEnter;
    this.last = -Infinity;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element} target
   */
  press(event, target) {
    // When the key went down, not when a busy page came to it.
    const at = event.timeStamp;
    const bounces = event.repeat || at - this.last < BOUNCE_MS;
    if (!bounces) this.last = at;
    if (this.burst.open) {
      // The scanner's own Enter: it must neither press what has the focus nor the primary action.
      event.preventDefault();
      this.burst.end();
    } else if (bounces) {
      event.preventDefault();
      event.stopPropagation();
    } else if (!target.closest(PRESSABLE)) {
      event.preventDefault();
      this.onEnter();
    }
  }
}
