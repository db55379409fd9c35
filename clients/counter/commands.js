// @ts-check
/**
 * Sends what the clerk decided: one command at a time, so that a double press is one thing, each
 * with the ticket that the clerk saw, so that nothing is done to another one.
 */

import { t } from "../lib/words.js";
import { info, trouble } from "./notices.js";
import { commandWords, refusalWords } from "./wording.js";

/** The event that a command makes, of those that can be taken back (see undo.js). */
const EVENTS = {
  "call-next": "ticket.called",
  call: "ticket.called",
  recall: "ticket.recalled",
  start: "ticket.started",
  complete: "ticket.completed",
  "no-show": "ticket.no_show",
  hold: "ticket.held",
  resume: "ticket.resumed",
  transfer: "ticket.transferred",
  undo: "ticket.undone",
};

/** Commands of a ticket that is not at the counter go to the ticket itself. */
const OF_TICKET = new Set(["requeue", "cancel", "move"]);

export class Commands {
  /**
   * @param {object} parts
   * @param {string} parts.counter
   * @param {(path: string, body: object, told: {onRetry: () => void}) => Promise<any>} parts.post
   * @param {(answer: any, type: string | null) => void} parts.onAnswer
   * @param {() => void} parts.onRefused the clerk may have seen what no longer is
   * @param {() => void} parts.changed something that is drawn changed
   */
  constructor(parts) {
    this.parts = parts;
    /** @type {string | null} */
    this.pending = null;
    /** @type {import("./notices.js").Notice | null} */
    this.last = null;
  }

  /**
   * @param {string} command
   * @param {object} body
   * @param {string} [ticket] id, for a command of a ticket that is not at the counter
   * @returns {Promise<boolean>} whether it was done
   */
  async send(command, body, ticket) {
    if (this.pending !== null) return false;
    this.pending = command;
    this.last = null;
    this.parts.changed();
    try {
      const answer = await this.parts.post(this.path(command, ticket), body, {
        onRetry: () => this.tell(unknown(command)),
      });
      this.last = null;
      this.parts.onAnswer(answer, OF_TICKET.has(command) ? null : (EVENTS[command] ?? null));
      return true;
    } catch (error) {
      this.refused(command, error);
      return false;
    } finally {
      this.pending = null;
      this.parts.changed();
    }
  }

  /**
   * @param {string} command
   * @param {string} [ticket]
   */
  path(command, ticket) {
    if (ticket === undefined) return `/counters/${encodeURIComponent(this.parts.counter)}/${command}`;
    const action = command === "move" ? "transfer" : command;
    return `/tickets/${encodeURIComponent(ticket)}/${action}`;
  }

  /**
   * @param {string} command
   * @param {any} error
   */
  refused(command, error) {
    const name = t("“{command}” tidak dilakukan.", { command: commandWords(command) });
    if (!error.code) {
      const words = t("“{command}” belum pasti tercatat.", { command: commandWords(command) });
      this.last = trouble(words, t("Lihat keadaan loket setelah tersambung."));
    } else {
      const words = refusalWords(error.code, command) ?? error.detail ?? error.message;
      this.last = trouble(name, words, error.code);
    }
    this.parts.onRefused();
  }

  /** @param {import("./notices.js").Notice | null} notice */
  tell(notice) {
    this.last = notice;
    this.parts.changed();
  }
}

/** @param {string} command */
function unknown(command) {
  const words = t("“{command}” belum pasti tercatat.", { command: commandWords(command) });
  return { ...info("plug-off", words, t("Dikirim ulang satu kali.")), kind: /** @type {const} */ ("trouble") };
}
