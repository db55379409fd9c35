// @ts-check
/**
 * The lists beside the counter, from the topics `service:ID` of its services: who waits, in the
 * order in which `call-next` will take them, who is held and who missed the call. Pure.
 */

/**
 * @typedef {object} Ticket A ticket as the contract has it; on topics members that are null are missing.
 * @property {string} id
 * @property {string} number
 * @property {string} service
 * @property {string} class
 * @property {string} state
 * @property {string} issued_at
 * @property {string} [channel]
 * @property {boolean} [arrived]
 * @property {string | null} [counter]
 * @property {string | null} [for_counter]
 * @property {{start: string, end: string} | null} [slot]
 * @property {string | null} [called_at]
 * @property {string | null} [started_at]
 * @property {number} [recalls]
 * @property {number} [leg]
 * @property {string[]} [journey]
 * @property {string} [rank]
 *
 * @typedef {object} Row
 * @property {Ticket} ticket
 * @property {"absent" | "other_counter" | null} passed why `call-next` passes it over, as far as can be told
 * @property {number} since milliseconds since 1970: from when it waits
 *
 * @typedef {object} Lists
 * @property {Row[]} waiting by rank
 * @property {Row | null} next the one that `call-next` takes, as far as can be told
 * @property {Row[]} held
 * @property {Row[]} missed
 * @property {number | null} longest from when the one who waits longest and is here does so
 */

/**
 * The moment from which a ticket waits: of its number, or of its slot where it was booked.
 * @param {Ticket} ticket
 * @returns {number}
 */
export function waitsSince(ticket) {
  const issued = Date.parse(ticket.issued_at);
  return ticket.slot ? Math.max(issued, Date.parse(ticket.slot.start)) : issued;
}

/**
 * @param {Ticket} ticket
 * @param {string} here id of this counter
 * @param {(counter: string) => boolean} isClosed of another counter
 * @returns {"absent" | "other_counter" | null}
 */
function passedOver(ticket, here, isClosed) {
  if (!ticket.arrived) return "absent";
  const other = ticket.for_counter;
  if (other && other !== here && !isClosed(other)) return "other_counter";
  return null;
}

/**
 * @param {Row} a
 * @param {Row} b
 */
function byRank(a, b) {
  // Byte order is the order; ranks are ASCII, so that comparing UTF-16 units is the same.
  const [first, second] = [a.ticket.rank ?? "", b.ticket.rank ?? ""];
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * @param {Row} a
 * @param {Row} b
 */
function byCall(a, b) {
  return (
    Date.parse(a.ticket.called_at ?? a.ticket.issued_at) -
    Date.parse(b.ticket.called_at ?? b.ticket.issued_at)
  );
}

/**
 * @param {Iterable<Ticket>} tickets of all services of the counter
 * @param {string} here id of this counter
 * @param {(counter: string) => boolean} isClosed whether another counter is closed
 * @returns {Lists}
 */
export function listsOf(tickets, here, isClosed) {
  /** @type {Record<string, Row[]>} */
  const rows = { waiting: [], held: [], no_show: [] };
  for (const ticket of tickets) {
    const list = rows[ticket.state];
    if (!list) continue;
    const passed = ticket.state === "waiting" ? passedOver(ticket, here, isClosed) : null;
    list.push({ ticket, passed, since: waitsSince(ticket) });
  }
  rows.waiting.sort(byRank);
  rows.held.sort(byCall);
  rows.no_show.sort(byCall);
  const present = rows.waiting.filter((row) => row.passed !== "absent");
  return {
    waiting: rows.waiting,
    next: rows.waiting.find((row) => row.passed === null) ?? null,
    held: rows.held,
    missed: rows.no_show,
    longest: present.length ? Math.min(...present.map((row) => row.since)) : null,
  };
}
