// @ts-check
// Layout "call": draws what announcer.js decided. A new call moves the old plate into the list in
// one step of 300 ms; everything else stays where it is.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { pair } from "../clients/lib/lines.js";
import { plate } from "../clients/lib/plate.js";
import { otherLanguage, t } from "../clients/lib/words.js";
import { fitCall, fitList, unit } from "./fit.js";
import { first, second } from "./words.js";

/** One step, long enough to be followed, short enough to keep nobody from reading, ms. */
const STEP_MS = 300;

/** What stands above the called number: why it is there. */
const HEADINGS = {
  stale: "Panggilan terakhir",
  announcing: "Silakan menuju loket",
  called: "Dipanggil sekarang",
  serving: "Sedang dilayani",
  past: "Baru dipanggil",
  empty: "Panggilan",
};

/**
 * @typedef {import("./announcer.js").Call} Call
 * @typedef {import("./announcer.js").Shown} Shown
 * @typedef {{calls: Object<string, Call>, services: Object<string, any>}} Board
 * @typedef {{row: HTMLElement, plate: HTMLElement, agency: HTMLElement, counter: HTMLElement}} Row
 */

export class CallView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler */
  constructor(main, ruler) {
    this.ruler = ruler;
    this.heading = el("h2", { class: "hall-heading" });
    this.body = el("div", { class: "call-body" });
    this.section = el("section", { class: "call" }, this.heading, this.body);
    this.earlierHeading = el("h2", { class: "hall-heading" });
    this.list = el("ol", { class: "earlier-list" });
    this.earlier = el(
      "section",
      { class: "earlier" },
      el(
        "div",
        { class: "earlier-head" },
        this.earlierHeading,
        el("span", { class: "hall-heading" }, t("Loket")),
      ),
      this.list,
    );
    this.said = el("p", { class: "sr-only", role: "status" });
    main.append(this.section, this.earlier, this.said);
    /** @type {HTMLElement|null} */
    this.plate = null;
    /** @type {import("./fit.js").CallParts|null} */
    this.parts = null;
    /** @type {Object<string, Row>} the rows of the list, by number */
    this.rows = {};
    this.key = "";
    this.announced = 0;
  }

  /**
   * @param {Board} board
   * @param {Shown} shown
   * @param {boolean} stale
   */
  draw(board, shown, stale) {
    const numbers = shown.list.map((row) => row.number).concat(shown.large || []);
    const key = JSON.stringify([shown, stale, numbers.map((number) => board.calls[number])]);
    if (key === this.key) return;
    this.key = key;
    const old = this.plate && this.plate.getBoundingClientRect();
    const tops = this._tops();
    this._drawCall(board, shown, stale);
    this._drawList(board, shown);
    this.fit();
    if (shown.announced === this.announced) return;
    if (this.announced > 0 && old) this._step(old, tops);
    if (shown.announcing) this._say(board.calls[/** @type {string} */ (shown.large)], shown.large);
    this.announced = shown.announced;
  }

  /** Sizes follow from the screen: to be called when it was turned or resized, or the font came. */
  fit() {
    const u = unit(this.ruler);
    const upright = getComputedStyle(this.section.parentElement).flexDirection === "column";
    fitList(this.earlier, Object.keys(this.rows).map((number) => this.rows[number]), u);
    if (this.parts) fitCall(this.parts, u, upright);
  }

  /** @param {Board} board @param {Shown} shown @param {boolean} stale */
  _drawCall(board, shown, stale) {
    const call = shown.large === null ? null : board.calls[shown.large];
    replace(this.heading, pair(HEADINGS[heading(call, shown.announcing, stale)]));
    const announcing = shown.announcing && !stale;
    setAttr(this.section, "data-announcing", String(announcing));
    setAttr(this.section, "data-theme", announcing ? "now" : null);
    if (!call) {
      this.plate = plate({});
      this.parts = null;
      const words = pair("Belum ada nomor yang dipanggil");
      replace(this.body, callPlate(this.plate), el("p", { class: "call-empty" }, words));
      return;
    }
    const service = board.services[call.service];
    const names = [first(service && service.agency_name), first(call.agency_short)].filter(Boolean);
    const english = [second(call.counter_name), second(call.service_name)].filter(Boolean);
    const counter = el("p", { class: "call-counter" }, first(call.counter_name));
    const agency = el("p", { class: "call-agency" }, names[0]);
    const what = el("p", { class: "call-service" }, first(call.service_name), " ");
    if (english.length > 0) {
      what.append(el("span", { class: "second", lang: otherLanguage() }, english.join(" – ")));
    }
    this.plate = plate({
      number: shown.large,
      tile: call.tile,
      state: call.state,
      counter: call.counter,
    });
    this.parts = { section: this.section, plate: this.plate, counter, agency, agencyNames: names };
    replace(this.body, callPlate(this.plate), counter, agency, what);
  }

  /** @param {Board} board @param {Shown} shown */
  _drawList(board, shown) {
    const upcoming = shown.list.some((row) => row.waiting);
    replace(this.earlierHeading, pair(upcoming ? "Juga dipanggil" : "Sebelumnya"));
    this.rows = {};
    for (const { number, waiting } of shown.list) {
      this.rows[number] = listRow(number, board.calls[number], waiting);
    }
    replace(this.list, shown.list.map(({ number }) => this.rows[number].row));
  }

  /** Where each row stands, by number. @returns {Object<string, number>} */
  _tops() {
    /** @type {Object<string, number>} */
    const tops = {};
    for (const number of Object.keys(this.rows)) {
      tops[number] = this.rows[number].row.getBoundingClientRect().top;
    }
    return tops;
  }

  /**
   * The plate that stood large goes to its row, and the rows that were there make room.
   * @param {ClientRect} old where the large plate stood
   * @param {Object<string, number>} tops where the rows stood
   */
  _step(old, tops) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const number of Object.keys(this.rows)) {
      const { row, plate } = this.rows[number];
      const now = plate.getBoundingClientRect();
      if (number in tops) {
        animate(row, `translateY(${tops[number] - row.getBoundingClientRect().top}px)`);
      } else if (now.height > 0) {
        const scale = old.height / now.height;
        animate(plate, `translate(${old.left - now.left}px, ${old.top - now.top}px) scale(${scale})`);
      }
    }
  }

  /** Told once to screen readers. @param {Call} call @param {string|null} number */
  _say(call, number) {
    const facts = { number: String(number), counter: first(call.counter_name) };
    this.said.textContent = t("Nomor {number}, silakan menuju {counter}", facts);
  }
}

/** @param {Call|null} call @param {boolean} announcing @param {boolean} stale */
function heading(call, announcing, stale) {
  if (!call) return "empty";
  if (stale) return "stale";
  if (announcing) return "announcing";
  return call.state === "called" || call.state === "serving" ? call.state : "past";
}

/** @param {HTMLElement} plate */
function callPlate(plate) {
  return el("div", { class: "call-plate" }, plate);
}

/** @param {string} number @param {Call} call @param {boolean} waiting @returns {Row} */
function listRow(number, call, waiting) {
  const shape = plate({ number, tile: call.tile, state: call.state, counter: call.counter });
  shape.classList.add("earlier-plate");
  const agency = el("span", { class: "earlier-agency" }, first(call.agency_short));
  const counter = el("span", { class: "earlier-counter" }, first(call.counter_label));
  const row = el("li", { class: "earlier-row" }, shape, agency, counter);
  setAttr(row, "data-theme", waiting ? "now" : null);
  return { row, plate: shape, agency, counter };
}

/** @param {HTMLElement} element @param {string} from */
function animate(element, from) {
  element.animate([{ transform: from }, { transform: "none" }], {
    duration: STEP_MS,
    easing: "cubic-bezier(0.2, 0, 0, 1)",
  });
}
