// @ts-check
// Every service as a line: who waits, how long one will wait, against the target, and how many
// counters are open. A press on a line opens what can be done about it.
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { bullet } from "../lib/plate.js";
import { formatClock, formatMinuteRange, weekday } from "../lib/time.js";
import { name, t } from "../lib/words.js";
import { overTarget } from "./decisions.js";
import { Panel } from "./panel.js";

/** Where the target stands on the bar, and how far a bar may go past it, as shares of its width. */
const TARGET_AT = 0.7;
const LONGEST = 1;

export class Services {
  /**
   * @param {import("../lib/api.js").Api} api
   * @param {Object<string, import("../lib/words.js").Text>} agencies their short names, by id
   * @param {{id: string, reason: string} | null} kept what was being done in another language
   */
  constructor(api, agencies, kept) {
    this.left = kept;
    this.agencies = agencies;
    this.panel = new Panel(api, () => this.close());
    this.list = el("ul", { class: "services-list" });
    this.node = el(
      "section",
      { class: "services", "aria-label": t("Layanan") },
      el(
        "p",
        { class: "services-head", "aria-hidden": "true" },
        el("span", { class: "service-name" }, t("Layanan")),
        el("span", { class: "service-waiting" }, t("Menunggu")),
        el("span", { class: "service-wait" }, t("Perkiraan")),
        el("span", { class: "service-bar" }, t("terhadap target")),
        el("span", { class: "service-counters" }, t("Loket")),
      ),
      this.list,
    );
    /** The service whose panel is open. @type {string | null} */
    this.opened = null;
    /** @type {Object<string, any>} */
    this.services = {};
    this.today = "";
  }

  /**
   * @param {Object<string, any>} services
   * @param {Object<string, any>} counters
   * @param {boolean} stale
   * @param {string} today the site's date, `2026-11-24`
   */
  draw(services, counters, stale, today) {
    this.services = services;
    this.today = today;
    const all = Object.values(counters);
    const able = (/** @type {string} */ id) => all.filter((c) => c.services.includes(id)).length;
    if (this.opened && !services[this.opened]) this.close();
    keyed(
      this.list,
      Object.values(services),
      (service) => service.id,
      (service) => this._create(service),
      (node, service) => this._update(node, service, able(service.id)),
    );
    if (this.left) this._goOn(this.left);
    if (this.opened) this.panel.draw(services[this.opened], stale);
  }

  /** The panel that is open, for the board in another language. */
  kept() {
    return this.opened ? { id: this.opened, reason: this.panel.reason.value } : this.left;
  }

  /** @param {{id: string, reason: string}} left */
  _goOn({ id, reason }) {
    this.left = null;
    this.open(id);
    this.panel.reason.value = reason;
  }

  /** Opens what can be done about a service, and brings it into view. @param {string} id */
  open(id) {
    const row = this._row(id);
    if (!row) return;
    const before = this.opened;
    this.opened = id;
    if (before && before !== id) setAttr(this._button(before), "aria-expanded", "false");
    setAttr(this._button(id), "aria-expanded", "true");
    row.appendChild(this.panel.node);
    this.panel.begin(this.services[id]);
    row.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (!this.opened) return;
    const button = this._button(this.opened);
    setAttr(button, "aria-expanded", "false");
    this.panel.node.remove();
    this.opened = null;
    button?.focus();
  }

  /** @param {any} service */
  _create(service) {
    const toggle = () => (this.opened === service.id ? this.close() : this.open(service.id));
    return el(
      "li",
      { class: "service", "data-service": service.id },
      el(
        "button",
        { type: "button", class: "service-line", "aria-expanded": "false", onclick: toggle },
        bullet(service),
        el("span", { class: "service-name" },
          el("b", null), " ", el("span", { class: "service-agency" })),
        el("span", { class: "service-waiting" }),
        el("span", { class: "service-wait" }),
        el("span", { class: "service-bar" }, el("span", { class: "service-length" })),
        el("span", { class: "service-status" }),
        el("span", { class: "service-counters" }),
      ),
    );
  }

  /** @param {HTMLElement} node @param {any} service @param {number} able counters that serve it */
  _update(node, service, able) {
    const part = (/** @type {string} */ which) =>
      /** @type {HTMLElement} */ (node.querySelector(`.service-line .service-${which}`));
    setAttr(node, "data-status", service.status);
    setText(/** @type {HTMLElement} */ (node.querySelector(".service-name b")), name(service.name));
    setText(part("agency"), name(this.agencies[service.agency]));
    setText(part("waiting"), service.waiting);
    setText(part("wait"), service.wait ? formatMinuteRange(service.wait.p10, service.wait.p90) : "");
    const told = statusWords(service, this.today) || (service.wait ? "" : t("belum bisa diperkirakan"));
    setText(part("status"), told);
    setAttr(node, "data-told", told !== "");
    setText(part("counters"), `${service.counters_open} / ${able}`);
    const over = service.waiting > 0 && overTarget(service) > 0;
    setAttr(node, "data-over", over);
    const share = barShare(service);
    part("bar").hidden = share === null;
    if (share !== null) part("length").style.setProperty("--share", share.toFixed(3));
  }

  /** @param {string} id */
  _row(id) {
    return /** @type {HTMLElement | null} */ (
      this.list.querySelector(`[data-service="${CSS.escape(id)}"]`));
  }

  /** @param {string} id @returns {any} */
  _button(id) {
    return this._row(id)?.firstElementChild;
  }
}

/**
 * Why no number is given; empty while the service is open.
 * @param {any} service
 * @param {string} today
 */
function statusWords(service, today) {
  const why = service.note ? name(service.note) : "";
  if (service.status === "not_operating") {
    // Their own column has no room beside the reason; numbers of before are rare and still wait.
    const rest = service.waiting ? t("{count} menunggu", { count: service.waiting }) : "";
    return join(t("Tidak beroperasi"), [why, rest].filter(Boolean).join(", "));
  }
  if (service.status === "paused") return join(t("Dijeda"), why);
  if (service.status !== "closed") return "";
  return join(t("Ditutup"), why || (service.opens_at ? opening(service.opens_at, today) : ""));
}

/** @param {string} at @param {string} today */
function opening(at, today) {
  const time = formatClock(at);
  if (at.startsWith(today)) return t("buka pukul {time}", { time });
  return t("buka {day} pukul {time}", { day: weekday(at), time });
}

/** @param {string} what @param {string} why */
function join(what, why) {
  return why ? `${what}: ${why}` : what;
}

/** The length of the bar as a share of its width; null where there is nothing to compare. */
function barShare(/** @type {any} */ service) {
  if (!service.wait || !service.target_wait_minutes || service.status === "not_operating") return null;
  const of = service.wait.p50 / 60 / service.target_wait_minutes;
  return Math.min(of * TARGET_AT, LONGEST);
}
