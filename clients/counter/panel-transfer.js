// @ts-check
/** Sends a ticket on: a search that starts with typing, the place in the new line, a note. */

import { el, replace, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { bullet, plate, updatePlate } from "../lib/plate.js";
import { t } from "../lib/words.js";
import { mark } from "./draw.js";
import { choice, field, Frame, places } from "./panel.js";
import { asked, find, targetsOf } from "./search.js";

/**
 * @typedef {import("./search.js").Target} Target
 * @typedef {import("./line.js").Ticket} Ticket
 */

export class TransferPanel {
  /**
   * @param {Ticket} ticket
   * @param {{transfer: (ticket: Ticket, body: object) => void, close: () => void,
   *   agencyWords: (agency: string) => string, agencyName: (agency: string) => string}} listener
   */
  constructor(ticket, listener) {
    this.ticket = ticket;
    this.listener = listener;
    /** @type {Target[]} */
    this.found = [];
    this.selected = -1;
    this.plate = plate({});
    this.heading = el("h2", {});
    this.line = el("p", {});
    this.input = /** @type {HTMLInputElement} */ (
      el("input", {
        type: "text",
        class: "search-input",
        role: "combobox",
        autocomplete: "off",
        spellcheck: "false",
        "aria-expanded": "true",
        "aria-controls": "search-list",
        "aria-label": t("Pindah ke layanan atau loket mana?"),
      })
    );
    this.list = el("ul", { class: "search-list", id: "search-list", role: "listbox", "aria-label": t("Tujuan") });
    this.place = choice("place", t("Tempat di antrean"), places());
    this.place.set("keep");
    this.note = field(t("Catatan"), { maxlength: "500", name: "note" });
    const { close } = listener;
    this.frame = new Frame("transfer", this.content(), { enter: () => this.enter(), close });
    this.root = this.frame.root;
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.move(event));
  }

  content() {
    return [
      el("div", { class: "panel-who" }, el("div", { class: "panel-plate" }, this.plate), el("div", {}, this.heading, this.line)),
      el(
        "div",
        { class: "search" },
        el(
          "div",
          { class: "search-field" },
          icon("search"),
          this.input,
          el("span", { class: "search-hint" }, t("ketik layanan, instansi, atau nomor loket")),
        ),
        this.list,
        el("div", { class: "search-more" }, this.place.root, this.note.root),
      ),
    ];
  }

  focus() {
    this.input.focus();
  }

  key() {}

  /** @param {import("./panel.js").View} view */
  update(view) {
    const first = this.view === undefined;
    this.view = view;
    const { desk, said } = view;
    const service = desk.services[this.ticket.service];
    setText(this.frame.title, t("Alihkan"));
    setText(this.frame.subtitle, this.ticket.number);
    const tile = service?.tile ?? "arang";
    const { number, state } = this.ticket;
    updatePlate(this.plate, { number, tile, state, counter: null });
    setText(this.heading, service ? said.name(service.name) : "");
    setText(this.line, t("pindah ke layanan atau loket mana?"));
    const { agencyWords } = this.listener;
    this.targets = targetsOf(this.ticket, Object.values(desk.services), desk.counters, agencyWords, desk.counter.id);
    if (first) this.search();
    else this.draw();
  }

  /** A query selects its best answer; without one nothing is selected, so that Enter does nothing. */
  search() {
    this.selected = this.input.value.trim() ? 0 : -1;
    this.draw();
  }

  draw() {
    this.found = find(this.targets ?? [], this.input.value);
    this.selected = Math.min(this.selected, this.found.length - 1);
    replace(this.list, this.found.map((target, index) => this.option(target, index)));
    if (this.found.length === 0) {
      replace(this.list, el("li", { class: "search-none" }, t("Tidak ada layanan atau loket dengan kata itu.")));
    }
    const active = this.selected < 0 ? null : `target-${this.selected}`;
    setAttr(this.input, "aria-activedescendant", active);
    const target = this.found[this.selected];
    setText(this.frame.primary.label, target ? t("Alihkan ke {target}", { target: this.words(target) }) : t("Alihkan"));
    setText(this.frame.primary.sub, target ? "" : t("pilih tujuan dulu"));
    mark(this.frame.primary.root, Boolean(target) && Boolean(this.view?.live));
  }

  /**
   * @param {Target} target
   * @param {number} index
   */
  option(target, index) {
    const { service, counter, own } = target;
    const { said } = /** @type {import("./panel.js").View} */ (this.view);
    const name = said.name(service.name);
    const who = counter ? `${said.name(counter.name)} – ${name}` : `${name} – ${this.listener.agencyName(service.agency)}`;
    const where = own && !counter ? t("antrean ini lagi") : t("{count} menunggu", { count: String(service.waiting) });
    const open = counter ? seatWords(counter.state) : t("{count} loket buka", { count: String(service.counters_open) });
    const option = el(
      "li",
      { role: "option", id: `target-${index}`, class: "target", "aria-selected": String(index === this.selected) },
      bullet(service),
      el("span", { class: "target-name" }, who),
      el("span", { class: "target-fact" }, where),
      el("span", { class: "target-fact" }, open),
    );
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.selected = index;
      this.draw();
    });
    return option;
  }

  /** @param {Target} target */
  words({ service, counter }) {
    const { said } = /** @type {import("./panel.js").View} */ (this.view);
    const name = said.name(service.name);
    return counter ? said.name(counter.name) : `${service.prefix} ${name}`;
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || this.found.length === 0) return;
    event.preventDefault();
    this.selected = (Math.max(this.selected, step < 0 ? 0 : -1) + step + this.found.length) % this.found.length;
    this.draw();
  }

  enter() {
    const target = this.found[this.selected];
    if (!target || !this.view?.live) return this.input.focus();
    const note = this.note.input.value.trim();
    const body = { ...asked(target), place: this.place.get(), ...(note ? { note } : {}) };
    this.listener.transfer(this.ticket, body);
  }
}

/** @param {string} state of a counter */
function seatWords(state) {
  return { open: t("buka"), paused: t("dijeda"), closed: t("tutup") }[state] ?? state;
}
