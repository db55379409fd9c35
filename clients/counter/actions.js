// @ts-check
/**
 * What the clerk can do now, and why not the rest. A table and one function, pure: the screen
 * draws every action in its place in every state, dimmed with the reason where it cannot be done.
 */

import { undoLeft } from "./undo.js";

/**
 * The hall shows a call for at least this long (screens, "Hall, call"); to call again within it
 * would only cut it short, and is nearly always a second press of the same finger.
 */
const ANNOUNCED_MS = 8_000;

/** The five beside the primary one, in their places, each with its key. */
export const OTHERS = /** @type {const} */ ([
  { id: "recall", key: "u" },
  { id: "no-show", key: "x" },
  { id: "hold", key: "t" },
  { id: "transfer", key: "a" },
  { id: "undo", key: "z" },
]);

/**
 * @typedef {"closed" | "taken" | "paused" | "idle" | "called" | "serving"} Phase
 *
 * @typedef {"offline" | "taken" | "no_ticket" | "already_serving" | "announcing"
 *   | "nothing_to_undo" | "nobody_waits" | "nobody_here" | "busy_here" | "not_open" | "paused"} Why
 *
 * @typedef {object} Action
 * @property {string} id
 * @property {Why | null} why not; null when it can be done
 * @property {number} [left] milliseconds: until it can be done again, or as long as it can be
 *
 * @typedef {object} Facts
 * @property {{state: string, clerk?: {user: string, name: string} | null,
 *   ticket?: import("./line.js").Ticket | null}} counter
 * @property {string} user who is signed in
 * @property {import("./line.js").Lists} lists
 * @property {import("./undo.js").Undoable | null} undo
 * @property {number | null} calledAt the last call or recall of the counter's ticket
 * @property {boolean} live
 * @property {number} now milliseconds since 1970, by the server's clock
 */

/**
 * @param {Facts} facts
 * @returns {Phase}
 */
export function phaseOf({ counter, user }) {
  if (counter.state === "closed") return "closed";
  if (counter.clerk && counter.clerk.user !== user) return "taken";
  if (counter.ticket) return counter.ticket.state === "serving" ? "serving" : "called";
  return counter.state === "paused" ? "paused" : "idle";
}

/**
 * The one thing to do next, on Enter.
 * @param {Facts} facts
 * @returns {Action}
 */
export function primaryOf(facts) {
  const phase = phaseOf(facts);
  const id = { called: "start", serving: "complete", idle: "call-next" }[String(phase)] ?? "open";
  if (!facts.live) return { id, why: "offline" };
  if (phase !== "idle" || facts.lists.next) return { id, why: null };
  return { id, why: whyNobody(facts.lists) };
}

/**
 * Whom `call-next` would find is decided by the server; only what is certain dims it.
 * @param {import("./line.js").Lists} lists
 * @returns {Why | null}
 */
function whyNobody(lists) {
  if (lists.waiting.length === 0) return "nobody_waits";
  return lists.waiting.every((row) => row.passed === "absent") ? "nobody_here" : null;
}

/**
 * @param {Facts} facts
 * @returns {Action[]} in the order of OTHERS
 */
export function othersOf(facts) {
  return OTHERS.map(({ id }) => other(id, facts));
}

/**
 * @param {string} id
 * @param {Facts} facts
 * @returns {Action}
 */
function other(id, facts) {
  if (!facts.live) return { id, why: "offline" };
  const phase = phaseOf(facts);
  if (phase === "taken") return { id, why: "taken" };
  if (id === "undo") {
    const left = undoLeft(facts.undo, facts.now);
    return left > 0 ? { id, why: null, left } : { id, why: "nothing_to_undo" };
  }
  if (!facts.counter.ticket) return { id, why: "no_ticket" };
  if (id === "recall" || id === "no-show") {
    if (phase === "serving") return { id, why: "already_serving" };
    const left = id === "recall" ? announcedFor(facts) : 0;
    if (left > 0) return { id, why: "announcing", left };
  }
  return { id, why: null };
}

/** @param {Facts} facts */
function announcedFor({ calledAt, now }) {
  return calledAt === null ? 0 : Math.max(0, calledAt + ANNOUNCED_MS - now);
}

/**
 * Whether the counter can take a certain ticket now, by call or resume.
 * @param {Facts} facts
 * @returns {Why | null}
 */
export function whyNotTake(facts) {
  if (!facts.live) return "offline";
  const phase = phaseOf(facts);
  if (phase === "closed") return "not_open";
  if (phase === "taken") return "taken";
  if (facts.counter.ticket) return "busy_here";
  return phase === "paused" ? "paused" : null;
}
