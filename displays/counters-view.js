// @ts-check
// Layout "counters": a cell a counter, its label first. A cell is yellow while its call is announced;
// nothing is displaced here, so several are yellow at once.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { pair } from "../clients/lib/lines.js";
import { plate } from "../clients/lib/plate.js";
import { formatClock } from "../clients/lib/time.js";
import { bi, both, names, t } from "../clients/lib/words.js";
import { CELL_GAP, fitGrid, set, unit } from "./fit.js";
import { Turns } from "./paging.js";
import { first } from "./words.js";

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
/** Letters of a label, font size / height of the digits. */
const LABEL = 1 / 0.7;

/**
 * @typedef {Object} Board
 * @property {Object<string, import("./announcer.js").Call>} calls
 * @property {Object<string, any>} counters
 * @property {Object<string, any>} services
 */

export class CountersView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler */
  constructor(main, ruler) {
    this.ruler = ruler;
    this.list = el("ol", { class: "board" });
    this.probe = el("div", { class: "board-probe" });
    this.said = el("p", { class: "sr-only", role: "status" });
    main.append(this.list, this.probe, this.said);
    this.turns = new Turns((page) => this._show(page));
    /** @type {Board} */
    this.board = { calls: {}, counters: {}, services: {} };
    /** @type {string[]} */
    this.announcing = [];
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

  /**
   * @param {Board} board
   * @param {string[]} announcing numbers that are yellow
   * @param {boolean} stale
   */
  draw(board, announcing, stale) {
    const numbers = Object.keys(board.counters).map((id) => board.calls[board.counters[id].number]);
    const yellow = stale ? [] : announcing;
    const key = JSON.stringify([board.counters, numbers, yellow]);
    if (key === this.key) return;
    this.key = key;
    yellow.filter((number) => this.announcing.indexOf(number) < 0).forEach((number) => {
      const call = board.calls[number];
      const facts = { number, counter: first(call.counter_name) };
      this.said.textContent = t("Nomor {number}, silakan menuju {counter}", facts);
    });
    this.board = board;
    this.announcing = yellow;
    this._layOut();
    this._show({ counters: this.page });
  }

  /** The screen was turned or resized, or the font came. */
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
    this.page.forEach((id, index) => shorten(cells[index], this.board.counters[id]));
  }

  /** @param {string} id */
  _cell(id) {
    const counter = this.board.counters[id] || {};
    const label = el("span", { class: "cell-label" }, first(counter.label));
    const width = this.labelWidths ? this.labelWidths[first(counter.label)] : 0;
    if (this.grid && width > WIDEST_LABEL) {
      // It may take what the plate leaves; the plates of a column are out of line then.
      const room = this.cellWidth - this.grid.height * this.ratios.plate;
      const size = (LABEL * room * 0.98) / width;
      const least = LEAST_LABEL * unit(this.ruler);
      set(label, "font-size", Math.min(this.grid.height * LABEL, Math.max(size, least)));
      label.classList.toggle("cell-broken", size < least);
    }
    const content = counter.number
      ? this._plate(id, counter.number)
      : el("span", { class: "cell-text" }, state(counter));
    const cell = el("li", { class: "cell" }, label, content);
    const yellow = Boolean(counter.number) && this.announcing.indexOf(counter.number) >= 0;
    setAttr(cell, "data-theme", yellow ? "now" : null);
    return cell;
  }

  /** @param {string} id @param {string} number */
  _plate(id, number) {
    const call = this.board.calls[number];
    const prefix = number.split("-")[0];
    const { services } = this.board;
    const owner = Object.keys(services).find((service) => services[service].prefix === prefix);
    const tile = call ? call.tile : owner ? services[owner].tile : "arang";
    return plate({ number, tile, state: call ? call.state : "serving", counter: id });
  }
}

/** Where the reason is too long for the cell: that it pauses, and until when. */
function shorten(/** @type {HTMLElement} */ cell, /** @type {any} */ counter) {
  const text = /** @type {HTMLElement|null} */ (cell.querySelector(".cell-text"));
  const tooHigh = () => text !== null && text.scrollHeight > cell.clientHeight;
  if (!text || !tooHigh()) return;
  const brief = counter.until
    ? bi("Jeda, kembali {time}", { time: formatClock(counter.until) })
    : bi("Sedang jeda");
  replace(text, both(brief));
  if (tooHigh()) replace(text, brief.first);
}

/** What a counter without a number does, in both languages. @param {any} counter */
function state(counter) {
  if (counter.state === "open") return pair("Kosong");
  if (counter.state !== "paused") return pair("Loket tutup");
  const why = counter.note ? names(counter.note) : bi("Sedang jeda");
  if (!counter.until) return both(why);
  const time = formatClock(counter.until);
  const plain = bi("Jeda, kembali {time}", { time });
  if (!counter.note) return both(plain);
  const reasoned = bi("{why}, kembali {time}", { why: why.first, time }, { why: why.second, time });
  // A time alone on its line reads as the time of something else.
  const kept = reasoned.first.replace(` ${time}`, `\u00a0${time}`);
  // A reason in one language only is not put into a sentence of the other.
  const second = why.second ? reasoned.second : plain.second;
  return both(Object.assign(plain, { first: kept, second }));
}
