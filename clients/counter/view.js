// @ts-check
/** Everything that the console draws at one moment, put together from what the desk knows. */

import { othersOf, phaseOf, primaryOf } from "./actions.js";
import { factsOf } from "./facts.js";
import { heardParts } from "./heard.js";
import { noticesOf } from "./notices.js";

/**
 * @typedef {object} Moment
 * @property {number} now milliseconds since 1970, by the server's clock; when stale, the last that is sure
 * @property {number} clock the same, and running on
 * @property {boolean} live
 * @property {number} lastHeard when the server was last heard
 * @property {string | null} pending the command whose answer is awaited
 * @property {import("./notices.js").Notice | null} last what became of the last command
 * @property {string | null} chosen the ticket whose panel is open
 *
 * @typedef {ReturnType<typeof viewOf>} View
 */

/**
 * @param {import("./desk.js").Desk} desk
 * @param {ReturnType<typeof import("./said.js").saidOf>} said
 * @param {import("./names.js").Names} names
 * @param {Moment} moment
 */
export function viewOf(desk, said, { className, agencyName }, moment) {
  const facts = desk.facts(moment.now, moment.live);
  const phase = phaseOf(facts);
  const { lists } = facts;
  const next = lists.next?.ticket;
  const service = next && desk.services[next.service];
  const leg = desk.nextLeg;
  return {
    ...moment,
    desk,
    said,
    classes: className,
    agencyName,
    phase,
    lists,
    primary: primaryOf(facts),
    others: othersOf(facts),
    take: facts,
    facts: factsOf(desk, phase, lists, moment.now, said),
    heard: desk.counter.ticket ? heardParts(desk.heard, said.clock) : null,
    notices: noticesOf(desk, phase, moment.last, said.name),
    names: {
      next: next ? [next.number, service && said.name(service.name)].filter(Boolean).join(", ") : "",
      leg: leg ? said.name(leg.name) : "",
      clerk: desk.counter.clerk?.name ?? "",
    },
  };
}
