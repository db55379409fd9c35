// @ts-check
// Layout "waiting": a row a service. Who comes next, how many wait, and how long that takes; or why
// it does not serve, and when it does again. More than fit take turns.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { bullet, plate } from "../clients/lib/plate.js";
import { formatMinuteRange } from "../clients/lib/time.js";
import { language, otherLanguage, t } from "../clients/lib/words.js";
import { Agencies } from "./agencies.js";
import { LISTED } from "./announcer.js";
import { fitWaiting, platesThatFit, rowsThatFit } from "./fit-waiting.js";
import { unit } from "./fit.js";
import { opening } from "./notices-view.js";
import { Turns } from "./paging.js";
import { first, inLanguage, pair, second, shownLanguages } from "./words.js";

const KINDS = { not_operating: "Tidak beroperasi", paused: "Sedang jeda", closed: "Layanan tutup" };
/** Above each column, and the same of a line that is cut: what stands below was true then. */
const HEADS = [
  ["wait-head-service", "Layanan", "Layanan"],
  ["wait-head-next", "Berikutnya", "Berikutnya saat itu"],
  ["wait-head-count", "Menunggu", "Menunggu saat itu"],
  ["wait-head-range", "Perkiraan tunggu", "Perkiraan saat itu"],
];

/** @typedef {import("./board.js").Scene} Scene */

export class WaitingView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler */
  constructor(main, ruler) {
    this.main = main;
    this.ruler = ruler;
    this.head = el("div", { class: "wait-head", "aria-hidden": "true" });
    this.list = el("ol", { class: "wait-list" });
    this.probe = el("div", { class: "wait-probe", "aria-hidden": "true" });
    this.board = el("section", { class: "wait-board" }, this.head, this.list, this.probe);
    this.said = el("p", { class: "sr-only", role: "status" });
    main.append(this.board, this.said);
    /** What is announced now. @type {{number: string, call: any}|null} */
    this.called = null;
    this.announced = 0;
    /** Other numbers can be read now although nothing happened. */
    this.onTurn = () => {};
    this.turns = new Turns((page) => {
      this._show(page);
      this.onTurn();
    });
    this.agencies = new Agencies(() => this.fit());
    this.key = "";
    this.listed = LISTED;
    /** @type {Scene|null} */
    this.scene = null;
    /** @type {string[]} */
    this.page = [];
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { state, waits, openings, options, shown } = scene;
    const number = shown.announcing && !scene.stale ? shown.large : null;
    this.called = number !== null ? { number, call: state.calls[number] } : null;
    const today = scene.iso.slice(0, 10);
    const seen = [state.services, waits, openings, options, this.called, scene.language, today, scene.stale];
    const key = JSON.stringify(seen);
    if (key === this.key) return;
    this.key = key;
    this.scene = scene;
    this.agencies.see(state.services);
    this.fit();
    this._say(shown.announced);
  }

  fit() {
    if (!this.scene) return;
    const ids = Object.keys(this.scene.state.services);
    const u = unit(this.ruler);
    const upright = getComputedStyle(this.main).flexDirection === "column";
    const most = rowsThatFit(this.list, u, upright);
    const count = Math.max(1, Math.ceil(ids.length / most));
    const each = Math.max(1, Math.ceil(ids.length / count));
    this.list.style.setProperty("--rows", String(Math.max(each, Math.min(most, 4))));
    const pages = [];
    for (let from = 0; from < ids.length; from += each) {
      const services = ids.slice(from, from + each);
      pages.push({ text: services.join(" ").slice(0, 60), services });
    }
    this.turns.set(pages);
    const { called } = this;
    this.turns.hold(pages.findIndex((page) => called && page.services.indexOf(called.call.service) >= 0));
    this._show(this.turns.pages[this.turns.index] || null);
  }

  /** The called number that stands here now. @returns {string[]} */
  numbers() {
    const shown = this.list.querySelector(".wait-called .plate");
    return shown ? [String(shown.getAttribute("data-number"))] : [];
  }

  stop() {
    this.turns.stop();
    this.agencies.stop();
  }

  /** Told once to screen readers. @param {number} announced the `seq` of the call */
  _say(announced) {
    if (!this.called || announced === this.announced) return;
    this.announced = announced;
    const { number, call } = this.called;
    const facts = { number, counter: first(call.counter_name) };
    this.said.textContent = t("Nomor {number}, silakan menuju {counter}", facts);
  }

  /** @param {{services: string[]}|null} page */
  _show(page) {
    if (!this.scene) return;
    const scene = this.scene;
    const { pages, index } = this.turns;
    const part = pages.length > 1 ? `${index + 1}/${pages.length}` : "";
    replace(this.head, HEADS.map(([name, now, then]) => el("span", { class: name }, pair(scene.stale ? then : now))));
    const [service] = Array.from(this.head.children);
    service.insertBefore(el("span", { class: "wait-part" }, part), service.querySelector(".second"));
    const u = unit(this.ruler);
    const upright = getComputedStyle(this.main).flexDirection === "column";
    const rows = (page ? page.services : [])
      .filter((id) => scene.state.services[id])
      .map((id) => this._row(id, scene, u));
    // A service of another zone has no row, though its counter stands here: its call takes the first place.
    if (this.called && !scene.state.services[this.called.call.service]) rows.splice(0, 1, guest(this.called));
    if (rows.length === 0) rows.push(el("li", { class: "wait-none" }, pair("Zona ini tidak punya layanan")));
    replace(this.list, rows);
    fitWaiting(rows, u, upright);
  }

  /** @param {string} id @param {Scene} scene @param {number} u */
  _row(id, scene, u) {
    const service = scene.state.services[id];
    const known = scene.waits[id] || {};
    const open = service.status === "open" || !service.status;
    const people = service.waiting || 0;
    const row = el(
      "li",
      { class: "wait-row", "data-service": id, "data-status": service.status || "open" },
      bullet({ prefix: service.prefix, tile: service.tile }),
      names(service.name, service.agency_name, this.agencies.short(service.agency)),
    );
    if (this.called && this.called.call.service === id) return announced(row, this.called);
    if (!open && people === 0) {
      row.append(el("div", { class: "wait-shut" }, shut(service, id, scene)));
      setAttr(row, "data-shut", true);
      return row;
    }
    const next = (service.next || []).map((number) => plate({ number, tile: service.tile }));
    const fitting = platesThatFit(this.probe, next, u);
    const shapes = el("div", { class: "wait-next" }, next.slice(0, fitting));
    if (next.length === 0 && people === 0) replace(shapes, el("span", { class: "wait-free" }, pair("Tidak ada antrean")));
    const range = open
      ? el("div", { class: "wait-range" }, waitOf(known.wait))
      : el("div", { class: "wait-range wait-why" }, shut(service, id, scene));
    const count = el(
      "div",
      { class: "wait-count" },
      el("b", null, String(people)),
      el("span", { class: "wait-people" }, ` ${t(scene.stale ? "menunggu saat itu" : "menunggu")}`),
    );
    row.append(shapes, count, range);
    return row;
  }
}

/** @param {any} service its name @param {any} agency that of its agency @param {any} [short] the same, shorter */
function names(service, agency, short) {
  const english = second(service);
  const [full, brief] = [first(agency), short ? first(short) : ""];
  const agencies = brief && brief !== full
    ? [el("span", { class: "wait-full" }, full), el("span", { class: "wait-short" }, brief)]
    : full;
  return el("div", { class: "wait-name" },
    el("p", { class: "wait-service" }, first(service), " ",
      english && el("span", { class: "second", lang: otherLanguage() }, english)),
    el("p", { class: "wait-agency" }, agencies));
}

/** @param {{number: string, call: any}} called */
function guest(called) {
  const { number, call } = called;
  const shape = bullet({ prefix: number.split("-")[0], tile: call.tile });
  const row = el("li", { class: "wait-row", "data-service": call.service }, shape,
    names(call.service_name, call.agency_short));
  return announced(row, called);
}

/**
 * The row with its plate and where to go, for as long as it is announced.
 * @param {HTMLElement} row
 * @param {{number: string, call: any}} called
 */
function announced(row, { number, call }) {
  const facts = { number, tile: call.tile, state: call.state, counter: call.counter };
  row.append(el("div", { class: "wait-shut wait-called" }, plate(facts), el("b", null, first(call.counter_name))));
  setAttr(row, "data-theme", "now");
  setAttr(row, "data-shut", true);
  return row;
}

/** From an hour on a range to the minute says more than is known: seconds from which, and of what steps. */
const HOUR = 3600;
const COARSE = 300;

/** @param {number} seconds @param {(steps: number) => number} round */
function coarse(seconds, round) {
  return seconds < HOUR ? seconds : round(seconds / COARSE) * COARSE;
}

/** @param {any} wait `{p10, p50, p90}` seconds */
function waitOf(wait) {
  const known = wait && typeof wait.p10 === "number" && typeof wait.p90 === "number";
  if (!known) return el("span", { class: "wait-unknown" }, pair("belum bisa diperkirakan"));
  return el("b", null, formatMinuteRange(coarse(wait.p10, Math.floor), coarse(wait.p90, Math.ceil)));
}

/** Why it does not serve, and when it does, in each language. @param {any} service @param {string} id @param {Scene} scene */
function shut(service, id, scene) {
  const at = scene.openings[id] || (scene.waits[id] || {}).opens_at;
  return shownLanguages().map((lang) => {
    const parts = [
      service.note && inLanguage(service.note, lang),
      service.status === "closed" && at && opening(at, scene.iso.slice(0, 10), lang),
    ];
    const why = parts.filter(Boolean).join(", ");
    return el(
      "p",
      { class: lang === language() ? "" : "second", lang },
      el("b", null, t(KINDS[service.status] || "Layanan tutup", {}, lang)),
      why && el("span", { class: "wait-reason" }, el("span", { class: "wait-dash" }, " – "), why),
    );
  });
}
