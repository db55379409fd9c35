// @ts-check
// Where WebSocket is blocked, by a proxy or a TV's own settings: the board is asked for instead,
// until a socket says hello. Such a display shows; it does not speak or report.
import { ask } from "../clients/lib/ask.js";

/** So many attempts without hello in a row, and sockets count as blocked. */
const BLOCKED_AFTER = 3;
const EVERY_MS = 2000;
/** An answer that has not come by then is not waited for, ms. */
const PATIENCE_MS = 4000;
/** How old the server's time may get, ms. */
const TIME_MS = 60000;

export class Polling {
  /**
   * @param {import("../clients/lib/live.js").Live} live
   * @param {() => string} zone the one to ask for; "" for none
   * @param {() => void} onChange states begin or cease to come this way
   */
  constructor(live, zone, onChange) {
    this.live = live;
    this.zone = zone;
    this.onChange = onChange;
    this.timedAt = -TIME_MS;
    this.was = false;
    this.timer = setTimeout(() => this._look(), EVERY_MS);
  }

  stop() {
    clearTimeout(this.timer);
  }

  async _look() {
    const zone = this.zone();
    if (zone && this.live.unheard >= BLOCKED_AFTER) {
      try {
        await this._ask(zone);
      } catch (error) {
        // The server is not there either: the screen says so by itself.
      }
    }
    if (this.live.isOffered !== this.was) this.onChange();
    this.was = this.live.isOffered;
    this.timer = setTimeout(() => this._look(), EVERY_MS);
  }

  /** @param {string} zone */
  async _ask(zone) {
    const asked = performance.now();
    if (asked - this.timedAt >= TIME_MS) {
      const { at } = await answer("/api/v1/site");
      this.live.learn(at, asked);
      this.timedAt = asked;
    }
    const found = await answer(`/api/v1/zones/${encodeURIComponent(zone)}`);
    if (zone !== this.zone()) return;
    const { epoch, offset, seq, state } = found;
    this.live.offer({ op: "snapshot", topic: `zone:${zone}`, epoch, offset, seq, state });
  }
}

/** @param {string} address */
async function answer(address) {
  const found = await ask(address, PATIENCE_MS);
  if (found.status !== 200) throw new Error(`${address}: ${found.status}`);
  return JSON.parse(found.responseText);
}
