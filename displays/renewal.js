// @ts-check
// When a page is loaded anew: when the server has newer pages, once a night, and when it was asked
// to. Only while the server answers, so that no hall goes blank, and never amid a call.
import { ask } from "../clients/lib/ask.js";

/** Displays that came back together ask for the page within this time, ms. */
const SPREAD_MS = 5000;
/** The hour of the night, by the server's clock. A browser that runs for weeks gathers dust. */
const NIGHT = "03";
/** Not again in the same night, ms. */
const YOUNG_MS = 2 * 3600 * 1000;
const LOOK_MS = 60000;
/** In how many looks of that hour a page takes its turn, on average: a hall's TVs go one by one. */
const NIGHT_LOOKS = 10;
/** In the tab's storage: for which page it was loaded anew last. */
const KEY = "antrean-renewed";
/** Until it can be done, ms. */
const AGAIN_MS = 5000;
/** An answer that has not come by then is not waited for, ms. */
const PATIENCE_MS = 4000;

export class Renewal {
  /**
   * @param {string} script the page's first one: its address is another when any part of the page is
   * @param {() => boolean} isIdle nothing is announced or said
   * @param {() => string} iso the server's time; "" before it was told
   */
  constructor(script, isIdle, iso) {
    this.script = script;
    this.isIdle = isIdle;
    this.iso = iso;
    this.greeted = false;
    this.isLeaving = false;
    setInterval(() => this._look(), LOOK_MS);
  }

  /** A server said hello: after a restart it may be a newer one, and a page that was kept an older. */
  hello() {
    const isFirst = !this.greeted;
    this.greeted = true;
    setTimeout(() => this._askForPage(isFirst), Math.random() * SPREAD_MS);
  }

  /** As soon as nothing is announced, and the server has the page. */
  reload() {
    if (this.isLeaving) return; // a second one would break off the first
    this.isLeaving = true;
    this._leave();
  }

  async _leave() {
    // Idle last: a call may come while the server is asked.
    if ((await isServed()) && this.isIdle()) location.reload();
    else setTimeout(() => this._leave(), AGAIN_MS);
  }

  /** @param {boolean} isFirst the page has just been loaded */
  async _askForPage(isFirst) {
    try {
      const { responseText } = await ask(location.href, PATIENCE_MS);
      const script = firstScript(new DOMParser().parseFromString(responseText, "text/html"));
      // A gateway's own page is no answer of ours.
      const isAnother = script.indexOf("/assets/") === 0 && script !== this.script;
      // Where an old page comes whatever one does, that is no reason to load it again and again.
      if (isAnother && !(isFirst && wasLoadedFor(script))) this.reload();
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

/** Whether that page was the reason to load anew before; remembers that it is. @param {string} script its first */
function wasLoadedFor(script) {
  try {
    const before = sessionStorage.getItem(KEY);
    sessionStorage.setItem(KEY, script);
    return before === script;
  } catch (error) {
    return true;
  }
}

/** @param {Document} page */
export function firstScript(page) {
  const script = page.querySelector("script[type=module]");
  return (script && script.getAttribute("src")) || "";
}
