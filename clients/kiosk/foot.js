// @ts-check
/** The lowest row, within reach of who sits: back or the clock, larger type, contrast, and done. */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";

const root = document.documentElement;

export class Foot {
  /**
   * @param {HTMLElement} node
   * @param {{onBack: () => void, onDone: () => void}} listener
   */
  constructor(node, listener) {
    this._node = node;
    this._listener = listener;
    this._clock = el("span", { class: "foot-clock" });
    this._countdown = el("span", { class: "foot-countdown" });
  }

  /**
   * @param {"back" | "clock" | "done"} kind what the first place holds
   * @param {HTMLElement} [extra] a key of the screen's own, beside "done"
   */
  draw(kind, extra) {
    if (kind === "done") {
      const done = button("done", t("Selesai"), () => this._listener.onDone());
      done.classList.add("foot-done");
      this._node.replaceChildren(this._countdown, ...(extra ? [extra] : []), done);
      return;
    }
    const back = button("back", t("Kembali"), () => this._listener.onBack());
    back.prepend(icon("arrow-left"));
    this._node.replaceChildren(kind === "back" ? back : this._clock,
      toggle("large", t("Huruf besar"), "type", "large"),
      toggle("contrast", t("Kontras tinggi"), "contrast", "high"));
  }

  /** @param {string} text */
  tell(text) {
    if (this._countdown.textContent !== text) this._countdown.textContent = text;
  }

  /** @param {string} text */
  time(text) {
    if (this._clock.textContent !== text) this._clock.textContent = text;
  }
}

/** What one person chose must not greet the next. */
export function resetComfort() {
  delete root.dataset.type;
  delete root.dataset.contrast;
}

/**
 * @param {string} id
 * @param {string} text
 * @param {() => void} press
 */
function button(id, text, press) {
  const made = el("button", { type: "button", class: "foot-key", id }, text);
  made.addEventListener("click", press);
  return made;
}

/**
 * @param {string} id
 * @param {string} text
 * @param {string} name of the data attribute
 * @param {string} value
 */
function toggle(id, text, name, value) {
  const made = button(id, text, () => {
    const on = root.dataset[name] !== value;
    if (on) root.dataset[name] = value;
    else delete root.dataset[name];
    made.setAttribute("aria-pressed", String(on));
  });
  made.setAttribute("aria-pressed", String(root.dataset[name] === value));
  return made;
}
