// @ts-check
/**
 * One check-in, from what was scanned to what the holder should know. The answer is the same
 * whether one arrives now or did before, so what was true before is asked first where it can be.
 */
import { isUnknown, newKey, Refusal } from "../lib/api.js";
import { isoAt, offsetOf } from "../lib/time.js";

const MINUTE_MS = 60000;

/**
 * @typedef {import("../follow/phase.js").Ticket} Ticket
 * @typedef {{kind: "arrived" | "already" | "too_early" | "expired" | "ended" | "wrong" | "busy" |
 *   "unknown" | "signed_out", ticket?: Ticket, minutes?: number, from?: string}} Answer
 *   `minutes`: so long before the slot one can check in, `from` that moment where it is known
 */

/**
 * @param {import("../lib/api.js").Api} api
 * @param {import("../lib/scan.js").Scan} scan
 * @returns {Promise<Answer>}
 */
export async function checkIn(api, scan) {
  const before = "token" in scan ? await held(api, scan.token) : await look(api);
  try {
    const seen = api.seq;
    const { ticket, seq } = await api.post("/check-ins", scan, { key: newKey() });
    // A kiosk's or a desk's number has arrived from its first moment; and an answer that is no
    // newer than what was seen before says that nothing happened.
    const already = before ? before.arrived : ticket.channel !== "online" || seq <= seen;
    // The holder is told more than the kiosk: the name of the counter that calls.
    return {
      kind: already ? "already" : "arrived", ticket: before ? Object.assign({}, before, ticket) : ticket,
    };
  } catch (error) {
    if (!(error instanceof Refusal) || isUnknown(error)) return { kind: "unknown" };
    return refused(error, before);
  }
}

/**
 * @param {import("../lib/api.js").Api} api
 * @param {string} token
 * @returns {Promise<Ticket | null>}
 */
async function held(api, token) {
  try {
    return await api.get("/my", { token });
  } catch {
    return null;
  }
}

/**
 * Learns the journal's position; of a number alone nothing else can be asked.
 * @param {import("../lib/api.js").Api} api
 * @returns {Promise<null>}
 */
async function look(api) {
  await api.get("/site").catch(() => undefined);
  return null;
}

/**
 * @param {import("../lib/api.js").Refusal} error
 * @param {Ticket | null} ticket
 * @returns {Answer}
 */
function refused(error, ticket) {
  const facts = { ticket: ticket || undefined };
  switch (error.code) {
    case "too_early":
      return Object.assign({ kind: /** @type {const} */ ("too_early") }, facts,
        { minutes: error.problem.minutes, from: earliest(ticket, error.problem.minutes) });
    case "expired":
      return Object.assign({ kind: /** @type {const} */ ("expired") }, facts);
    case "invalid_state":
      return Object.assign({ kind: /** @type {const} */ ("ended") }, facts);
    case "unauthenticated":
    case "forbidden":
      return { kind: "signed_out" };
    case "rate_limited":
      return { kind: "busy" };
    default:
      return { kind: "wrong" };
  }
}

/**
 * @param {Ticket | null} ticket
 * @param {number | undefined} minutes
 * @returns {string | undefined}
 */
function earliest(ticket, minutes) {
  if (!ticket || !ticket.slot || minutes === undefined) return undefined;
  const { start } = ticket.slot;
  return isoAt(Date.parse(start) - minutes * MINUTE_MS, offsetOf(start));
}
