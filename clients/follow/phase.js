// @ts-check
/**
 * What the holder of a ticket should see now. Pure: a ticket in, a phase out.
 */

/**
 * @typedef {string | Object<string, string>} Name
 *
 * A ticket as in `GET /my`; members that are null may be missing (topics leave them out).
 * @typedef {{
 *   id: string, number: string, date: string, service: string, zone: string, channel: string,
 *   class: string, issued_at: string, state: string, arrived: boolean, counter?: string, for_counter?: string,
 *   slot?: {start: string, end: string}, called_at?: string, started_at?: string,
 *   ended_at?: string, recalls: number, leg: number, journey: string[], ahead?: number,
 *   position?: number, eta?: {p10?: string, p50?: string, p90?: string},
 *   service_name: Name, agency_name: Name, zone_name: Name, counter_name?: Name, tile: string,
 * }} Ticket
 *
 * @typedef {"booked" | "absent" | "waiting" | "next" | "called" | "serving" | "held" | "missed" |
 *   "done" | "cancelled" | "expired"} Phase
 */

/** @type {Object<string, Phase>} */
const PHASES = {
  booked: "booked",
  called: "called",
  serving: "serving",
  held: "held",
  no_show: "missed",
  done: "done",
  cancelled: "cancelled",
  expired: "expired",
};

/**
 * `absent`: waiting, but not yet checked in at the place, so passed over by every call.
 * `next`: nobody stands before it in its line.
 * @param {Ticket} ticket
 * @returns {Phase}
 */
export function phaseOf(ticket) {
  const phase = PHASES[ticket.state];
  if (phase) return phase;
  if (!ticket.arrived) return "absent";
  return ticket.ahead === 0 ? "next" : "waiting";
}

/** @param {Phase} phase */
export function hasEnded(phase) {
  return phase === "done" || phase === "cancelled" || phase === "expired";
}

/** @param {Ticket} ticket whether its holder may give way to others (contract: only in a line) */
export function canDefer(ticket) {
  return ticket.state === "waiting";
}

/** @param {Ticket} ticket */
export function canCancel(ticket) {
  return ["booked", "waiting", "called", "held", "no_show"].includes(ticket.state);
}

/** How many behind one may let go first. */
export const STEPS = [1, 2, 3, 5];

/**
 * Why the position changed, as far as the holder's own topic tells: its own events by name, else
 * only that others came before it. Null: nothing to explain (a step forward explains itself).
 *
 * @typedef {{cause: string, at: string, by: number}} Change `by`: places lost (negative: gained)
 * @param {Ticket | null} before
 * @param {Ticket} after
 * @param {{type: string, at: string} | null} event
 * @returns {Change | null}
 */
export function explain(before, after, event) {
  if (!before || !event) return null;
  const moved = (after.position || 0) - (before.position || 0);
  if (OWN.includes(event.type)) return { cause: event.type, at: event.at, by: moved };
  if (after.state !== "waiting" || before.state !== "waiting") return null;
  if (before.service !== after.service || moved <= 0) return null;
  return { cause: "others", at: event.at, by: moved };
}

/** Own events that place a ticket in a line. */
const OWN = [
  "ticket.deferred",
  "ticket.requeued",
  "ticket.transferred",
  "ticket.checked_in",
  "ticket.completed",
  "ticket.undone",
];
