// @ts-check
// Every counter: its number, the plate it has, who sits there, what happens, and for how long.
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { plate, updatePlate } from "../lib/plate.js";
import { formatClock, formatDuration } from "../lib/time.js";
import { name, t } from "../lib/words.js";
import { servingLimit } from "./decisions.js";

export class Counters {
  constructor() {
    this.list = el("ul", { class: "counters-list" });
    this.open = el("span");
    this.node = el(
      "section",
      { class: "counters", "aria-label": t("Loket") },
      el("p", { class: "counters-head", "aria-hidden": "true" },
        el("span", null, t("Loket")), this.open),
      this.list,
    );
  }

  /** @param {Object<string, any>} counters @param {Object<string, any>} services @param {number} now */
  draw(counters, services, now) {
    const all = Object.values(counters);
    const open = all.filter((counter) => counter.state === "open").length;
    setText(this.open, t("{open} dari {count} buka", { open, count: all.length }));
    // Two columns, read downwards: the rows follow from the number of counters.
    this.list.style.setProperty("--rows", String(Math.ceil(all.length / 2)));
    keyed(this.list, all, (counter) => counter.id, create,
      (node, counter) => update(node, counter, services, now));
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
      el("span", { class: "seat-clerk" }), el("span", { class: "seat-state" })),
    el("span", { class: "seat-time" }),
  );
}

/** @param {HTMLElement} node @param {any} counter @param {Object<string, any>} services @param {number} now */
function update(node, counter, services, now) {
  const part = (/** @type {string} */ which) =>
    /** @type {HTMLElement} */ (node.querySelector(`.seat-${which}`));
  const { ticket } = counter;
  const service = ticket && services[ticket.service];
  setAttr(node, "data-seat", counter.state);
  setText(part("label"), name(counter.label));
  updatePlate(/** @type {HTMLElement} */ (node.children[1]), ticket
    ? { number: ticket.number, tile: service && service.tile, state: ticket.state, counter: counter.id }
    : {});
  setText(part("clerk"), counter.clerk ? counter.clerk.name : "–");
  const words = stateWords(counter);
  setText(part("state"), words);
  setAttr(part("state"), "title", words);
  const since = ticket && Date.parse(ticket.started_at || ticket.called_at);
  setText(part("time"), since ? formatDuration((now - since) / 1000) : "");
  const long = ticket && ticket.state === "serving" && now - since > servingLimit(service);
  setAttr(node, "data-long", Boolean(long));
}

/** @param {any} counter */
function stateWords(counter) {
  const { ticket } = counter;
  const doing = ticket && (ticket.state === "called" ? t("dipanggil") : t("dilayani"));
  if (counter.state !== "paused") {
    if (doing) return doing;
    return counter.state === "open" ? t("kosong") : t("tutup");
  }
  const note = counter.note ? name(counter.note) : t("jeda");
  const until = counter.until ? t("s.d. {time}", { time: formatClock(counter.until) }) : "";
  return [doing, [note, until].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}
