// @ts-check
// The list beside the call: what was called before, and what is called too and waits for its turn
// to be announced. More that wait than it has rows for take turns: none is left out.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { bullet, plate } from "../clients/lib/plate.js";
import { t } from "../clients/lib/words.js";
import { isAway } from "./destination.js";
import { fitList } from "./fit-list.js";
import { Turns } from "./paging.js";
import { first, pair } from "./words.js";

/**
 * @typedef {import("./announcer.js").Call} Call
 * @typedef {import("./board.js").Scene} Scene
 * @typedef {{row: HTMLElement, plate: HTMLElement, agency: HTMLElement, counter: HTMLElement}} Row
 */

export class Earlier {
  /** @param {number} rows how many it has room for */
  constructor(rows) {
    this.heading = el("h2", { class: "hall-heading" });
    this.column = el("span", { class: "hall-heading" });
    this.list = el("ol", { class: "earlier-list" });
    const head = el("div", { class: "earlier-head" }, this.heading, this.column);
    this.section = el("section", { class: "earlier" }, head, this.list);
    /** The column beside the call, or the part below it. */
    this.aside = el("div", { class: "call-aside" }, this.section);
    this.turns = new Turns((page) => this._turn(page));
    /** @type {Object<string, Row>} the rows of the list, by number */
    this.rows = {};
    this.size = 0;
    /** @type {Scene|null} */
    this.scene = null;
    /** Whether the list is drawn by its caller, who fits it then. */
    this.drawing = false;
    this.onTurn = () => {};
    this.resize(rows);
  }

  /** @param {number} rows */
  resize(rows) {
    this.size = rows;
    this.list.style.setProperty("--rows", String(rows));
  }

  /** @param {Scene} scene */
  draw(scene) {
    this.scene = scene;
    const { list } = scene.shown;
    replace(this.heading, pair(list.some((row) => row.waiting) ? "Juga dipanggil" : "Sebelumnya"));
    replace(this.column, t("Loket"));
    const pages = [];
    for (let from = 0; from < list.length; from += this.size) {
      const numbers = list.slice(from, from + this.size);
      pages.push({ text: numbers.map((row) => row.number).join(" "), numbers });
    }
    this.drawing = true;
    this.turns.set(pages);
    this._show(this.turns.pages[this.turns.index] || null);
    this.drawing = false;
  }

  /** The numbers that can be read now. */
  numbers() {
    return Object.keys(this.rows);
  }

  /** Where each row stands, by number. @returns {Object<string, number>} */
  tops() {
    /** @type {Object<string, number>} */
    const tops = {};
    for (const number of Object.keys(this.rows)) {
      tops[number] = this.rows[number].row.getBoundingClientRect().top;
    }
    return tops;
  }

  /** @param {number} u */
  fit(u) {
    fitList(this.aside, this.section, Object.keys(this.rows).map((number) => this.rows[number]), u);
  }

  /** @param {any} page */
  _turn(page) {
    if (this.drawing) return;
    this._show(page);
    this.onTurn();
  }

  /** @param {any} page */
  _show(page) {
    const state = this.scene ? this.scene.state : { calls: {}, services: {} };
    this.rows = {};
    for (const { number, waiting } of page ? page.numbers : []) {
      const call = state.calls[number];
      if (call) this.rows[number] = listRow(number, call, waiting, call.to && goal(call.to, state));
    }
    replace(this.list, Object.keys(this.rows).map((number) => this.rows[number].row));
  }
}

/** @param {string} number @param {Call} call @param {boolean} waiting @param {any} goal where it waits now @returns {Row} */
function listRow(number, call, waiting, goal) {
  const shape = plate({ number, tile: call.tile, state: call.state, counter: call.counter });
  shape.classList.add("earlier-plate");
  const { to } = call;
  const agency = el("span", { class: "earlier-agency" }, to ? goal : first(call.agency_short));
  const label = to ? to.counter_label : call.counter_label;
  const counter = el("span", { class: "earlier-counter" }, first(label));
  const row = el("li", { class: "earlier-row" }, shape, agency, counter);
  setAttr(row, "data-theme", waiting ? "now" : null);
  setAttr(row, "data-moved", Boolean(to));
  if (waiting && call.recalls) agency.append(el("span", { class: "earlier-recall" }, t("Panggilan ulang")));
  return { row, plate: shape, agency, counter };
}

/** Where it waits now, in words: an arrow would say where to walk. @param {import("./destination.js").Destination} to @param {any} state */
function goal(to, state) {
  const away = isAway(to, state);
  const service = !away && state.services[to.service];
  return [
    el("span", { class: service ? "" : "earlier-to" }, t("ke"), " "),
    service && bullet({ prefix: service.prefix, tile: service.tile }),
    " ",
    el("span", { class: "earlier-to" }, first(away ? to.zone_name : to.service_name)),
  ];
}
