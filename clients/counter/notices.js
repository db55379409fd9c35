// @ts-check
/**
 * The few sentences between facts and actions: what became of the last command, and what the clerk
 * must know about this ticket. The most pressing first.
 */

import { t } from "../lib/words.js";

/** So many have room. */
const ROOM = 3;

/** Notes that are shown of a ticket: the latest. */
const NOTES = 2;

/**
 * @typedef {object} Notice
 * @property {"trouble" | "info"} kind
 * @property {string} sign name of an icon
 * @property {string} strong
 * @property {string} text
 * @property {string} [code] of a refusal, in small
 */

/**
 * @param {string} strong
 * @param {string} text
 * @param {string} [code]
 * @returns {Notice}
 */
export function trouble(strong, text, code) {
  return { kind: "trouble", sign: "alert", strong, text, code };
}

/**
 * @param {string} sign
 * @param {string} strong
 * @param {string} text
 * @returns {Notice}
 */
export function info(sign, strong, text) {
  return { kind: "info", sign, strong, text };
}

/**
 * @param {import("./desk.js").Desk} desk
 * @param {import("./actions.js").Phase} phase
 * @param {Notice | null} last what became of the last command
 * @param {(text: Record<string, string>) => string} name
 * @returns {Notice[]}
 */
export function noticesOf(desk, phase, last, name) {
  const ticket = desk.counter.ticket;
  const notices = last ? [last] : [];
  if (ticket && phase !== "taken") {
    const person = desk.person?.ticket === ticket.id ? desk.person.person : null;
    for (const note of (person?.notes ?? []).slice(-NOTES).reverse()) {
      notices.push(info("note", t("Catatan:"), typeof note === "string" ? note : note.text));
    }
    if (desk.counter.state === "paused") {
      notices.push(info("pause", t("Loket dijeda."), t("Setelah nomor ini, loket tidak memanggil.")));
    }
    const next = desk.nextLeg;
    if (next && phase === "serving") {
      const text = t("nomor ini ikut antrean {service} dengan gilirannya sendiri.", {
        service: `${next.prefix} ${name(next.name)}`,
      });
      notices.push(info("arrow-right", t("Setelah selesai"), text));
    }
  }
  return notices.slice(0, ROOM);
}
