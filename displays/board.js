// @ts-check
// The board of one zone: what is drawn, from the states that screen.js hands over.
import { setAttr, soon } from "../clients/lib/dom.js";
import { language } from "../clients/lib/words.js";
import { Announcer } from "./announcer.js";
import { CallView } from "./call-view.js";
import { CounterView } from "./counter-view.js";
import { CountersView } from "./counters-view.js";
import { Frame } from "./frame.js";
import { Languages } from "./languages.js";
import { Media } from "./media.js";
import { MixedView } from "./mixed-view.js";
import { Openings } from "./openings.js";
import { layoutOf } from "./options.js";
import { WaitingView } from "./waiting-view.js";

const SECOND_MS = 1000;
const VIEWS = { call: CallView, counters: CountersView, counter: CounterView, mixed: MixedView, waiting: WaitingView };

/**
 * @typedef {Object} Scene all that a view draws from
 * @property {any} state of the topic `zone:ID`; `calls`, `counters`, `services`, `announcements` are there
 * @property {import("./announcer.js").Shown} shown
 * @property {boolean} stale
 * @property {boolean} speaking the voice comes from this device now
 * @property {import("./options.js").Options} options
 * @property {string} language the first on the screen
 * @property {string} iso the server's time; "" before it was told
 * @property {Object<string, string>} openings next opening by service
 * @property {Object<string, any>} waits of the topic `services`, by id
 */

export class Board {
  /**
   * @param {HTMLElement} root
   * @param {Object<string, any>} facts of the page
   * @param {import("./options.js").Options} options
   * @param {import("../clients/lib/live.js").Live} live
   * @param {() => void} [onDrawn] called after each drawing
   */
  constructor(root, facts, options, live, onDrawn) {
    this.root = root;
    this.facts = facts;
    this.live = live;
    this.onDrawn = onDrawn || (() => {});
    /** @type {any} the state of the topic; null before the first */
    this.state = null;
    this.seq = 0;
    /** @type {Object<string, any>} of the topic `services` */
    this.waits = {};
    this.isSpeaking = false;
    this.day = "";
    this.announcer = new Announcer();
    this.redraw = soon(() => this._draw());
    this.refit = soon(() => this._fit());
    // How much there is room for may be another thing on a screen that was turned.
    this.resized = () => {
      this.redraw();
      this.refit();
    };
    this.openings = new Openings(() => this.redraw());
    this.languages = new Languages(facts.languages || [], () => {
      this.frame.connection(this.live);
      this.redraw();
    });
    this.media = new Media(() => this.redraw());
    setAttr(root, "class", "hall");
    this.languages.choose(options);
    const own = facts.zones.find((zone) => zone.id === options.zone);
    this.frame = new Frame(root, facts.site.name, own ? own.name : "");
    this.apply(options);
    this.clock = setInterval(() => this._tick(), SECOND_MS);
    addEventListener("resize", this.resized);
    // What was drawn while nobody could see it can be read now.
    document.addEventListener("visibilitychange", this.redraw);
    document.fonts.ready.then(this.refit);
    document.fonts.addEventListener("loadingdone", this.refit);
    this.connection();
  }

  /**
   * Draws by other settings from now on; the calls and what plays go on as they were.
   * @param {import("./options.js").Options} options of the same zone
   */
  apply(options) {
    const before = this.options;
    this.options = options;
    const html = document.documentElement;
    setAttr(html, "data-theme", options.theme === "dark" ? "dark" : null);
    setAttr(html, "data-contrast", options.contrast ? "high" : null);
    if (options.margin === null) html.style.removeProperty("--margin");
    else html.style.setProperty("--margin", String(options.margin));
    this.media.setVolume(options.volume);
    this.languages.choose(options);
    if (!before || before.layout !== options.layout) this._lay(options.layout);
    this.refit();
    this.redraw();
  }

  /** Nothing of it goes on; the elements are the next one's to replace. */
  stop() {
    this.state = null;
    clearInterval(this.clock);
    clearTimeout(this.turn);
    this.languages.stop();
    this.openings.stop();
    this.frame.stop();
    this.view.stop();
    this.media.stop();
    removeEventListener("resize", this.resized);
    document.removeEventListener("visibilitychange", this.redraw);
    document.fonts.removeEventListener("loadingdone", this.refit);
  }

  /**
   * Takes the state of the topic `zone:ID`.
   * @param {any} state
   * @param {number} seq
   */
  see(state, seq) {
    // A journal that is shorter than what was shown: the server's data were restored.
    if (seq < this.seq) this.announcer = new Announcer();
    this.seq = seq;
    this.state = Object.assign({ calls: {}, counters: {}, services: {}, announcements: {} }, state);
    const before = this.announcer.announced;
    this.announcer.see(this.state, this.live.serverNow(), performance.now());
    if (this.announcer.announced !== before) this.languages.keep();
    this.openings.see(this.state.services);
    this._duck();
    this._play();
    this.redraw();
  }

  /** Takes the state of the topic `services`, which layout `waiting` shows. @param {any} state */
  seeServices(state) {
    this.waits = state.services || {};
    this.redraw();
  }

  /** The voice comes from this device, or no longer. @param {boolean} on */
  speaking(on) {
    this.isSpeaking = on;
    this._duck();
    this.redraw();
  }

  /** The `seq` of each call that stands on the screen now, if anyone can see it. @returns {number[]} */
  drawn() {
    if (!this.state || document.hidden || this.frame.isCovered) return [];
    const { calls } = this.state;
    return this.view.numbers()
      .filter((number) => calls[number] && calls[number].state === "called")
      .map((number) => calls[number].seq);
  }

  /** The connection is another one than before. */
  connection() {
    const stale = this.live.status !== "live";
    this.announcer.freeze(stale, this.live.serverNow(), performance.now());
    this.frame.connection(this.live);
    this.frame.tick(this._time());
    this._duck();
    // The bar that says so may be higher than what stood there.
    this.refit();
    this.redraw();
  }

  /** @param {string} layout */
  _lay(layout) {
    if (this.view) this.view.stop();
    setAttr(this.root, "data-layout", layoutOf(layout));
    this.view = this.frame.lay((main, ruler) => new VIEWS[layoutOf(layout)](main, ruler, this.media));
    this.view.onTurn = () => this.onDrawn();
  }

  /** The server's time; "" before it was told. */
  _time() {
    return this.live.lastIso() ? this.live.serverIso() : "";
  }

  _tick() {
    const iso = this._time();
    this.frame.tick(iso);
    this._play();
    // What opens tomorrow opens today after midnight, when nothing else happens.
    if (iso.slice(0, 10) !== this.day) this.redraw();
    this.day = iso.slice(0, 10);
  }

  /** What plays gets lower while a voice speaks: this screen's, or another one's of the zone. */
  _duck() {
    const isAnnounced = this.live.status === "live" && this.state && this.state.announcing;
    this.media.duck(this.isSpeaking || Boolean(isAnnounced));
  }

  /** What plays follows from the playlist and the time of day. */
  _play() {
    const playing = this.options.layout === "mixed" && this.state;
    this.media.play(playing ? this.state.playlist || [] : [], this._time());
  }

  _draw() {
    if (!this.state) return;
    const now = performance.now();
    const serverNow = this.live.serverNow();
    this.announcer.tick(serverNow, now);
    const scene = this._scene(serverNow, now);
    this.frame.draw(scene, this.languages.spoken);
    this.view.draw(scene);
    const left = this.announcer.left(serverNow, now);
    clearTimeout(this.turn);
    // One ms more, as timers may come a little early.
    if (left !== null) this.turn = setTimeout(() => this._draw(), left + 1);
    this.onDrawn();
  }

  /** @param {number} serverNow @param {number} now @returns {Scene} */
  _scene(serverNow, now) {
    return {
      state: this.state,
      shown: this.announcer.shown(serverNow, now, this.view.listed),
      stale: this.live.status === "stale",
      speaking: this.isSpeaking,
      options: this.options,
      language: language(),
      iso: this._time(),
      openings: this.openings.times,
      waits: this.waits,
    };
  }

  _fit() {
    if (!this.state) return;
    this.frame.fit();
    this.view.fit();
  }
}
