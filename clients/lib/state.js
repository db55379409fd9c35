// @ts-check
/**
 * What a topic's frames add up to: pure, without socket, DOM or clock. Mirrors the server's
 * promise that snapshot + events = later snapshot.
 */

/**
 * @typedef {{epoch: string, offset: number, seq: number, state: any}} View where one stands in a
 *   topic: the position to resume from, and the state there
 * @typedef {{op: string, topic: string, epoch?: string, offset: number, seq: number, state?: any,
 *   type?: string, at?: string, data?: Object<string, any>}} Frame
 */

/** Assigned as a property it would be the prototype, see `put`. */
const PROTOTYPE = "__proto__";

/**
 * Merges a patch into a value as RFC 7396 says. Changes neither; parts that the patch does not name
 * are shared with `target`, so that a screen can compare them by identity.
 * @param {any} target
 * @param {any} patch
 * @returns {any}
 */
export function applyPatch(target, patch) {
  if (!isObject(patch)) return patch;
  /** @type {Object<string, any>} */
  const merged = {};
  const before = isObject(target) ? target : {};
  for (const name of Object.keys(before)) put(merged, name, before[name]);
  for (const name of Object.keys(patch)) {
    if (patch[name] === null) delete merged[name];
    else put(merged, name, applyPatch(own(before, name), patch[name]));
  }
  return merged;
}

/**
 * Where one stands after a frame.
 * @param {View | null} view
 * @param {Frame} frame
 * @returns {View | null} the same view where the frame tells nothing new; null where it does not
 *   follow on what is known, so that one has to subscribe afresh
 */
export function reduce(view, frame) {
  if (frame.op === "snapshot") {
    const epoch = String(frame.epoch);
    return { epoch, offset: frame.offset, seq: frame.seq, state: frame.state };
  }
  if (!view) return null;
  if (frame.op === "resumed") {
    const fits = frame.epoch === view.epoch && frame.offset === view.offset;
    return fits ? view : null;
  }
  if (frame.op !== "event") return view;
  return isValueTopic(frame.topic) ? reduceValue(view, frame) : reduceEvent(view, frame);
}

/**
 * Topics that carry the latest state alone: their offset is a journal position and may jump.
 * @param {string} topic
 */
export function isValueTopic(topic) {
  return topic === "services" || topic.startsWith("ticket:");
}

/**
 * @param {View} view
 * @param {Frame} frame
 */
function reduceEvent(view, frame) {
  if (frame.offset <= view.offset) return view;
  return frame.offset === view.offset + 1 ? step(view, frame) : null;
}

/**
 * @param {View} view
 * @param {Frame} frame
 */
function reduceValue(view, frame) {
  return frame.offset < view.offset ? view : step(view, frame);
}

/**
 * @param {View} view
 * @param {Frame} frame
 * @returns {View}
 */
function step(view, frame) {
  const state = frame.state === undefined ? view.state : applyPatch(view.state, frame.state);
  return { epoch: view.epoch, offset: frame.offset, seq: frame.seq, state };
}

/** @param {any} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {Object<string, any>} object
 * @param {string} name
 */
function own(object, name) {
  return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
}

/**
 * @param {Object<string, any>} object
 * @param {string} name
 * @param {any} value
 */
function put(object, name, value) {
  if (name === PROTOTYPE) {
    Object.defineProperty(object, name, {
      value, configurable: true, enumerable: true, writable: true,
    });
  } else {
    object[name] = value;
  }
}
