// @ts-check
/**
 * The rows of a form that saves as one changes it: each a label and a native control, with the same
 * three verbs, so that a form can be filled from what a topic says without losing the focus.
 */
import { el, setAttr, setText } from "./dom.js";

/** After the last key of a text this long it is saved, ms. */
const TYPED_MS = 600;

let made = 0;

/**
 * @typedef {object} Control
 * @property {HTMLElement} node
 * @property {() => any} get
 * @property {(value: any) => void} set fires nothing
 * @property {(off: boolean) => void} disable
 */

/**
 * One of a few. The options: value, words, and a name for screen readers where the words are a sign.
 * @param {{legend: string, hint?: string, options: [any, any, string?][],
 *   onChange: (value: any) => void}} given
 * @returns {Control}
 */
export function choices(given) {
  const group = `choice-${(made += 1)}`;
  const inputs = given.options.map((option) => /** @type {HTMLInputElement} */ (el("input", {
    type: "radio", name: group, "aria-label": option[2], title: option[2],
    onchange: () => given.onChange(option[0]),
  })));
  const node = el(
    "fieldset",
    { class: "set" },
    el("legend", { class: "set-name" }, given.legend, given.hint ? el("small", null, given.hint) : null),
    el("div", { class: "choices" }, given.options.map((option, index) =>
      el("label", { class: "choice-cell" }, inputs[index], el("span", null, option[1])))),
  );
  return {
    node,
    get: () => {
      const at = inputs.findIndex((input) => input.checked);
      return at < 0 ? undefined : given.options[at][0];
    },
    set: (value) => inputs.forEach((input, index) => {
      input.checked = given.options[index][0] === value;
    }),
    disable: (off) => inputs.forEach((input) => {
      input.disabled = off;
    }),
  };
}

/**
 * @param {{label: string, hint?: string, onChange: (value: boolean) => void}} given
 * @returns {Control}
 */
export function check(given) {
  const input = /** @type {HTMLInputElement} */ (el("input", {
    type: "checkbox", onchange: () => given.onChange(input.checked),
  }));
  return {
    node: el("div", { class: "set" }, el("label", { class: "check" }, input, el("span", null, given.label)),
      given.hint ? el("p", { class: "set-hint" }, given.hint) : null),
    get: () => input.checked,
    set: (value) => {
      input.checked = Boolean(value);
    },
    disable: (off) => {
      input.disabled = off;
    },
  };
}

/**
 * @param {{label: string, hint?: string, min: number, max: number, step?: number,
 *   words: (value: number) => string, onChange: (value: number) => void}} given
 * @returns {Control}
 */
export function slider(given) {
  const id = `slide-${(made += 1)}`;
  const told = el("output", { for: id });
  const show = () => {
    setText(told, given.words(Number(input.value)));
    setAttr(input, "aria-valuetext", given.words(Number(input.value)));
  };
  const input = /** @type {HTMLInputElement} */ (el("input", {
    type: "range", id, min: given.min, max: given.max, step: given.step || 1, oninput: () => show(),
    onchange: () => given.onChange(Number(input.value)),
  }));
  return {
    node: el("div", { class: "set" },
      el("label", { class: "set-name", for: id }, given.label,
        given.hint ? el("small", null, given.hint) : null),
      el("div", { class: "slide" }, input, told)),
    get: () => Number(input.value),
    set: (value) => {
      // Not under the finger that moves it.
      if (document.activeElement !== input || !input.matches(":active")) input.value = String(value);
      show();
    },
    disable: (off) => {
      input.disabled = off;
    },
  };
}

/**
 * @param {{label: string, hint?: string, options: [string, string][],
 *   onChange: (value: string) => void}} given
 * @returns {Control}
 */
export function select(given) {
  const id = `select-${(made += 1)}`;
  const input = /** @type {HTMLSelectElement} */ (el("select",
    { class: "input", id, onchange: () => given.onChange(input.value) },
    given.options.map(([value, words]) => el("option", { value }, words))));
  return {
    node: el("div", { class: "set" },
      el("label", { class: "set-name", for: id }, given.label,
        given.hint ? el("small", null, given.hint) : null), input),
    get: () => input.value,
    set: (value) => {
      input.value = value;
    },
    disable: (off) => {
      input.disabled = off;
    },
  };
}

/**
 * A text, saved a moment after the last key and when one leaves it.
 * @param {{label: string, hint?: string, maxlength?: number, onChange: (value: string) => void}} given
 * @returns {Control}
 */
export function text(given) {
  const id = `text-${(made += 1)}`;
  let timer = 0;
  let told = "";
  const tell = () => {
    clearTimeout(timer);
    const value = input.value.trim();
    if (value === told || value === "") return;
    told = value;
    given.onChange(value);
  };
  const input = /** @type {HTMLInputElement} */ (el("input", {
    class: "input", id, maxlength: given.maxlength || 100, autocomplete: "off",
    oninput: () => {
      clearTimeout(timer);
      timer = window.setTimeout(tell, TYPED_MS);
    },
    onchange: tell,
  }));
  return {
    node: el("div", { class: "set" },
      el("label", { class: "set-name", for: id }, given.label,
        given.hint ? el("small", null, given.hint) : null), input),
    get: () => input.value.trim(),
    set: (value) => {
      if (document.activeElement === input) return;
      told = value;
      if (input.value !== value) input.value = value;
    },
    disable: (off) => {
      input.disabled = off;
    },
  };
}

/**
 * `15:30` of what a person types for it: `15.30`, `15:30`, `1530`, `8.05`; "" for anything else.
 * @param {string} typed
 */
export function clockTime(typed) {
  const found = /^(\d\d?)[.:]?(\d\d)$/.exec(typed.trim());
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return "";
  return `${found[1].padStart(2, "0")}:${found[2]}`;
}
