// @ts-check
// Which way people walk, as they see it who read the TV: a direction for each counter of its zone, or none.
import { choices } from "../lib/form.js";
import { el, keyed } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { name, t } from "../lib/words.js";

/** In the order in which a hand turns; the sign is one arrow, turned. */
const DIRECTIONS = ["left", "up-left", "up", "up-right", "right", "down-right", "down", "down-left"];

export class Arrows {
  /** @param {(arrows: Object<string, string>, before: Object<string, string>) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {Object<string, string>} */
    this.arrows = {};
    /** @type {Map<string, import("../lib/form.js").Control>} */
    this.rows = new Map();
    this.list = el("div", { class: "arrows" });
    this.node = el("section", { class: "set arrows-set", "aria-labelledby": "arrows-title" },
      el("h3", { class: "set-name", id: "arrows-title" },
        t("Menghadap TV ini, ke arah mana orang berjalan?")),
      this.list);
  }

  /** @param {Object<string, string>} arrows @param {any[]} counters of the zone */
  set(arrows, counters) {
    this.arrows = arrows;
    keyed(this.list, counters, (counter) => counter.id, (counter) => this.create(counter));
    for (const counter of counters) this.rows.get(counter.id)?.set(arrows[counter.id] || null);
  }

  /** @param {boolean} off */
  disable(off) {
    for (const row of this.rows.values()) row.disable(off);
  }

  /** @param {any} counter */
  create(counter) {
    const row = choices({
      legend: name(counter.name),
      options: [[null, t("tanpa"), t("tanpa panah")], ...DIRECTIONS.map(option)],
      onChange: (direction) => {
        const before = this.arrows;
        const after = { ...before };
        if (direction) after[counter.id] = direction;
        else delete after[counter.id];
        this.arrows = after;
        this.onChange(after, before);
      },
    });
    this.rows.set(counter.id, row);
    return row.node;
  }
}

/** @param {string} direction @returns {[string, HTMLElement, string]} */
function option(direction) {
  return [direction, el("span", { class: "arrow", "data-direction": direction }, icon("arrow-right")),
    directionWords(direction)];
}

/** @param {string} direction */
function directionWords(direction) {
  return {
    left: t("ke kiri"),
    "up-left": t("serong kiri ke depan"),
    up: t("lurus ke depan"),
    "up-right": t("serong kanan ke depan"),
    right: t("ke kanan"),
    "down-right": t("serong kanan ke belakang"),
    down: t("ke belakang"),
    "down-left": t("serong kiri ke belakang"),
  }[direction] || direction;
}
