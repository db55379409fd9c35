// @ts-check
/** Which panel stands in place of the left side, and what it sends. */

import { t } from "../lib/words.js";
import { info } from "./notices.js";
import { PausePanel } from "./panel-pause.js";
import { TicketPanel } from "./panel-ticket.js";
import { TransferPanel } from "./panel-transfer.js";

/** @typedef {import("./line.js").Ticket} Ticket */

/**
 * @typedef {object} Parts
 * @property {(command: string, body: object, ticket?: string) => Promise<boolean>} send
 * @property {() => Ticket | null} atCounter
 * @property {() => number} now
 * @property {ReturnType<typeof import("./said.js").saidOf>} said
 * @property {import("./names.js").Names} names
 * @property {() => void} changed
 * @property {(notice: import("./notices.js").Notice) => void} tell
 * @property {(ticket: string) => Promise<(Ticket & import("./desk.js").Person) | null>} learn the
 *   ticket with its person and notes
 */

export class Panels {
  /**
   * @param {HTMLElement} left where they stand
   * @param {HTMLElement} work what they stand in place of
   * @param {Parts} parts
   */
  constructor(left, work, parts) {
    this.left = left;
    this.work = work;
    this.parts = parts;
    /** @type {import("./panel.js").Panel | null} */
    this.open = null;
    /** @type {string | null} the ticket of the lists that is shown */
    this.chosen = null;
  }

  get isOpen() {
    return this.open !== null;
  }

  openPause() {
    const { send, now, said } = this.parts;
    this.show(
      new PausePanel({
        pause: (reason, until) =>
          this.finish(
            send("pause", {
              ...(reason ? { reason } : {}),
              ...(until ? { until: said.iso(until) } : {}),
            }),
          ),
        close: () => this.close(),
        now,
        at: (time) => said.todayAt(time, now()),
      }),
    );
  }

  /**
   * @param {Ticket} ticket
   * @param {boolean} here it is at the counter
   */
  openTransfer(ticket, here) {
    const { send, names } = this.parts;
    const panel = new TransferPanel(ticket, {
      transfer: (moved, body) =>
        this.finish(
          here ? send("transfer", { ...body, ticket: moved.id }) : send("move", body, moved.id),
        ),
      close: () => this.close(),
      agencyWords: names.agencyWords,
      agencyName: names.agencyName,
    });
    this.show(panel);
  }

  /** @param {string} id */
  openTicket(id) {
    const { send, learn } = this.parts;
    const panel = new TicketPanel(id, {
      act: (command, ticket, body) => {
        const isHere = command === "call" || command === "resume";
        const sent = isHere ? send(command, { ...body, ticket: ticket.id }) : send(command, body, ticket.id);
        this.finish(sent);
      },
      transfer: (ticket) => this.openTransfer(ticket, false),
      close: () => this.close(),
      gone: (ticket) => this.gone(ticket),
      learn,
    });
    this.show(panel);
    this.chosen = id;
  }

  /** @param {import("./panel.js").Panel} panel */
  show(panel) {
    this.close();
    this.open = panel;
    this.work.hidden = true;
    this.left.insertBefore(panel.root, this.work);
    if (this.view) panel.update(this.view);
    panel.focus();
    this.parts.changed();
  }

  close() {
    if (!this.open) return;
    this.open.root.remove();
    this.open = null;
    this.chosen = null;
    this.work.hidden = false;
    this.parts.changed();
  }

  /**
   * Closes with the command's answer, whichever it is: the notice stands on the left side.
   * @param {Promise<boolean>} sent
   */
  async finish(sent) {
    const panel = this.open;
    await sent;
    if (this.open === panel) this.close();
  }

  /** @param {Ticket | null} ticket */
  gone(ticket) {
    if (!this.open) return;
    this.close();
    if (!ticket || this.parts.atCounter()?.id === ticket.id) return;
    this.parts.tell(info("alert", ticket.number, t("sudah dilanjutkan di tempat lain.")));
  }

  enter() {
    this.open?.enter();
  }

  /** @param {string} key */
  key(key) {
    this.open?.key(key);
  }

  /** @param {import("./view.js").View} view */
  update(view) {
    this.view = view;
    this.open?.update(view);
  }
}
