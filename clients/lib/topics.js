// @ts-check
/** The topics of one connection: where each stands, and whether the server answered for it. */
import { reduce } from "./state.js";

/** @typedef {string | {topic: string, token?: string}} Topic `token`: the ticket's, for `ticket:ID` */
/**
 * @typedef {{topic: string, token: string | null, view: import("./state.js").View | null,
 *   answered: boolean}} Subscription
 */

export class Topics {
  constructor() {
    /** @type {Map<string, Subscription>} */
    this._known = new Map();
  }

  /** @param {Topic} topic @returns {Subscription} */
  add(topic) {
    const given = typeof topic === "string" ? { topic, token: undefined } : topic;
    const before = this._known.get(given.topic);
    const view = before ? before.view : null;
    const added = { topic: given.topic, token: given.token || null, view, answered: false };
    this._known.set(given.topic, added);
    return added;
  }

  /** @param {string} topic @returns {boolean} whether it was there */
  remove(topic) {
    return this._known.delete(topic);
  }

  /** @param {string} topic @returns {any} undefined before its first snapshot */
  state(topic) {
    const known = this._known.get(topic);
    return known && known.view ? known.view.state : undefined;
  }

  /** All that the server has to be asked for on a new connection. @returns {Subscription[]} */
  lost() {
    const all = Array.from(this._known.values());
    for (const known of all) known.answered = false;
    return all;
  }

  get allAnswered() {
    return Array.from(this._known.values()).every((known) => known.answered);
  }

  /**
   * @param {any} frame
   * @returns {{known: Subscription, news: boolean, hole: boolean} | null} null for a topic that was
   *   given up; `hole`: the frame does not follow on what is known, ask for all of it again
   */
  take(frame) {
    const known = this._known.get(frame.topic);
    if (!known) return null;
    const view = reduce(known.view, frame);
    const news = view !== known.view;
    known.view = view;
    if (!view) {
      known.answered = false;
      return { known, news: false, hole: true };
    }
    if (frame.op === "snapshot" || frame.op === "resumed") known.answered = true;
    return { known, news, hole: false };
  }
}

/**
 * The message that asks for a topic from where one stands.
 * @param {Subscription} known
 */
export function question(known) {
  /** @type {Object<string, any>} */
  const message = { op: "subscribe", topic: known.topic };
  if (known.token) message.token = known.token;
  if (known.view) {
    message.epoch = known.view.epoch;
    message.offset = known.view.offset;
  }
  return message;
}
