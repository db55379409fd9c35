// @ts-check
/**
 * One ticket of the lists: held, missed or waiting. Chosen by its digit or a click, acted on by a
 * second key, so that nobody is called from the lists by a slip.
 */

import { el, setText } from "../lib/dom.js";
import { plate, updatePlate } from "../lib/plate.js";
import { t } from "../lib/words.js";
import { takenWords } from "./about.js";
import { whyNotTake } from "./actions.js";
import { keyButton, mark } from "./draw.js";
import { field, Frame } from "./panel.js";
import { whyWords } from "./wording.js";

/**
 * @typedef {import("./line.js").Ticket} Ticket
 * @typedef {import("./panel.js").View} View
 */

/** How long a first press of "cancel" waits for the second. */
const SURE_MS = 5_000;

const ACTIONS = /** @type {const} */ ([
  { id: "keep", key: "k" },
  { id: "front", key: "d" },
  { id: "back", key: "b" },
  { id: "call", key: "u" },
  { id: "transfer", key: "a" },
  { id: "cancel", key: "x" },
]);

/** So many of them put the ticket back into its line. */
const REQUEUES = 3;

export class TicketPanel {
  /**
   * @param {string} id of the ticket
   * @param {{act: (command: string, ticket: Ticket, body: object) => void, close: () => void,
   *   transfer: (ticket: Ticket) => void, gone: (ticket: Ticket | null) => void,
   *   learn: import("./panels.js").Parts["learn"]}} listener
   */
  constructor(id, listener) {
    this.id = id;
    this.listener = listener;
    /** @type {Ticket | null} */
    this.ticket = null;
    this.sureUntil = 0;
    this.asked = false;
    /** @type {import("./desk.js").Person | null} */
    this.person = null;
    this.plate = plate({});
    this.heading = el("h2", {});
    this.line = el("p", {});
    this.facts = el("p", {});
    this.reason = field(t("Alasan"), { maxlength: "500", name: "reason", placeholder: t("boleh kosong") });
    this.actions = ACTIONS.map((action) => keyButton(action.id, action.key, (pressed) => this.press(pressed)));
    const buttons = this.actions.map((action) => action.root);
    const content = [
      el("div", { class: "now-who" }, el("div", { class: "now-plate" }, this.plate), el("div", { class: "now-about" }, this.heading, this.line, this.facts)),
      el("h2", { class: "panel-label" }, t("Kembali ke antrean")),
      el("div", { class: "others" }, buttons.slice(0, REQUEUES)),
      this.reason.root,
    ];
    const below = [el("div", { class: "others" }, buttons.slice(REQUEUES))];
    const { close } = listener;
    this.frame = new Frame("ticket", content, { enter: () => this.enter(), close }, below);
    this.root = this.frame.root;
  }

  /** Nothing takes the focus, so that Enter and the letters act at once. */
  focus() {}

  /** @param {View} view */
  update(view) {
    this.view = view;
    const { lists, desk, said } = view;
    const rows = [...lists.held, ...lists.missed, ...lists.waiting];
    const row = rows.find(({ ticket }) => ticket.id === this.id);
    if (!row) return this.listener.gone(this.ticket);
    const { ticket } = row;
    this.ticket = ticket;
    const service = desk.services[ticket.service];
    setText(this.frame.title, stateWords(ticket.state));
    setText(this.frame.subtitle, ticket.called_at ? t("dipanggil {time}", { time: said.clock(ticket.called_at) }) : "");
    const tile = service?.tile ?? "arang";
    const { number, state } = ticket;
    updatePlate(this.plate, { number, tile, state, counter: ticket.counter ?? null });
    setText(this.heading, service ? said.name(service.name) : "");
    this.learn(ticket);
    const who = [this.person?.name, this.person?.phone, takenWords(ticket, said.time(ticket.issued_at))];
    setText(this.line, who.filter(Boolean).join(" – "));
    const absent = row.passed === "absent" ? t("Belum datang; memanggilnya berarti ia sudah di sini.") : "";
    setText(this.facts, absent || noteOf(this.person));
    this.draw(view, ticket);
  }

  /**
   * Who was called before is known at this counter; of those who wait nobody shall pick by name.
   * @param {Ticket} ticket
   */
  async learn(ticket) {
    if (this.asked || ticket.state === "waiting") return;
    this.asked = true;
    this.person = await this.listener.learn(ticket.id);
    if (this.view) this.update(this.view);
  }

  /**
   * @param {View} view
   * @param {Ticket} ticket
   */
  draw(view, ticket) {
    const { primary } = this.frame;
    const why = whyNotTake(view.take);
    const label = ticket.state === "held" ? t("Lanjutkan melayani") : t("Panggil {number}", { number: ticket.number });
    setText(primary.label, label);
    setText(primary.sub, why ? whyWords({ why }) : "");
    mark(primary.root, why === null);
    this.actions.forEach((button, index) => {
      const [words, sub, can] = this.words(ACTIONS[index].id, view, ticket);
      setText(button.label, words);
      setText(button.sub, sub);
      mark(button.root, can);
    });
  }

  /**
   * @param {typeof ACTIONS[number]["id"]} id
   * @param {View} view
   * @param {Ticket} ticket
   * @returns {[string, string, boolean]} words, words below, whether it can be done
   */
  words(id, view, ticket) {
    const waits = ticket.state === "waiting";
    const { live } = view;
    const why = whyNotTake(view.take);
    const queue = waits ? t("sudah menunggu") : "";
    switch (id) {
      case "call":
        if (ticket.state !== "held") return [t("Panggil ulang"), t("dengan Enter"), false];
        return [t("Panggil ulang"), why ? whyWords({ why }) : "", why === null];
      case "keep":
        return [t("Tetap gilirannya"), queue || t("urutan semula"), live && !waits];
      case "front":
        return [t("Paling depan"), queue || t("sesudah yang sudah di depan"), live && !waits];
      case "back":
        return [t("Paling belakang"), queue || t("urutan terakhir sekarang"), live && !waits];
      case "transfer":
        return [t("Alihkan"), "", live];
      default:
        return view.now < this.sureUntil
          ? [t("Batalkan nomor?"), t("tekan X sekali lagi"), live]
          : [t("Batalkan nomor"), t("tekan dua kali"), live];
    }
  }

  /** @param {string} key */
  key(key) {
    const action = ACTIONS.find((known) => known.key === key);
    if (action) this.press(action.id);
  }

  /** @param {string} id */
  press(id) {
    const { view, ticket } = this;
    if (!view || !ticket) return;
    const known = ACTIONS.find((action) => action.id === id);
    if (!known || !this.words(known.id, view, ticket)[2]) return;
    const reason = this.reason.input.value.trim();
    const why = reason ? { reason } : {};
    if (id === "call") this.listener.act("call", ticket, why);
    else if (id === "transfer") this.listener.transfer(ticket);
    else if (id === "cancel") this.cancel(view, ticket, why);
    else this.listener.act("requeue", ticket, { place: id });
  }

  /**
   * A cancelled ticket can't be brought back, so it takes two presses.
   * @param {View} view
   * @param {Ticket} ticket
   * @param {object} why
   */
  cancel(view, ticket, why) {
    if (view.now < this.sureUntil) this.listener.act("cancel", ticket, why);
    else {
      this.sureUntil = view.now + SURE_MS;
      this.draw(view, ticket);
    }
  }

  enter() {
    const { view, ticket } = this;
    if (!view || !ticket || whyNotTake(view.take) !== null) return;
    const reason = this.reason.input.value.trim();
    if (ticket.state === "held") this.listener.act("resume", ticket, {});
    else this.listener.act("call", ticket, reason ? { reason } : {});
  }
}

/** @param {string} state */
function stateWords(state) {
  return { held: t("Ditahan"), no_show: t("Terlewat"), waiting: t("Menunggu") }[state] ?? state;
}

/**
 * The latest note: why it is held, what was said at the last call.
 * @param {import("./desk.js").Person | null} person
 */
function noteOf(person) {
  const note = person?.notes?.at(-1);
  return note ? `${t("Catatan:")} ${typeof note === "string" ? note : note.text}` : "";
}
