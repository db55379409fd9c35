// @ts-check
/**
 * What this counter may still take back: its last call, start, hold, resume, no-show, transfer or
 * completion, once, for 30 seconds (contract, section 2). Followed from the events that come by,
 * so that every browser at the counter agrees. The server has the last word. Pure.
 */

/** How long an action may be taken back. */
export const UNDO_MS = 30_000;

const UNDOABLE = new Set([
  "ticket.called",
  "ticket.started",
  "ticket.held",
  "ticket.resumed",
  "ticket.no_show",
  "ticket.transferred",
  "ticket.completed",
]);

/**
 * Events that leave what was done before as it is: a recall, and what the hall shows and says.
 * @param {string} type
 */
const isHarmless = (type) => type === "ticket.recalled" || type.startsWith("call.");

/**
 * @typedef {object} Undoable
 * @property {number} seq journal position of the action
 * @property {number} at milliseconds since 1970
 * @property {string} number
 * @property {string} type of the event, `ticket.called` and so on
 *
 * @typedef {object} Happened an event of a topic
 * @property {number} seq
 * @property {string} type
 * @property {string} at
 * @property {{number?: string, counter?: string}} data
 */

/**
 * What may be taken back after an event of the counter's own topic.
 * @param {Undoable | null} last
 * @param {Happened} event
 * @returns {Undoable | null}
 */
export function afterCounterEvent(last, event) {
  if (last && event.seq <= last.seq) return last;
  if (event.type === "counter.closed") return null;
  const number = event.data.number;
  if (number === undefined || isHarmless(event.type)) return last;
  if (!UNDOABLE.has(event.type)) return null;
  return { seq: event.seq, at: Date.parse(event.at), number, type: event.type };
}

/**
 * What may be taken back after an event of a service's line: nothing, when something else
 * happened to that ticket since.
 * @param {Undoable | null} last
 * @param {Happened} event
 * @returns {Undoable | null}
 */
export function afterLineEvent(last, event) {
  if (!last || event.seq <= last.seq || event.data.number !== last.number) return last;
  return isHarmless(event.type) ? last : null;
}

/**
 * Milliseconds that are left to take it back; 0 when it is too late.
 * @param {Undoable | null} last
 * @param {number} now milliseconds since 1970, by the server's clock
 * @returns {number}
 */
export function undoLeft(last, now) {
  return last ? Math.max(0, last.at + UNDO_MS - now) : 0;
}
