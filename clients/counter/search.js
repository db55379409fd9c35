// @ts-check
/**
 * Where a ticket can be sent: services, and counters with what they serve, found by typing. Pure.
 */

/**
 * @typedef {Record<string, string>} Text by language
 *
 * @typedef {object} Service
 * @property {string} id
 * @property {string} agency
 * @property {Text} name
 * @property {string} prefix
 * @property {string} tile
 * @property {string} status
 * @property {number} waiting
 * @property {number} counters_open
 *
 * @typedef {object} Counter
 * @property {string} id
 * @property {Text} name
 * @property {string} label
 * @property {string} state
 * @property {string[]} services
 *
 * @typedef {object} Target
 * @property {Service} service
 * @property {Counter | null} counter
 * @property {string} words what the search looks at, in lower case
 * @property {boolean} own it is the ticket's own service, so that this is a return to the line
 */

/** No more than this many are shown; who has not found it by then types another letter. */
export const SHOWN = 4;

/** Counters where somebody sits come first. */
const SEATS = ["open", "paused", "closed"];

/**
 * All targets of a ticket, in the order in which they are offered without a search: services of
 * the same agency, then the other services, then counters, the open ones first. What does not operate is left out.
 * @param {{service: string}} ticket
 * @param {Service[]} services
 * @param {Counter[]} counters
 * @param {(agency: string) => string} agencyWords names of an agency, to search in
 * @param {string} here id of this counter, which is no target
 * @returns {Target[]}
 */
export function targetsOf(ticket, services, counters, agencyWords, here) {
  const open = services.filter((service) => service.status !== "not_operating");
  const byId = new Map(open.map((service) => [service.id, service]));
  const own = byId.get(ticket.service);
  /** @type {(service: Service, counter: Counter | null) => Target} */
  const target = (service, counter) => ({
    service,
    counter,
    own: service.id === ticket.service,
    words: [
      ...(counter ? [...Object.values(counter.name), counter.label] : [service.prefix]),
      ...Object.values(service.name),
      agencyWords(service.agency),
    ]
      .join(" ")
      .toLowerCase(),
  });
  const near = (/** @type {Service} */ service) => (service.agency === own?.agency ? 0 : 1);
  const lines = [...open].sort((a, b) => near(a) - near(b)).map((service) => target(service, null));
  const seats = counters
    .filter((counter) => counter.id !== here)
    .sort((a, b) => SEATS.indexOf(a.state) - SEATS.indexOf(b.state))
    .flatMap((counter) => counter.services.map((id) => ({ counter, service: byId.get(id) })))
    .flatMap(({ counter, service }) => (service ? [target(service, counter)] : []));
  return [...lines.filter((line) => !line.own), ...lines.filter((line) => line.own), ...seats];
}

/**
 * The targets in which every word of the query begins a word, the best first: a letter or a
 * label that is the query itself, then beginnings of names, then the rest.
 * @param {Target[]} targets
 * @param {string} query
 * @returns {Target[]}
 */
export function find(targets, query) {
  const asked = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return targets.slice(0, SHOWN);
  return targets
    .map((target, order) => ({ target, order, score: score(target, asked) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, SHOWN)
    .map((found) => found.target);
}

/**
 * @param {Target} target
 * @param {string[]} asked
 * @returns {number} 0: not found
 */
function score(target, asked) {
  const words = target.words.split(/[\s/–-]+/);
  if (!asked.every((part) => words.some((word) => word.startsWith(part)))) return 0;
  const sign = (target.counter ? target.counter.label : target.service.prefix).toLowerCase();
  if (asked.length === 1 && asked[0] === sign) return 3;
  return target.words.startsWith(asked.join(" ")) ? 2 : 1;
}

/**
 * What the command names: a counter that serves the ticket's own service needs no service.
 * @param {Target} target
 * @returns {{service?: string, counter?: string}}
 */
export function asked(target) {
  if (!target.counter) return { service: target.service.id };
  return target.own
    ? { counter: target.counter.id }
    : { counter: target.counter.id, service: target.service.id };
}
