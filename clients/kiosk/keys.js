// @ts-check
/**
 * Keys on the screen, for kiosks that have none: letters in the order of a telephone book's
 * index would help nobody who ever used a phone, so they stand as on one.
 */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/**
 * Keys that write into `field`. They never take the focus from it, so that a scanner and a real
 * keyboard go on writing there too.
 * @param {HTMLInputElement} field
 * @param {{space?: string, erase: string, done?: HTMLElement}} words accessible names, and a key
 *   of the caller's own at the end of the last row
 * @returns {HTMLElement}
 */
export function screenKeys(field, words) {
  const rows = ROWS.map((row) => el("div", { class: "keys-row" },
    ...Array.from(row, (letter) => key(letter, letter, () => insert(field, letter)))));
  const last = rows[rows.length - 1];
  const erase = key("", words.erase, () => eraseOne(field));
  erase.append(icon("backspace"));
  erase.classList.add("keys-wide");
  last.append(erase);
  if (words.space) {
    const space = key(words.space, words.space, () => insert(field, " "));
    space.classList.add("keys-wide");
    last.append(space);
  }
  if (words.done) last.append(words.done);
  const board = el("div", { class: "keys", role: "group" }, ...rows);
  board.addEventListener("pointerdown", (event) => event.preventDefault());
  return board;
}

/**
 * @param {string} text
 * @param {string} name
 * @param {() => void} press
 */
function key(text, name, press) {
  const button = el("button", { type: "button", class: "key", tabindex: "-1" }, text);
  if (name !== text) button.setAttribute("aria-label", name);
  button.addEventListener("click", press);
  return button;
}

/**
 * @param {HTMLInputElement} field
 * @param {string} text
 */
function insert(field, text) {
  const start = field.selectionStart === null ? field.value.length : field.selectionStart;
  const end = field.selectionEnd === null ? start : field.selectionEnd;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLInputElement} field */
function eraseOne(field) {
  const end = field.selectionEnd === null ? field.value.length : field.selectionEnd;
  const start = field.selectionStart === end ? Math.max(0, end - 1) : field.selectionStart || 0;
  field.setRangeText("", start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
