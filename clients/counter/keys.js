// @ts-check
/**
 * The keyboard of the console. Letters and digits act only outside of fields; a scan that arrives
 * without focus is one scan and never the letters that it types; a key held down acts once.
 */

import { Burst } from "../lib/scan.js";

const FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const PRESSABLE = "button, a[href], summary, [role=button], input";

/**
 * @typedef {object} KeyListener
 * @property {(key: string) => void} onKey a single letter or digit, in lower case
 * @property {() => void} onEnter Enter that nothing else takes
 * @property {() => void} onEscape
 * @property {(text: string) => void} onScan
 */

/**
 * Listens until the returned function is called.
 * @param {Document} page
 * @param {KeyListener} listener
 * @returns {() => void}
 */
export function listen(page, listener) {
  const burst = new Burst({
    onScan: listener.onScan,
    onKey: (key) => listener.onKey(key.toLowerCase()),
  });
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : page.body;
    if (event.key === "Escape") listener.onEscape();
    else if (event.key === "Enter") enter(event, target, burst, listener);
    else if (event.key.length === 1 && event.key !== " " && !target.closest(FIELDS)) {
      event.preventDefault();
      if (!event.repeat) burst.push(event.key);
    }
  };
  page.addEventListener("keydown", onKeyDown);
  return () => page.removeEventListener("keydown", onKeyDown);
}

/**
 * @param {KeyboardEvent} event
 * @param {Element} target
 * @param {Burst} burst
 * @param {KeyListener} listener
 */
function enter(event, target, burst, listener) {
  if (event.repeat) event.preventDefault();
  else if (burst.open) {
    // The scanner's own Enter: it must neither press what has the focus nor the primary action.
    event.preventDefault();
    burst.end();
  } else if (!target.closest(PRESSABLE)) {
    event.preventDefault();
    listener.onEnter();
  }
}
