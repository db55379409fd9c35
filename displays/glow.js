// @ts-check
// Which numbers are yellow where several may be at once (layout "counters"): each for as long as it
// is announced. Pure: time comes in as arguments.
import { ANNOUNCE_MS, FRESH_MS } from "./announcer.js";

export class Glow {
  constructor() {
    /** The highest `seq` seen; null before the first state. @type {number|null} */
    this.heard = null;
    /** When each ends, by the clock of `now`. @type {Object<string, number>} */
    this.ends = {};
  }

  /**
   * @param {Object<string, import("./announcer.js").Call>} calls
   * @param {number} serverNow ms since 1970 by the server's clock
   * @param {number} now ms of a clock that never jumps
   */
  see(calls, serverNow, now) {
    const first = this.heard === null;
    const heard = this.heard || 0;
    this.heard = heard;
    for (const number of Object.keys(calls)) {
      const call = calls[number];
      if (call.seq <= heard) continue;
      this.heard = Math.max(this.heard, call.seq);
      const age = serverNow - Date.parse(call.at);
      if (call.state === "called" && age < (first ? ANNOUNCE_MS : FRESH_MS)) {
        this.ends[number] = now + ANNOUNCE_MS;
      }
    }
    for (const number of Object.keys(this.ends)) {
      if (!calls[number] || this.ends[number] <= now) delete this.ends[number];
    }
  }

  /** @param {number} now @returns {string[]} */
  numbers(now) {
    return Object.keys(this.ends).filter((number) => this.ends[number] > now);
  }

  /** @param {number} now @returns {number|null} ms until the next one ends */
  left(now) {
    const left = this.numbers(now).map((number) => this.ends[number] - now);
    return left.length > 0 ? Math.min.apply(null, left) : null;
  }
}
