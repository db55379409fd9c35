// @ts-check
// Layout "counters": a cell a counter, its label first. A cell is yellow while its call is announced
// or waits for it; nothing is displaced here, so several are yellow at once.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { plate } from "../clients/lib/plate.js";
import { both, t } from "../clients/lib/words.js";
import { LISTED } from "./announcer.js";
import { briefState, counterState, tileOf, yellow } from "./counter-state.js";
import { CELL_GAP, fitGrid, set, unit } from "./fit.js";
import { Turns } from "./paging.js";
import { first, pair } from "./words.js";

/** Room for a plate of one letter and three digits, in heights of the digits: no jump with the first number. */
const USUAL_PLATE = 5;
/** A label wider than this many heights of the digits gets smaller letters instead of a wider column. */
const WIDEST_LABEL = 3;
/** Labels and plates are measured at this height of the digits, CSS pixels. */
const MEASURED_AT = 100;
/** What a counter without a number does: font sizes, at least and at most (pixels of a 1080 screen). */
const TEXT = [30, 46];
/** A label that is a word, at least (pixels of a 1080 screen); then it breaks. */
const LEAST_LABEL = 28;
/** Kept between such a label and its plate (pixels of a 1080 screen). */
const LABEL_AIR = 10;
/** Letters of a label, font size / height of the digits. */
const LABEL = 1 / 0.7;

/** @typedef {import("./board.js").Scene} Scene */

export class CountersView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler */
  constructor(main, ruler) {
    this.ruler = ruler;
    this.list = el("ol", { class: "board" });
    this.probe = el("div", { class: "board-probe" });
    this.said = el("p", { class: "sr-only", role: "status" });
    main.append(this.list, this.probe, this.said);
    /** Other numbers can be read now although nothing happened. */
    this.onTurn = () => {};
    this.turns = new Turns((page) => {
      this._show(page);
      this.onTurn();
    });
    /** @type {any} of the zone */
    this.board = { calls: {}, counters: {}, services: {} };
    /** @type {string[]} */
    this.announcing = [];
    this.announced = 0;
    this.stale = false;
    /** The number that is announced now. @type {string|null} */
    this.called = null;
    this.listed = LISTED;
    /** @type {{columns: number, rows: number, pages: number, height: number}|null} */
    this.grid = null;
    this.key = "";
    this.widths = "";
    this.ratios = { label: 1, plate: USUAL_PLATE };
    /** @type {string[]} */
    this.page = [];
    /** CSS pixels. */
    this.cellWidth = 0;
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { state, shown } = scene;
    const counters = withGuests(state);
    const calls = Object.keys(counters).map((id) => state.calls[counters[id].number]);
    const lit = yellow(scene);
    const key = JSON.stringify([counters, calls, lit, scene.language, scene.options, scene.stale]);
    if (key === this.key) return;
    this.key = key;
    if (shown.announcing && shown.announced !== this.announced) this._say(scene);
    this.announced = shown.announced;
    this.board = Object.assign({}, state, { counters });
    this.announcing = lit;
    this.stale = scene.stale;
    this.called = shown.announcing ? shown.large : null;
    this._layOut();
    this._show({ counters: this.page });
  }

  /** Numbers that stand on the screen now. @returns {string[]} */
  numbers() {
    return this.page.map((id) => (this.board.counters[id] || {}).number).filter(Boolean);
  }

  stop() {
    this.turns.stop();
  }

  /** Told once to screen readers. @param {Scene} scene */
  _say({ state, shown }) {
    const facts = {
      number: String(shown.large),
      counter: first(state.calls[/** @type {string} */ (shown.large)].counter_name),
    };
    this.said.textContent = t("Nomor {number}, silakan menuju {counter}", facts);
  }

  /** To be called when the screen was turned or resized, or the font came. */
  fit() {
    this.widths = "";
    this._layOut();
    this._show({ counters: this.page });
  }

  _layOut() {
    const { counters } = this.board;
    const ids = Object.keys(counters);
    this._measure(ids.map((id) => counters[id]));
    const style = getComputedStyle(this.list);
    const u = unit(this.ruler);
    const room = {
      width:
        this.list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
      height: this.list.clientHeight - parseFloat(style.paddingTop),
    };
    const grid = fitGrid(ids.length, room, this.ratios, u);
    this.grid = grid;
    this.cellWidth = (room.width + CELL_GAP * u) / grid.columns - CELL_GAP * u;
    this.list.style.setProperty("--columns", String(grid.columns));
    this.list.style.setProperty("--rows", String(grid.rows));
    set(this.list, "--size-cell", grid.height);
    const text = Math.min(Math.max(TEXT[0] * u, grid.height * 0.5), TEXT[1] * u);
    set(this.list, "--size-text", text);
    set(this.list, "--size-text-2", Math.max(28 * u, text * 0.8));
    set(this.list, "--label-width", grid.height * this.ratios.label + 16 * u);
    const each = grid.columns * grid.rows;
    const pages = [];
    for (let from = 0; from < ids.length; from += each) {
      const page = ids.slice(from, from + each);
      pages.push({ text: page.join(" "), counters: page });
    }
    this.turns.set(pages);
    // Whoever is called must not wait for the page.
    const { called } = this;
    const here = (/** @type {string} */ id) => called !== null && counters[id].number === called;
    this.turns.hold(pages.findIndex((page) => page.counters.some(here)));
  }

  /** How wide labels and plates are, as multiples of the height of the digits. @param {any[]} counters */
  _measure(counters) {
    const labels = counters.map((counter) => first(counter.label));
    const numbers = counters.map((counter) => counter.number).filter(Boolean);
    const widths = labels.concat(numbers.map((number) => number.replace(/\d/g, "0"))).join(" ");
    if (widths === this.widths) return;
    this.widths = widths;
    const wide = (/** @type {HTMLElement} */ element) =>
      element.getBoundingClientRect().width / MEASURED_AT;
    const texts = labels.map((label) => el("span", { class: "cell-label" }, label));
    const plates = numbers.map((number) => plate({ number, tile: "arang" }));
    set(this.probe, "--size-cell", MEASURED_AT);
    set(this.probe, "--label-width", 0);
    replace(this.probe, texts.concat(plates));
    /** @type {Object<string, number>} */
    this.labelWidths = {};
    labels.forEach((label, index) => {
      this.labelWidths[label] = wide(texts[index]);
    });
    const short = texts.map(wide).filter((width) => width <= WIDEST_LABEL);
    this.ratios = {
      label: Math.max.apply(null, [1].concat(short)),
      plate: Math.max.apply(null, [USUAL_PLATE].concat(plates.map(wide))),
    };
    replace(this.probe, []);
  }

  /** @param {{counters: string[]}|null} page */
  _show(page) {
    this.page = page ? page.counters : [];
    const rows = this.grid ? this.grid.rows : 1;
    const cells = this.page.map((id, index) => {
      const cell = this._cell(id);
      cell.setAttribute("data-last", String((index + 1) % rows === 0));
      return cell;
    });
    if (cells.length === 0) {
      cells.push(el("li", { class: "cell-text" }, pair("Zona ini tidak punya loket")));
    }
    replace(this.list, cells);
    this.page.forEach((id, index) => shorten(cells[index], this.board.counters[id], this.stale));
  }

  /** @param {string} id */
  _cell(id) {
    const counter = this.board.counters[id] || {};
    const label = el("span", { class: "cell-label" }, first(counter.label));
    const width = this.labelWidths ? this.labelWidths[first(counter.label)] : 0;
    if (this.grid && width > WIDEST_LABEL) {
      // It may take what the plate leaves; the plates of a column are out of line then.
      const air = LABEL_AIR * unit(this.ruler);
      const room = this.cellWidth - this.grid.height * this.ratios.plate - air;
      const size = (LABEL * room * 0.98) / width;
      const least = LEAST_LABEL * unit(this.ruler);
      set(label, "font-size", Math.min(this.grid.height * LABEL, Math.max(size, least)));
      label.classList.toggle("cell-broken", size < least);
    }
    const content = counter.number
      ? this._plate(id, counter.number)
      : el("span", { class: "cell-text" }, counterState(counter, this.stale));
    const cell = el("li", { class: "cell" }, label, content);
    const yellow = Boolean(counter.number) && this.announcing.indexOf(counter.number) >= 0;
    setAttr(cell, "data-theme", yellow ? "now" : null);
    return cell;
  }

  /** @param {string} id @param {string} number */
  _plate(id, number) {
    const call = this.board.calls[number];
    const facts = { number, tile: tileOf(this.board, number), counter: id };
    return plate(Object.assign(facts, { state: call ? call.state : "serving" }));
  }
}

/**
 * The counters of the zone, and those of others that call somebody for a service of this one: they have a
 * cell for as long as they call.
 * @param {any} state
 */
function withGuests({ calls, counters }) {
  const all = Object.assign({}, counters);
  for (const number of Object.keys(calls)) {
    const { counter, counter_name: name, counter_label: label, state } = calls[number];
    if (state === "called" && !all[counter]) all[counter] = { name, label, state: "open", number };
  }
  return all;
}

/** Where the reason is too long for the cell: that it pauses, and until when. */
function shorten(/** @type {HTMLElement} */ cell, /** @type {any} */ counter, /** @type {boolean} */ stale) {
  const text = /** @type {HTMLElement|null} */ (cell.querySelector(".cell-text"));
  const tooHigh = () => text !== null && text.scrollHeight > cell.clientHeight;
  if (!text || !tooHigh()) return;
  const brief = briefState(counter, stale);
  replace(text, both(brief));
  if (tooHigh()) replace(text, brief.first);
}
