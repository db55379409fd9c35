// @ts-check
/**
 * What the panels share: they stand in place of the left side, ask for what a command needs, and
 * go with Escape. A panel is a form, so that Enter in any of its fields is its primary action.
 */

import { el, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { keyButton } from "./draw.js";

/** @typedef {import("./view.js").View} View */

/**
 * @typedef {object} Panel
 * @property {HTMLElement} root
 * @property {(view: View) => void} update
 * @property {() => void} focus
 * @property {() => void} enter its primary action
 * @property {(key: string) => void} key a letter or digit outside of fields
 */

export class Frame {
  /**
   * @param {string} name
   * @param {Node[]} content between the title and the actions
   * @param {{enter: () => void, close: () => void}} listener
   * @param {Node[]} [below] the actions
   */
  constructor(name, content, listener, below = []) {
    this.title = el("span", {});
    this.subtitle = el("small", {});
    this.primary = keyButton("primary", "Enter", () => {}, "primary");
    this.primary.root.setAttribute("type", "submit");
    const cancel = keyButton("close", "Escape", listener.close);
    setText(cancel.label, t("Batal"));
    this.root = el(
      "form",
      { class: `panel is-${name}`, novalidate: true },
      el("h1", { class: "now-title" }, this.title, " ", this.subtitle),
      el("div", { class: "panel-content" }, ...content),
      el("div", { class: "panel-primary" }, this.primary.root, cancel.root),
      ...below,
    );
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      listener.enter();
    });
  }
}

/**
 * A row of choices of which one holds, drawn as joined buttons; arrow keys move in it.
 * @param {string} name
 * @param {string} legend
 * @param {{value: string, label: string}[]} choices
 * @returns {{root: HTMLElement, get: () => string, set: (value: string) => void}}
 */
export function choice(name, legend, choices) {
  const inputs = choices.map(({ value }) =>
    /** @type {HTMLInputElement} */ (el("input", { type: "radio", class: "sr-only", name, value })),
  );
  const root = el(
    "fieldset",
    { class: "choice" },
    el("legend", {}, legend),
    el(
      "span",
      { class: "segmented" },
      ...choices.map(({ label }, index) => el("label", {}, inputs[index], el("span", {}, label))),
    ),
  );
  return {
    root,
    get: () => inputs.find((input) => input.checked)?.value ?? "",
    set: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
  };
}

/**
 * A field of one line with its label.
 * @param {string} label
 * @param {Record<string, string>} attributes
 */
export function field(label, attributes) {
  const input = /** @type {HTMLInputElement} */ (
    el("input", { type: "text", class: "input", autocomplete: "off", ...attributes })
  );
  return { root: el("label", { class: "field" }, el("span", {}, label), input), input };
}

/** Where a ticket goes in a line (contract, section 2), with the words for it. */
export function places() {
  return [
    { value: "keep", label: t("Tetap gilirannya") },
    { value: "front", label: t("Paling depan") },
    { value: "back", label: t("Paling belakang") },
  ];
}
