// @ts-check
/**
 * The ticket kiosk: one screen after the other, and back to the start by itself.
 *
 * Screens are built when they are entered and then only updated, so that a press or the focus
 * survives news from the server. What they need of the rest they get from the `App`.
 */
import "./adopt.js";
import { byId, setAttr } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { parseScan } from "../lib/scan.js";
import { languageSwitch, loadWords, onLanguage, setLanguage, t } from "../lib/words.js";
import { answerScreen } from "./answer.js";
import { awayScreen } from "./away.js";
import { checkInScreen } from "./check-in.js";
import { checkIn } from "./checking.js";
import { Countdown, NUMBER_MS } from "./clock.js";
import { signIn } from "./credential.js";
import { forgetDevice, keepDevice } from "./device.js";
import { Foot, resetComfort } from "./foot.js";
import { Idle } from "./idle.js";
import { clockAndDay } from "./moment.js";
import { numberScreen } from "./number.js";
import { priorityScreen } from "./priority.js";
import { servicesScreen } from "./services.js";
import { setupScreen, tokenOf } from "./setup.js";
import { startScreen } from "./start.js";
import { listenForScans } from "./wedge.js";

/**
 * @typedef {{
 *   node: HTMLElement, now?: boolean, countdown?: boolean, extra?: HTMLElement,
 *   back?: {name: string} & Object<string, any>, update?: () => void,
 *   shown?: (anew: boolean) => void, stays?: () => boolean,
 * }} Screen `now`: on yellow; `countdown`: back to the start after a told time; `extra`: a key of
 *   its own in the lowest row; `back`: the step that the key for it leads to; `shown`: it is in the
 *   page now, `anew` or in another language;
 *   `stays`: also without the server
 */

/** @type {Object<string, (app: App, step: any) => Screen>} */
const SCREENS = {
  start: startScreen,
  services: servicesScreen,
  priority: priorityScreen,
  number: numberScreen,
  "check-in": checkInScreen,
  answer: answerScreen,
  away: awayScreen,
  setup: setupScreen,
};

/** After this long without the server the kiosk looks again whether it is back. */
const RETRY_MS = 3000;

/**
 * @typedef {{name: import("./model.js").Name, date: string,
 *   classes: import("./model.js").PriorityClass[],
 *   zones: {id: string, name: import("./model.js").Name}[]}} Site
 */

export class App {
  constructor() {
    this._main = byId("main");
    this._foot = new Foot(byId("foot"), { onBack: () => this._back(), onDone: () => this.home() });
    this._idle = new Idle(byId("still-there"), { isAway: () => this._isHome(), onEnd: () => this.home() });
    this._leave = new Countdown({
      ms: NUMBER_MS,
      onTick: (seconds) => this._foot.tell(t("Kembali ke awal dalam {seconds} detik", { seconds })),
      onEnd: () => this.home(),
    });
    /** @type {{name: string} & Object<string, any>} */
    this._step = { name: "loading" };
    /** @type {Screen | null} */
    this._screen = null;
    this._checking = false;
    /** @type {import("../lib/live.js").Live | null} */
    this._line = null;
    /** @type {import("../lib/api.js").Api} */
    this.api = /** @type {any} */ (null);
    this.channel = "kiosk";
    /** @type {string} */
    this.connection = "connecting";
    /** @type {Object<string, import("./model.js").Service>} */
    this.services = {};
    /** @type {import("./model.js").Agency[]} */
    this.agencies = [];
    /** @type {Site} */
    this.site = { name: "", date: "", classes: [], zones: [] };
    /** @type {Map<string, string>} services whose numbers are gone, with the date of that */
    this._exhausted = new Map();
  }

  /** Signs in, learns the site and connects; tries again for as long as the server is away. */
  async start() {
    const credential = await signIn();
    if (credential.kind === "away") {
      this._setConnection("stale");
      setTimeout(() => void this.start(), RETRY_MS);
      return;
    }
    if (credential.kind === "unknown") {
      if (credential.problem) forgetDevice();
      this._disconnect();
      this.go({ name: "setup", problem: credential.problem });
      return;
    }
    this.api = credential.api;
    this.channel = credential.channel;
    try {
      await this._learn();
    } catch {
      setTimeout(() => void this.start(), RETRY_MS);
      return;
    }
    this._connect(credential.token);
  }

  async _learn() {
    const [site, agencies] = await Promise.all([
      this.api.get("/site"), this.api.get("/agencies?limit=200"),
    ]);
    this.site = site;
    this.agencies = agencies.items;
  }

  /** @param {string | null} token */
  _connect(token) {
    this._disconnect();
    this._line = connect({
      topics: ["services"],
      token,
      onState: (topic, state) => this._receive(state.services || {}),
      onStatus: (status) => this._setConnection(status),
      onSignedOut: () => this.signedOut(),
    });
  }

  _disconnect() {
    if (this._line) this._line.close();
    this._line = null;
  }

  /** @param {Object<string, import("./model.js").Service>} services */
  _receive(services) {
    this.services = services;
    if (this._step.name === "loading" || this._step.name === "away" || this._step.name === "setup") {
      this.go({ name: "start" });
    } else if (this._screen && this._screen.update) this._screen.update();
  }

  /** @param {string} status */
  _setConnection(status) {
    const before = this.connection;
    this.connection = status;
    if (status === before) return;
    if (status === "stale" && !this._screenStays()) this.go({ name: "away" });
    if (status !== "live") return;
    this.tick();
    if (this._step.name === "away" && Object.keys(this.services).length > 0) this.go({ name: "start" });
  }

  /** Without the server one can still read a number, wait for one's answer, or set up. */
  _screenStays() {
    const screen = this._screen;
    return this._checking || ["number", "answer", "setup"].includes(this._step.name)
      || Boolean(screen && screen.stays && screen.stays());
  }

  /** The token or the session ended. */
  signedOut() {
    this._disconnect();
    void this.start();
  }

  /** @param {string} token a device token that was typed or scanned */
  async adopt(token) {
    keepDevice(token);
    await this.start();
  }

  /** Until when all was known, as a wire time; "" before the first connection. */
  get lastLive() {
    return this._line ? this._line.lastIso() : "";
  }

  /** The calendar date at the site, which hours and openings are told by. */
  today() {
    return this._line ? this._line.serverIso().slice(0, 10) : this.site.date;
  }

  /** @param {string} service */
  markExhausted(service) {
    this._exhausted.set(service, this.today());
  }

  /** @param {string} service */
  isExhausted(service) {
    return this._exhausted.get(service) === this.today();
  }

  /**
   * Goes to a step; nothing of the one before stays.
   * @param {{name: string} & Object<string, any>} step
   */
  go(step) {
    this._leave.stop();
    this._step = step;
    this._draw();
    const heading = /** @type {HTMLElement | null} */ (this._main.querySelector("h1"));
    if (heading) heading.focus({ preventScroll: true });
    this._main.scrollTop = 0;
    const screen = /** @type {Screen} */ (this._screen);
    if (screen.shown) screen.shown(true);
    if (screen.countdown) this._leave.start();
    this._idle.touch();
  }

  _draw() {
    const screen = SCREENS[this._step.name](this, this._step);
    this._screen = screen;
    byId("kiosk").dataset.step = this._step.name;
    byId("body").dataset.theme = screen.now ? "now" : "light";
    this._main.replaceChildren(screen.node);
    // What has nothing to press must be scrolled by keys too.
    setAttr(this._main, "tabindex", screen.countdown ? 0 : null);
    this._foot.draw(screen.countdown ? "done" : screen.back ? "back" : "clock", screen.extra);
    this.tick();
    byId("foot").hidden = this._step.name === "away";
  }

  /** In the other language; what was typed is lost, what was chosen is not. */
  redraw() {
    // A screen that waits for an answer keeps its words: drawn anew, it would not know the answer.
    if (!this._screen || (this._screen.stays && this._screen.stays())) return;
    this._draw();
    const screen = /** @type {Screen} */ (this._screen);
    if (screen.shown) screen.shown(false);
  }

  /** @param {Screen} screen */
  isShowing(screen) {
    return this._screen === screen;
  }

  /** @param {string} service a service that was chosen */
  pick(service) {
    if (this.connection === "stale") return;
    this.go({ name: "priority", service });
  }

  _back() {
    const screen = this._screen;
    if (screen && screen.back) this.go(screen.back);
  }

  home() {
    resetComfort();
    setLanguage(ownLanguage, { remember: false });
    if (this.connection === "stale") this.go({ name: "away" });
    else if (this._line === null) void this.start();
    else this.go({ name: "start" });
  }

  _isHome() {
    return ["start", "away", "setup", "loading", "number", "answer"].includes(this._step.name);
  }

  /** Something that a person may still be using must not end by itself. @param {boolean} on */
  hold(on) {
    this._idle.hold(on);
  }

  /** @param {import("../lib/scan.js").Scan} scan */
  async scanned(scan) {
    if (this._checking || this.api === null || this._line === null) return;
    this._checking = true;
    this.hold(true);
    const answer = await checkIn(this.api, scan);
    this._checking = false;
    this.hold(false);
    if (answer.kind === "signed_out") this.signedOut();
    else this.go({ name: "answer", answer });
  }

  /** @param {string} text that a scanner typed while no field had the focus */
  heard(text) {
    if (this._step.name === "setup") {
      void this.adopt(tokenOf(text));
      return;
    }
    const scan = parseScan(text);
    if (scan) void this.scanned(scan);
    else if (this._line !== null) this.go({ name: "answer", answer: { kind: "wrong" } });
  }

  /** Any touch: somebody is there. */
  touched() {
    this._idle.touch();
    if (this._leave.running) this._leave.start();
  }

  tick() {
    this._foot.time(this._line && this.connection === "live" ? clockAndDay(this._line.serverIso()) : "");
  }
}

/** The kiosk's own language, to which it returns after each person. */
const ownLanguage = document.documentElement.lang;

/** How often the clock is looked at. */
const CLOCK_MS = 1000;

async function main() {
  await loadWords();
  const app = new App();
  byId("languages").append(languageSwitch({ remember: false }));
  onLanguage(() => app.redraw());
  listenForScans((text) => app.heard(text));
  for (const type of ["pointerdown", "keydown"]) {
    document.addEventListener(type, () => app.touched(), true);
  }
  setInterval(() => app.tick(), CLOCK_MS);
  await app.start();
}

void main();
