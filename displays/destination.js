// @ts-check
// Where one who was called goes on: another line, maybe at a certain counter, maybe in another zone.
import { bullet } from "../clients/lib/plate.js";
import { bi, first, names } from "./words.js";

/**
 * @typedef {Object} Destination `to` of a call in the topic `zone:ID`
 * @property {string} service
 * @property {any} service_name
 * @property {any} [agency_short]
 * @property {string} [zone]
 * @property {any} [zone_name]
 * @property {any} [counter_label]
 */

/** It has to be walked to: it stands on the boards of another zone. @param {Destination} to @param {{zone: string}} state */
export function isAway(to, { zone }) {
  return Boolean(to.zone && to.zone !== zone);
}

/**
 * What stands large of it. The agency that called has no more to do with whoever was sent elsewhere.
 * @param {Destination} to
 * @param {{zone: string, services: any}} state
 */
export function destination(to, state) {
  const service = state.services[to.service];
  const asked = names(to.service_name);
  const counter = to.counter_label && bi("Loket {counter}", { counter: first(to.counter_label) });
  const facts = {
    // The number of a counter is what has to be kept in mind: it stands where the agency would.
    agencies: counter ? [counter.first] : [first(service && service.agency_name), first(to.agency_short)],
    english: counter ? [counter.second] : [],
  };
  if (isAway(to, state)) {
    const english = facts.english.concat(asked.second);
    return Object.assign(facts, { place: names(to.zone_name), service: asked.first, english, sign: null });
  }
  // Its letter, and no arrow: that would say where to walk from here.
  const sign = service && bullet({ prefix: service.prefix, tile: service.tile });
  return Object.assign(facts, { place: asked, service: "", sign });
}
