// @ts-check
// When a page is loaded anew: when the server has newer pages, once a night, and when it was asked
// to. Only while the server answers, so that no hall goes blank, and never amid a call.
import { ask } from "../../clients/lib/ask.js";

/** Displays that came back together ask for the version within this time, ms. */
const VERSION_SPREAD_MS = 5000;
/** The hour of the night, by the server's clock. A browser that runs for weeks gathers dust. */
const NIGHT = "03";
/** Not again in the same night, ms. */
const YOUNG_MS = 2 * 3600 * 1000;
const LOOK_MS = 60000;
/** In how many looks of that hour a page takes its turn, on average: a hall's TVs go one by one. */
const NIGHT_LOOKS = 10;
/** Until it can be done, ms. */
const AGAIN_MS = 5000;
/** An answer that has not come by then is not waited for, ms. */
const PATIENCE_MS = 4000;

export class Renewal {
  /**
   * @param {string} version of the page
   * @param {() => boolean} isIdle nothing is announced or said
   * @param {() => string} iso the server's time; "" before it was told
   */
  constructor(version, isIdle, iso) {
    this.version = version;
    this.isIdle = isIdle;
    this.iso = iso;
    this.greeted = false;
    setInterval(() => this._look(), LOOK_MS);
  }

  /** A server said hello: after a restart it may be a newer one. */
  hello() {
    if (this.greeted) setTimeout(() => this._askVersion(), Math.random() * VERSION_SPREAD_MS);
    this.greeted = true;
  }

  /** As soon as nothing is announced, and the server has the page. */
  async reload() {
    clearTimeout(this.timer);
    if (this.isIdle() && (await isServed())) location.reload();
    else this.timer = setTimeout(() => this.reload(), AGAIN_MS);
  }

  async _askVersion() {
    try {
      const answer = await ask("/api/v1/site", PATIENCE_MS);
      const { version } = JSON.parse(answer.responseText);
      if (version !== this.version) this.reload();
    } catch (error) {
      // It went again; the next return asks again.
    }
  }

  _look() {
    const isNight = this.iso().slice(11, 13) === NIGHT && performance.now() > YOUNG_MS;
    if (isNight && Math.random() * NIGHT_LOOKS < 1) this.reload();
  }
}

async function isServed() {
  try {
    return (await ask(location.href, PATIENCE_MS)).status === 200;
  } catch (error) {
    return false;
  }
}
