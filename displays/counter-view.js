// @ts-check
// Layout "counter": the small display above one counter. Its label, and the number that is there.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { plate } from "../clients/lib/plate.js";
import { otherLanguage, t } from "../clients/lib/words.js";
import { LISTED } from "./announcer.js";
import { counterState, tileOf, yellow } from "./counter-state.js";
import { fitDesk, unit } from "./fit-desk.js";
import { first, names, pair, second } from "./words.js";

/** What stands above its number. */
const HEADINGS = {
  stale: "Panggilan terakhir",
  recall: "Panggilan ulang",
  announcing: "Silakan ke loket ini",
  called: "Dipanggil sekarang",
  serving: "Sedang dilayani",
};

/** @typedef {import("./board.js").Scene} Scene */

export class CounterView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler */
  constructor(main, ruler) {
    this.main = main;
    this.ruler = ruler;
    this.word = el("p", { class: "desk-word" });
    this.label = el("span", null);
    this.sign = el("div", { class: "desk-sign" }, this.word, el("p", { class: "desk-label" }, this.label));
    this.heading = el("h2", { class: "hall-heading" });
    this.body = el("div", { class: "desk-body" });
    this.place = el("section", { class: "desk-place" }, this.heading, this.body);
    this.said = el("p", { class: "sr-only", role: "status" });
    main.append(this.sign, this.place, this.said);
    this.key = "";
    this.announced = 0;
    this.number = "";
    this.listed = LISTED;
    /** Nothing takes turns here. */
    this.onTurn = () => {};
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { state, options, stale, shown } = scene;
    const counter = state.counters[options.counter || ""];
    const number = (counter && counter.number) || "";
    const call = state.calls[number];
    const lit = Boolean(number) && yellow(scene).indexOf(number) >= 0;
    const key = JSON.stringify([counter, call, lit, stale, scene.language, options, state.services]);
    if (key === this.key) return;
    this.key = key;
    this.number = number;
    this._name(counter);
    setAttr(this.place, "data-theme", lit ? "now" : null);
    setAttr(this.place, "data-announcing", String(lit));
    replace(this.heading, number ? pair(HEADINGS[reason(call, lit, stale)]) : null);
    if (number) this._draw(number, call, scene);
    else if (counter && counter.state === "open") this._drawFree(counter, stale);
    else {
      const words = counter ? counterState(counter, stale) : unknown(options.counter);
      replace(this.body, el("p", { class: "desk-state" }, words));
    }
    if (lit && shown.large === number && shown.announced !== this.announced) {
      this.announced = shown.announced;
      this.said.textContent = t("Nomor {number}, silakan ke loket ini", { number });
    }
    this.fit();
  }

  fit() {
    const upright = getComputedStyle(this.main).flexDirection === "column";
    fitDesk(this, unit(this.ruler), upright);
  }

  /** Numbers that stand on the screen now. @returns {string[]} */
  numbers() {
    return this.number ? [this.number] : [];
  }

  stop() {}

  /** The word and the label: "Loket" and "5". @param {any} counter undefined where there is none */
  _name(counter) {
    if (!counter) {
      replace(this.word, pair("Loket"));
      replace(this.label, null);
      return;
    }
    const label = first(counter.label);
    const words = names(counter.name);
    replace(
      this.word,
      without(words.first, label),
      " ",
      words.second &&
        el("span", { class: "second", lang: otherLanguage() }, without(words.second, label)),
    );
    replace(this.label, label);
  }

  /** An empty plate: a counter without a ticket. @param {any} counter @param {boolean} stale */
  _drawFree(counter, stale) {
    const words = el("p", { class: "desk-agency" }, counterState(counter, stale));
    replace(this.body, el("div", { class: "desk-plate" }, plate({})), words);
  }

  /** @param {string} number @param {import("./announcer.js").Call|undefined} call @param {Scene} scene */
  _draw(number, call, { state, options }) {
    const facts = { number, tile: tileOf(state, number), counter: options.counter };
    const shape = plate(Object.assign(facts, { state: call ? call.state : "serving" }));
    const english = call ? second(call.service_name) : "";
    replace(
      this.body,
      el("div", { class: "desk-plate" }, shape),
      call && el("p", { class: "desk-agency" }, first(call.agency_short)),
      call && el(
        "p",
        { class: "desk-service" },
        first(call.service_name),
        " ",
        english && el("span", { class: "second", lang: otherLanguage() }, english),
      ),
    );
  }
}

/** Whoever sets the TV up forgot something, or the zone is another one. @param {string|null} id */
function unknown(id) {
  if (!id) return pair("Loket untuk TV ini belum dipilih");
  return pair("Tidak ada loket {counter} di zona ini", { counter: id });
}

/** "Loket 5" without "5"; nothing where the name is the label. @param {string} name @param {string} label */
function without(name, label) {
  const at = name.lastIndexOf(label);
  const ends = label !== "" && at >= 0 && at + label.length === name.length;
  return ends ? name.slice(0, at).trim() : name === label ? "" : name;
}

/** @param {import("./announcer.js").Call|undefined} call @param {boolean} lit @param {boolean} stale */
function reason(call, lit, stale) {
  if (stale) return "stale";
  if (lit) return call && call.recalls ? "recall" : "announcing";
  return call && call.state === "called" ? "called" : "serving";
}
