// @ts-check
// What the hall is told below the calls: services that do not operate, are paused or closed, and why.
// Pure: from the `services` of the topic `zone:ID` to a list in the order of the strip.

/** @typedef {Object<string, string>} Text a text by language */

/**
 * @typedef {Object} Notice
 * @property {"not_operating"|"paused"|"closed"|"all_closed"} kind
 * @property {string} [prefix] the service's letters
 * @property {string} [tile]
 * @property {Text} [name]
 * @property {Text} [note] why
 * @property {string} [opens_at] ISO 8601, where it is known
 */

const ORDER = ["not_operating", "paused", "closed"];

/**
 * @param {Object<string, any>} services by id
 * @param {Object<string, string>} openings service id → next opening, ISO 8601
 * @returns {Notice[]}
 */
export function notices(services, openings) {
  const ids = Object.keys(services);
  const operating = ids.filter((id) => services[id].status !== "not_operating");
  const closed = operating.filter((id) => services[id].status === "closed");
  const allClosed = closed.length > 0 && closed.length === operating.length;
  const list = [];
  for (const kind of ORDER) {
    if (kind === "closed" && allClosed) continue;
    for (const id of ids) if (services[id].status === kind) list.push(of(services[id], id, openings));
  }
  // One sentence for a hall outside its hours, in front of all others: it is why nothing moves.
  if (allClosed) list.unshift(everything(services, closed, openings));
  return list;
}

/** @param {any} service @param {string} id @param {Object<string, string>} openings @returns {Notice} */
function of(service, id, openings) {
  return {
    kind: service.status,
    prefix: service.prefix,
    tile: service.tile,
    name: service.name,
    note: service.note,
    opens_at: service.status === "closed" ? openings[id] : undefined,
  };
}

/**
 * @param {Object<string, any>} services
 * @param {string[]} closed
 * @param {Object<string, string>} openings
 * @returns {Notice}
 */
function everything(services, closed, openings) {
  const times = closed.map((id) => openings[id]).filter(Boolean);
  times.sort((a, b) => Date.parse(a) - Date.parse(b));
  const first = services[closed[0]].note;
  const one = (/** @type {string} */ id) => JSON.stringify(services[id].note || null);
  const shared = first && closed.every((id) => one(id) === JSON.stringify(first));
  return { kind: "all_closed", note: shared ? first : undefined, opens_at: times[0] };
}
