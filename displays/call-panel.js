// @ts-check
// The call that stands large: its plate, where to go, whose it is, and why it stands there.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { bullet, plate } from "../clients/lib/plate.js";
import { otherLanguage, t } from "../clients/lib/words.js";
import { fitCall, fitHeading } from "./fit.js";
import { arrow, isDirection, speaker } from "./signs.js";
import { bi, first, names, pair } from "./words.js";

/** What stands above the called number: why it is there. */
const HEADINGS = {
  stale: "Panggilan terakhir",
  recall: "Panggilan ulang",
  announcing: "Silakan menuju loket",
  called: "Dipanggil sekarang",
  serving: "Sedang dilayani",
  moved: "Dialihkan, mohon tunggu",
  past: "Baru dipanggil",
  empty: "Panggilan",
};

/**
 * @typedef {import("./announcer.js").Call} Call
 * @typedef {import("./board.js").Scene} Scene
 */

export class CallPanel {
  constructor() {
    this.heading = el("h2", { class: "hall-heading" });
    this.speaker = speaker();
    this.body = el("div", { class: "call-body" });
    const head = el("div", { class: "call-head" }, this.heading, this.speaker);
    this.section = el("section", { class: "call" }, head, this.body);
    this.said = el("p", { class: "sr-only", role: "status" });
    /** @type {HTMLElement|null} */
    this.plate = null;
    /** @type {import("./fit.js").CallParts|null} */
    this.parts = null;
    this.announced = 0;
  }

  /** @param {Scene} scene @returns {boolean} another call is announced than before */
  draw(scene) {
    const { shown, state } = scene;
    const call = shown.large === null ? null : state.calls[shown.large];
    const announcing = shown.announcing && !scene.stale;
    const why = reason(call, announcing, scene.stale);
    replace(this.heading, pair(HEADINGS[why]));
    setAttr(this.section, "data-announcing", String(announcing));
    setAttr(this.section, "data-theme", announcing ? "now" : null);
    setAttr(this.section, "data-reason", why);
    this.speaker.hidden = !(announcing && scene.speaking);
    if (call) this._draw(call, scene, why);
    else this._drawEmpty();
    if (shown.announced === this.announced) return false;
    this.announced = shown.announced;
    if (announcing && call) this._say(call, shown.large);
    return true;
  }

  /** @param {number} u @param {boolean} upright */
  fit(u, upright) {
    fitHeading(this.heading);
    if (this.parts) fitCall(this.parts, u, upright);
  }

  _drawEmpty() {
    this.plate = plate({});
    this.parts = null;
    const words = el("p", { class: "call-empty" }, pair("Belum ada nomor yang dipanggil"));
    replace(this.body, el("div", { class: "call-plate" }, this.plate), words);
  }

  /** @param {Call} call @param {Scene} scene @param {string} why */
  _draw(call, scene, why) {
    const number = scene.shown.large;
    const services = scene.state.services || {};
    const service = services[call.service];
    const agencies = [first(service && service.agency_name), first(call.agency_short)].filter(Boolean);
    const to = why === "moved" ? call.to : null;
    const place = names(to ? to.service_name : call.counter_name);
    const counter = el(
      "p",
      { class: "call-counter" },
      to ? tile(services[to.service]) : walk(scene.options.arrows[call.counter]),
      el("span", { class: "call-counter-name" }, place.first),
    );
    const agency = el("p", { class: "call-agency" }, agencies[0]);
    const what = to ? toCounter(to) : names(call.service_name);
    const line = el("p", { class: "call-service" }, what.first, " ");
    const others = [place.second, what.second].filter(Boolean).join(" – ");
    if (others) line.append(el("span", { class: "second", lang: otherLanguage() }, others));
    this.plate = plate({ number, tile: call.tile, state: call.state, counter: call.counter });
    this.parts = { section: this.section, plate: this.plate, counter, agency, agencyNames: agencies };
    const shape = el("div", { class: "call-plate" }, this.plate);
    // The agency that called has no more to do with whoever was sent elsewhere.
    replace(this.body, shape, counter, !to && agency, line);
  }

  /** Told once to screen readers. @param {Call} call @param {string|null} number */
  _say(call, number) {
    const facts = { number: String(number), counter: first(call.counter_name) };
    this.said.textContent = t("Nomor {number}, silakan menuju {counter}", facts);
  }
}

/** Where to walk from here; nothing where nobody said it. @param {string|undefined} direction */
function walk(direction) {
  return isDirection(direction) && arrow(String(direction));
}

/** The letter of the line where it waits now: an arrow would say where to walk. @param {any} service undefined in another zone */
function tile(service) {
  return service && bullet({ prefix: service.prefix, tile: service.tile });
}

/** @param {{counter_label?: any}} to */
function toCounter({ counter_label: label }) {
  if (!label) return { first: "", second: "" };
  return bi("Loket {counter}", { counter: first(label) });
}

/** @param {Call|null} call @param {boolean} announcing @param {boolean} stale */
function reason(call, announcing, stale) {
  if (!call) return "empty";
  if (stale) return "stale";
  if (announcing) return call.recalls ? "recall" : "announcing";
  if (call.state === "called" || call.state === "serving") return call.state;
  return call.to ? "moved" : "past";
}
