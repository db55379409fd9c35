// @ts-check
// A hall display: /display?zone=ID, with ?layout=counters, ?theme=dark and ?lang=en as wanted.
import { byId, pageFacts, setAttr, soon } from "../clients/lib/dom.js";
import { connect } from "../clients/lib/live.js";
import { language, loadWords, name, otherLanguage, setLanguage } from "../clients/lib/words.js";
import { Announcer } from "./announcer.js";
import { CallView } from "./call-view.js";
import { choose } from "./choose.js";
import { CountersView } from "./counters-view.js";
import { Frame } from "./frame.js";
import { Glow } from "./glow.js";
import { Openings } from "./openings.js";

/** A display tries to come back at least this often, ms. */
const RECONNECT_MS = 2000;
/** Words are waited for this long: a hall without English is better than none, ms. */
const WORDS_MS = 3000;
/** Displays that came back together ask for the version within this time, ms. */
const VERSION_SPREAD_MS = 5000;
const SECOND_MS = 1000;

class Hall {
  /**
   * @param {HTMLElement} root
   * @param {Object<string, any>} facts of the page
   * @param {URLSearchParams} query
   */
  constructor(root, facts, query) {
    this.root = root;
    this.facts = facts;
    this.zone = query.get("zone") || "";
    const languages = facts.languages && facts.languages.length > 1;
    const spoken = languages ? [language(), otherLanguage()] : [language()];
    const own = facts.zones.find((zone) => zone.id === this.zone);
    this.frame = new Frame(root, name(facts.site.name), own ? name(own.name) : "", spoken);
    this.counters = query.get("layout") === "counters";
    const View = this.counters ? CountersView : CallView;
    setAttr(root, "data-layout", this.counters ? "counters" : "call");
    /** @type {any} */
    this.view = new View(this.frame.main, this.frame.ruler);
    this.openings = new Openings(() => this.redraw());
    this.redraw = soon(() => this._draw());
    this.refit = soon(() => this._fit());
    /** @type {any} the state of the topic; null before the first */
    this.state = null;
    this.seq = 0;
    this._forget();
  }

  start() {
    this.live = connect({
      topics: [`zone:${this.zone}`],
      capMs: RECONNECT_MS,
      onState: (topic, state, event, seq) => this._onState(state, seq),
      onStatus: () => this._onStatus(),
      onError: (topic, code) => this._onError(code),
    });
    this._onStatus();
    this.clock = setInterval(() => this.frame.tick(this._time()), SECOND_MS);
    addEventListener("resize", this.refit);
    document.fonts.ready.then(this.refit);
    document.fonts.addEventListener("loadingdone", this.refit);
  }

  /** Nothing is known of calls, as in a browser that was just opened. */
  _forget() {
    this.announcer = new Announcer();
    this.glow = new Glow();
  }

  /** @param {any} state @param {number} seq */
  _onState(state, seq) {
    // A journal that is shorter than what was shown: the server's data were restored.
    if (seq < this.seq) this._forget();
    this.seq = seq;
    this.state = state;
    this.announcer.see(state.calls, this.live.serverNow(), performance.now());
    this.glow.see(state.calls, this.live.serverNow(), performance.now());
    this.openings.see(state.services);
    this.redraw();
  }

  _onStatus() {
    // Called once before `connect` has returned.
    if (!this.live) return;
    const { status } = this.live;
    this.announcer.freeze(status !== "live", this.live.serverNow(), performance.now());
    if (status === "live" && this.wasStale) this._askVersion();
    this.wasStale = status === "stale";
    this.frame.connection(this.live);
    this.frame.tick(this._time());
    this.redraw();
  }

  /** A newer server has newer pages. Asked only of one that is there, so that no hall goes blank. */
  _askVersion() {
    setTimeout(async () => {
      try {
        const answer = await fetch("/api/v1/site", { cache: "no-store" });
        const { version } = await answer.json();
        if (version !== this.facts.version) location.reload();
      } catch (error) {
        // It went again; the next return asks again.
      }
    }, Math.random() * VERSION_SPREAD_MS);
  }

  /** @param {string} code */
  _onError(code) {
    if (code !== "unknown_topic" && code !== "invalid") return;
    this.live.close();
    clearInterval(this.clock);
    removeEventListener("resize", this.refit);
    choose(this.root, name(this.facts.site.name), this.facts.zones, this.zone);
  }

  /** The server's time; "" before it was told. */
  _time() {
    return this.live.lastIso() ? this.live.serverIso() : "";
  }

  _draw() {
    if (!this.state) return;
    const now = performance.now();
    const stale = this.live.status === "stale";
    this.announcer.tick(now);
    this.frame.draw(this.state, this.openings.times, this._time());
    const left = this.counters ? this.glow.left(now) : this.announcer.left(now);
    if (this.counters) this.view.draw(this.state, this.glow.numbers(now), stale);
    else this.view.draw(this.state, this.announcer.shown(), stale);
    clearTimeout(this.turn);
    // One ms more, as timers may come a little early.
    if (left !== null) this.turn = setTimeout(() => this._draw(), left + 1);
  }

  _fit() {
    if (!this.state) return;
    this.frame.fit();
    this.view.fit();
  }
}

async function start() {
  const query = new URLSearchParams(location.search);
  const root = byId("hall");
  const facts = pageFacts();
  if (query.get("theme") === "dark") setAttr(document.documentElement, "data-theme", "dark");
  setLanguage(query.get("lang") === "en" ? "en" : "id", { remember: false });
  await Promise.race([loadWords(), new Promise((resolve) => setTimeout(resolve, WORDS_MS))]);
  if (query.get("zone")) new Hall(root, facts, query).start();
  else choose(root, name(facts.site.name), facts.zones, null);
}

start();
