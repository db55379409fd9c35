// @ts-check
/**
 * The few sentences between facts and actions: what became of the last command, what the clerk
 * must know about this ticket, and what was done to the services. The most pressing first.
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
  return [...notices, ...servicesNotices(desk, name)].slice(0, ROOM);
}

/**
 * Services of this counter that give no numbers now: the line still is to be served.
 * @param {import("./desk.js").Desk} desk
 * @param {(text: Record<string, string>) => string} name
 */
function servicesNotices(desk, name) {
  return desk.counter.services.flatMap((id) => {
    const service = desk.services[id];
    if (!service || service.status === "open") return [];
    const words = {
      paused: t("{service} dijeda:", { service: name(service.name) }),
      closed: t("{service} tutup:", { service: name(service.name) }),
      not_operating: t("{service} belum beroperasi:", { service: name(service.name) }),
    }[service.status];
    const why = service.note ? `${name(service.note)}. ` : "";
    return [info("alert", words, why + t("Tidak memberi nomor baru; yang sudah punya tetap dilayani."))];
  });
}
