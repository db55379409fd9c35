// @ts-check
/**
 * What the kiosk offers, computed from the topic `services`, the agencies and the site. Pure: no
 * DOM, no words; what it returns names facts, and the views find the sentences.
 */

/**
 * @typedef {string | Object<string, string>} Name
 * @typedef {{
 *   id: string, agency: string, name: Name, prefix: string, tile: string, zone: string,
 *   status: string, note?: Name, waiting: number, serving: number, counters_open: number,
 *   wait?: {p10?: number, p50?: number, p90?: number}, channels: string[], opens_at?: string,
 *   hours_today?: string[],
 * }} Service
 * @typedef {{id: string, name: Name, short: Name, tile: string}} Agency
 * @typedef {Agency & {services: Service[]}} Door an agency with the services that it has today
 * @typedef {{id: string, name: Name, credit_minutes?: number, reasons: string[]}} PriorityClass
 */

/**
 * Why no number can be taken here. `outside`: outside opening hours, `byHand`: closed by staff;
 * `elsewhere`: this kiosk's channel is not one of the service's.
 * @typedef {"not_operating" | "paused" | "byHand" | "outside" | "elsewhere"} Refusal
 */

/**
 * Agencies in the catalogue's order, each with its services by prefix; agencies without any are
 * left out, and an agency that only its services name still gets its door.
 * @param {Agency[]} agencies
 * @param {Object<string, Service>} services
 * @returns {Door[]}
 */
export function doors(agencies, services) {
  const all = Object.keys(services).map((id) => services[id]);
  const known = new Set(agencies.map((agency) => agency.id));
  const rest = all
    .filter((service) => !known.has(service.agency))
    .map((service) => ({
      id: service.agency, name: service.agency, short: service.agency, tile: service.tile,
    }));
  const unique = rest.filter((a, index) => rest.findIndex((b) => b.id === a.id) === index);
  return agencies
    .concat(unique)
    .map((agency) => Object.assign({}, agency, {
      services: all.filter((service) => service.agency === agency.id).sort(byPrefix),
    }))
    .filter((door) => door.services.length > 0);
}

/**
 * The ids of what an agency offers, as they stand while its page is shown: first what can be had
 * now. Steps of a journey that are neither given here nor work at all are left out.
 * @param {Door | undefined} door
 * @param {string} channel
 * @returns {string[]}
 */
export function offered(door, channel) {
  if (!door) return [];
  const shown = door.services.filter((service) =>
    service.status !== "not_operating" || service.channels.includes(channel));
  const now = shown.filter((service) => refusal(service, channel) === null);
  return now.concat(shown.filter((service) => !now.includes(service))).map((one) => one.id);
}

/**
 * @param {Service} a
 * @param {Service} b
 */
function byPrefix(a, b) {
  return a.prefix < b.prefix ? -1 : 1;
}

/**
 * @param {Service} service
 * @param {string} channel "kiosk", or "desk" where a member of staff is signed in
 * @returns {Refusal | null} null: a number can be taken
 */
export function refusal(service, channel) {
  if (service.status === "not_operating") return "not_operating";
  if (service.status === "paused") return "paused";
  if (service.status !== "open") return service.opens_at ? "outside" : "byHand";
  return service.channels.includes(channel) ? null : "elsewhere";
}

/**
 * The wait of one who takes a number now, as whole minutes; null where it cannot be told.
 * Rounded outwards, so that the range does not promise more than the estimate.
 * @param {Service} service
 * @returns {{from: number, to: number} | null}
 */
export function waitMinutes(service) {
  const wait = service.wait;
  if (!wait || typeof wait.p10 !== "number" || typeof wait.p90 !== "number") return null;
  return { from: Math.floor(wait.p10 / 60), to: Math.max(1, Math.ceil(wait.p90 / 60)) };
}

/**
 * Nobody waits and a counter is free: one is served at once.
 * @param {Service} service
 */
export function isFree(service) {
  return service.waiting === 0 && service.counters_open > service.serving;
}

/**
 * The services that match what was typed; words in any order, in any language, agencies too.
 * @param {Door[]} all
 * @param {string} query
 * @returns {{door: Door, service: Service}[]}
 */
export function search(all, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = [];
  for (const door of all) {
    for (const service of door.services) {
      const text = fold([
        spoken(service.name), spoken(door.name), spoken(door.short), service.prefix,
      ].join(" "));
      if (words.every((word) => text.includes(word))) found.push({ door, service });
    }
  }
  return found;
}

/** @param {Name | undefined} name */
function spoken(name) {
  if (!name) return "";
  return typeof name === "string" ? name : Object.keys(name).map((key) => name[key]).join(" ");
}

/** @param {string} text */
function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/-/g, " ");
}
