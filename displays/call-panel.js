// @ts-check
// The call that stands large: its plate, where to go, whose it is, and why it stands there.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { plate } from "../clients/lib/plate.js";
import { otherLanguage, t } from "../clients/lib/words.js";
import { destination, isAway } from "./destination.js";
import { fitCall, fitHeading } from "./fit.js";
import { arrow, isDirection, speaker } from "./signs.js";
import { first, names, pair } from "./words.js";

/** What stands above the called number: why it is there. */
const HEADINGS = {
  stale: "Panggilan terakhir",
  recall: "Panggilan ulang",
  announcing: "Silakan menuju loket",
  called: "Dipanggil sekarang",
  serving: "Sedang dilayani",
  moved: "Dialihkan, mohon tunggu",
  away: "Dialihkan, silakan ke",
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
    const why = reason(call, announcing, scene);
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
    const moved = (why === "moved" || why === "away") && call.to;
    const facts = moved ? destination(moved, scene.state) : whose(call, scene);
    const { place } = facts;
    const counter = el(
      "p",
      { class: "call-counter" },
      facts.sign,
      el("span", { class: "call-counter-name" }, place.first),
    );
    const agencies = facts.agencies.filter(Boolean);
    const agency = el("p", { class: "call-agency" }, agencies[0]);
    const line = el("p", { class: "call-service" }, facts.service, " ");
    const others = [place.second].concat(facts.english).filter(Boolean).join(" – ");
    if (others) line.append(el("span", { class: "second", lang: otherLanguage() }, others));
    this.plate = plate({ number, tile: call.tile, state: call.state, counter: call.counter });
    this.parts = { section: this.section, plate: this.plate, counter, agency, agencyNames: agencies, isLine: Boolean(moved) };
    const shape = el("div", { class: "call-plate" }, this.plate);
    replace(this.body, shape, counter, agencies.length > 0 && agency, line);
  }

  /** Told once to screen readers. @param {Call} call @param {string|null} number */
  _say(call, number) {
    const facts = { number: String(number), counter: first(call.counter_name) };
    this.said.textContent = t("Nomor {number}, silakan menuju {counter}", facts);
  }
}

/** What stands large of a call: where to go, whose it is. @param {Call} call @param {Scene} scene */
function whose(call, { state, options }) {
  const service = state.services[call.service];
  const asked = names(call.service_name);
  return {
    place: names(call.counter_name),
    agencies: [first(service && service.agency_name), first(call.agency_short)],
    service: asked.first,
    english: [asked.second],
    sign: walk(options.arrows[call.counter]),
  };
}

/** Where to walk from here; nothing where nobody said it. @param {string|undefined} direction */
function walk(direction) {
  return isDirection(direction) && arrow(String(direction));
}

/** @param {Call|null} call @param {boolean} announcing @param {Scene} scene */
function reason(call, announcing, { stale, state }) {
  if (!call) return "empty";
  if (stale) return "stale";
  if (announcing) return call.recalls ? "recall" : "announcing";
  if (call.state === "called" || call.state === "serving") return call.state;
  if (!call.to) return "past";
  return isAway(call.to, state) ? "away" : "moved";
}
