// @ts-check
// The short names of agencies, for where a full one has no room. The topic `zone:ID` does not carry
// them, and they change with the catalogue only, so they are asked for once.
import { createApi } from "../clients/lib/api.js";

/** All displays of a hall start at once after a power cut; they ask within this time, ms. */
const SPREAD_MS = 3000;
/** Where the server gave no answer, ms: until then the full names stand. */
const AGAIN_MS = 20000;

/** @typedef {import("../clients/lib/words.js").Text} Text */

export class Agencies {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.api = createApi();
    /** @type {Object<string, Text>} by id */
    this.names = {};
    this.asked = "";
    this.stopped = false;
  }

  /** @param {Object<string, any>} services of the topic `zone:ID` */
  see(services) {
    const ids = Object.keys(services).map((id) => services[id].agency);
    const asked = Array.from(new Set(ids)).sort().join(" ");
    if (asked === this.asked) return;
    this.asked = asked;
    clearTimeout(this.timer);
    if (asked) this.timer = setTimeout(() => this._ask(), Math.random() * SPREAD_MS);
  }

  /** @param {string} id @returns {Text|null} null where it is not known, or not yet */
  short(id) {
    return Object.prototype.hasOwnProperty.call(this.names, id) ? this.names[id] : null;
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  async _ask() {
    /** @type {Object<string, Text>} */
    const names = {};
    try {
      const { items } = await this.api.get("/agencies?limit=200");
      for (const agency of items) names[agency.id] = agency.short;
    } catch (error) {
      if (!this.stopped) this.timer = setTimeout(() => this._ask(), AGAIN_MS);
      return;
    }
    if (this.stopped) return;
    this.names = names;
    this.onChange();
  }
}
