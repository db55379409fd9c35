// @ts-check
// When closed services open next. The topic `zone:ID` does not carry it, and it changes only when
// one closes, so it is asked for then and not otherwise.
import { createApi } from "../clients/lib/api.js";

/** All displays of a hall see a service close at once; they ask within this time, ms. */
const SPREAD_MS = 3000;
/** Where the server gave no answer, ms: a closed hall has all night. */
const AGAIN_MS = 20000;

export class Openings {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.api = createApi();
    /** The next opening by service, ISO 8601. @type {Object<string, string>} */
    this.times = {};
    this.closed = "";
    this.stopped = false;
  }

  /** @param {Object<string, any>} services of the topic `zone:ID` */
  see(services) {
    const closed = Object.keys(services)
      .filter((id) => services[id].status === "closed")
      .sort()
      .join(" ");
    if (closed === this.closed) return;
    this.closed = closed;
    clearTimeout(this.timer);
    if (closed) this.timer = setTimeout(() => this._ask(), Math.random() * SPREAD_MS);
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  async _ask() {
    /** @type {Object<string, string>} */
    const times = {};
    try {
      const { items } = await this.api.get("/services?limit=200");
      for (const service of items) if (service.opens_at) times[service.id] = service.opens_at;
    } catch (error) {
      // Until then the strip says that they are closed, which is right too.
      if (!this.stopped) this.timer = setTimeout(() => this._ask(), AGAIN_MS);
      return;
    }
    if (this.stopped) return;
    this.times = times;
    this.onChange();
  }
}
