// @ts-check
// What needs a decision of the supervisor now, worst first, and the figures of the header. Pure:
// from the topics `site` and `services` and the server's time. Nothing is guessed: the wait is the
// estimate for one who takes a number now, since the topics do not carry how long each has waited.
import { ofDevices } from "./tvs.js";

/** A called ticket that nobody has started for this long is worth a look, ms. */
const CALLED_LONG_MS = 3 * 60_000;
/** Serving counts as long from this many times the expected minutes on… */
const SERVING_FACTOR = 2;
/** …but never before this, ms: short services vary too much to bother anyone. */
const SERVING_LONG_MS = 15 * 60_000;

/**
 * @typedef {Object} Decision
 * @property {string} key the same for the same matter, so that its element can stay
 * @property {"unattended"|"past_target"|"overdue"|"serving_long"|"called_long"|"tv_off"|"tv_blocked"|"tv_silent"} kind
 * @property {any} [service]
 * @property {any} [counter]
 * @property {any[]} [counters] those that could serve it
 * @property {any} [device] a TV, with `zone`, its `speaker` and whether it is `silent`
 * @property {any} [zone]
 * @property {any} [speaker]
 * @property {boolean} [silent]
 * @property {number} [since] ms since 1970
 * @property {number} weight the higher the sooner
 */

/**
 * @param {Object<string, any>} services with `wait`, by id
 * @param {Object<string, any>} counters by id
 * @param {number} now the server's time, ms
 * @param {Object<string, any>} [devices] TVs by id
 * @param {import("./tvs.js").Zone[]} [zones]
 * @returns {Decision[]}
 */
export function decisions(services, counters, now, devices = {}, zones = []) {
  const found = ofDevices(devices, zones, now);
  for (const service of Object.values(services)) {
    const decision = ofService(service, counters);
    if (decision) found.push(decision);
  }
  for (const counter of Object.values(counters)) {
    const decision = ofCounter(counter, services, now);
    if (decision) found.push(decision);
  }
  return found.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}

/** @param {any} service @param {Object<string, any>} counters @returns {Decision|null} */
function ofService(service, counters) {
  const serving = Object.values(counters).filter((c) => c.services.includes(service.id));
  if (service.waiting > 0 && service.counters_open === 0) {
    const weight = 1000 + service.waiting;
    return { key: `unattended ${service.id}`, kind: "unattended", service, counters: serving, weight };
  }
  const excess = overTarget(service);
  if (service.waiting === 0 || excess <= 0) return null;
  return {
    key: `past_target ${service.id}`,
    kind: "past_target",
    service,
    counters: serving,
    weight: 500 + Math.min(excess, 400),
  };
}

/** @param {any} counter @param {Object<string, any>} services @param {number} now @returns {Decision|null} */
function ofCounter(counter, services, now) {
  const until = counter.state === "paused" && counter.until ? Date.parse(counter.until) : Infinity;
  if (until < now) {
    const weight = 300 + minutes(now - until);
    return { key: `overdue ${counter.id}`, kind: "overdue", counter, since: until, weight };
  }
  const ticket = counter.ticket;
  if (!ticket) return null;
  if (ticket.state === "called" && ticket.called_at) {
    const since = Date.parse(ticket.called_at);
    if (now - since < CALLED_LONG_MS) return null;
    const weight = 100 + minutes(now - since);
    return { key: `called_long ${counter.id}`, kind: "called_long", counter, since, weight };
  }
  if (ticket.state !== "serving" || !ticket.started_at) return null;
  const since = Date.parse(ticket.started_at);
  if (now - since < servingLimit(services[ticket.service])) return null;
  const weight = 200 + Math.min(minutes(now - since), 99);
  return { key: `serving_long ${counter.id}`, kind: "serving_long", counter, since, weight };
}

/** @param {any} service @returns {number} ms */
export function servingLimit(service) {
  const expected = service && service.service_minutes ? service.service_minutes : 0;
  return Math.max(SERVING_LONG_MS, expected * 60_000 * SERVING_FACTOR);
}

/** @param {any} service @returns {number} minutes by which its middle estimate passes the target; negative below */
export function overTarget(service) {
  if (!service.wait || !service.target_wait_minutes) return -1;
  return service.wait.p50 / 60 - service.target_wait_minutes;
}

/**
 * @param {Object<string, any>} services
 * @param {Object<string, any>} counters
 * @returns {{waiting: number, called: number, serving: number, open: number, counters: number}}
 */
export function figures(services, counters) {
  const all = Object.values(counters);
  const having = (/** @type {string} */ state) =>
    all.filter((counter) => counter.ticket && counter.ticket.state === state).length;
  return {
    waiting: Object.values(services).reduce((sum, service) => sum + service.waiting, 0),
    called: having("called"),
    serving: having("serving"),
    open: all.filter((counter) => counter.state === "open").length,
    counters: all.length,
  };
}

/** @param {number} ms */
function minutes(ms) {
  return Math.floor(ms / 60_000);
}
