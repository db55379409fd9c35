// @ts-check
// Every counter: its number, the plate it has, who sits there, what happens, and for how long.
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { plate, updatePlate } from "../lib/plate.js";
import { formatClock, formatClockSeconds, formatDuration } from "../lib/time.js";
import { whyUnspoken } from "../lib/unspoken.js";
import { name, t } from "../lib/words.js";
import { servingLimit } from "./decisions.js";

export class Counters {
  constructor() {
    this.list = el("ul", { class: "counters-list", "aria-label": t("Loket") });
    this.open = el("span");
    this.node = el(
      "section",
      { class: "counters", "aria-label": t("Loket") },
      el("p", { class: "counters-head", "aria-hidden": "true" },
        el("span", null, t("Loket")), this.open),
      this.list,
    );
  }

  /**
   * @param {Object<string, any>} counters
   * @param {Object<string, any>} services
   * @param {Object<string, any>} devices
   * @param {number} now
   */
  draw(counters, services, devices, now) {
    const all = Object.values(counters);
    const open = all.filter((counter) => counter.state === "open").length;
    setText(this.open, t("{open} dari {count} buka", { open, count: all.length }));
    // Two columns, read downwards: the rows follow from the number of counters.
    this.list.style.setProperty("--rows", String(Math.ceil(all.length / 2)));
    const heard = new Set(Object.values(devices).map((device) => device.zone));
    keyed(this.list, all, (counter) => counter.id, create, (node, counter) => {
      const service = counter.ticket && services[counter.ticket.service];
      const hasTv = heard.has(counter.zone) || Boolean(service && heard.has(service.zone));
      update(node, counter, service, hasTv, now);
    });
    // Where they scroll, a keyboard has to reach them.
    const scrolls = this.list.scrollHeight > this.list.clientHeight + 1;
    setAttr(this.list, "tabindex", scrolls ? "0" : null);
  }

  /** Brings a counter into view. @param {string} id */
  show(id) {
    const node = /** @type {HTMLElement | null} */ (
      this.list.querySelector(`[data-row="${CSS.escape(id)}"]`));
    if (!node) return;
    node.tabIndex = -1;
    node.scrollIntoView({ block: "nearest" });
    node.focus({ preventScroll: true });
    for (const other of this.list.children) setAttr(other, "data-shown", other === node);
  }
}

/** @param {any} counter */
function create(counter) {
  return el(
    "li",
    { class: "seat", "data-row": counter.id },
    el("span", { class: "seat-label" }),
    plate({}),
    el("span", { class: "seat-who" },
      el("span", { class: "seat-first" }, el("span", { class: "seat-clerk" }), el("span", { class: "seat-time" })),
      el("span", { class: "seat-state" })),
  );
}

/**
 * @param {HTMLElement} node
 * @param {any} counter
 * @param {any} service of its ticket
 * @param {boolean} hasTv where its calls are to be heard
 * @param {number} now
 */
function update(node, counter, service, hasTv, now) {
  const part = (/** @type {string} */ which) =>
    /** @type {HTMLElement} */ (node.querySelector(`.seat-${which}`));
  const { ticket } = counter;
  setAttr(node, "data-seat", counter.state);
  setText(part("label"), name(counter.label));
  updatePlate(/** @type {HTMLElement} */ (node.children[1]), ticket
    ? { number: ticket.number, tile: service && service.tile, state: ticket.state, counter: counter.id }
    : {});
  setText(part("clerk"), counter.clerk ? counter.clerk.name : "–");
  const unspoken = hasTv && isUnspoken(ticket);
  const words = stateWords(counter, unspoken);
  setText(part("state"), words);
  setAttr(part("state"), "title", [words, ...hallWords(ticket, unspoken)].join(", "));
  setAttr(part("state"), "data-unspoken", unspoken);
  const since = ticket && Date.parse(ticket.started_at || ticket.called_at);
  setText(part("time"), since ? formatDuration((now - since) / 1000) : "");
  const long = ticket && ticket.state === "serving" && now - since > servingLimit(service);
  setAttr(node, "data-long", Boolean(long));
}

/** @param {any} counter @param {boolean} unspoken */
function stateWords(counter, unspoken) {
  const { ticket } = counter;
  const doing = ticket && (ticket.state === "called" ? calledWords(ticket, unspoken) : t("dilayani"));
  if (counter.state !== "paused") {
    if (doing) return doing;
    return counter.state === "open" ? t("kosong") : t("tutup");
  }
  const note = counter.note ? name(counter.note) : t("jeda");
  const until = counter.until ? t("s.d. {time}", { time: formatClock(counter.until) }) : "";
  return [doing, [note, until].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

/** No TV said the call that is called now. @param {any} ticket */
function isUnspoken(ticket) {
  return Boolean(ticket && ticket.state === "called" && ticket.unspoken && !ticket.spoken_at);
}

/** What the hall heard of a call. @param {any} ticket @param {boolean} unspoken */
function calledWords({ spoken_at: at, unspoken: code }, unspoken) {
  if (at) return t("disuarakan {time}", { time: formatClockSeconds(at) });
  if (!unspoken) return t("dipanggil");
  // These two say by themselves that nobody heard it.
  return code === "offline" || code === "no_answer" ? whyUnspoken(code) : t("tidak disuarakan");
}

/** What there is no room for, also while it is served. @param {any} ticket @param {boolean} unspoken @returns {string[]} */
function hallWords(ticket, unspoken) {
  const { state, spoken_at: spoken, shown_at: shown } = ticket || {};
  return [
    ...(unspoken ? [whyUnspoken(ticket.unspoken)] : []),
    ...(spoken && state === "serving" ? [t("disuarakan {time}", { time: formatClockSeconds(spoken) })] : []),
    ...(shown ? [t("tampil {time}", { time: formatClockSeconds(shown) })] : []),
  ];
}
