// @ts-check
/** What may be taken back, kept over a reload of the tab; a tab of its own starts without. */

const KEY = "antrean.undo.";

/**
 * @param {string} counter
 * @param {import("./undo.js").Undoable | null} undo
 */
export function remember(counter, undo) {
  try {
    if (undo) sessionStorage.setItem(KEY + counter, JSON.stringify(undo));
    else sessionStorage.removeItem(KEY + counter);
  } catch {
    // Storage is switched off: after a reload there is nothing to take back.
  }
}

/**
 * @param {string} counter
 * @returns {import("./undo.js").Undoable | null}
 */
export function recall(counter) {
  try {
    return JSON.parse(sessionStorage.getItem(KEY + counter) ?? "null");
  } catch {
    return null;
  }
}
