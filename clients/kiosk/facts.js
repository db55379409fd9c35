// @ts-check
/** Facts of a ticket in words, the same on screen and on paper. */
import { formatRange } from "../lib/time.js";
import { otherName } from "../lib/lines.js";
import { name as nameOf, t } from "../lib/words.js";

/** @typedef {import("../follow/phase.js").Ticket} Ticket */

/**
 * @param {Ticket} ticket
 * @returns {string} "10.20 – 10.45", or "" where it cannot be told
 */
export function callRange(ticket) {
  const eta = ticket.eta;
  return eta && eta.p10 && eta.p90 ? formatRange(eta.p10, eta.p90) : "";
}

/** @param {Ticket} ticket */
export function ahead(ticket) {
  if (typeof ticket.ahead !== "number") return "–";
  return ticket.ahead === 0 ? t("Tidak ada") : t("{count} orang", { count: ticket.ahead });
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {string} id
 * @param {boolean} [other] in the second language
 */
export function zoneName(app, id, other = false) {
  const zone = app.site.zones.find((one) => one.id === id);
  if (!zone) return id;
  return other ? otherName(zone.name) || nameOf(zone.name) : nameOf(zone.name);
}
