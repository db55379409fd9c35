// @ts-check
/**
 * The one socket of a screen. Keeps its topics up to date through every drop, and says when they
 * are not: `data-connection` of the html element is `connecting`, `live` or `stale`.
 *
 * First load, reconnect, a server's restart and a tab that wakes all take the same way: connect,
 * subscribe from where one stands, take what was missed or a snapshot.
 */
import { ask } from "./ask.js";
import { barred, CAP_MS, SIGNED_OUT, wait } from "./backoff.js";
import { Clock } from "./clock.js";
import { question, Topics } from "./topics.js";

/** An attempt that has not said hello by then is dropped: a proxy may hold it for minutes, ms. */
const HELLO_MS = 2000;
/** From so many attempts without hello in a row on it is asked first whether the server is there:
    browsers hold a socket back, by up to 5 s, that comes after many which failed. */
const KNOCK_AFTER = 10;
/** A gateway may let sockets through and nothing else: one without a question each, ms. */
const TRUST_MS = 60000;
/** How often the connection is looked at, ms. */
const LOOK_MS = 500;
/** After this long without any frame one asks for a sign of life, ms; and … */
const QUIET_MS = 3000;
/** … after this long without one the line is dead, ms. Together with two looks that is 9 s: a
    screen must say within 10 s of silence that it is stale. */
const DEAD_MS = 5000;
/** A tab that wakes finds out sooner, ms. */
const WAKE_MS = 2000;
/** A drop shorter than this is not told, so that a restart of the server does not blink, ms. */
const GRACE_MS = 3000;
/** A connection that held this long was a good one: the waits begin anew, ms. */
const STEADY_MS = 5000;
/** Refusals of a topic that say "not now"; all others are for good. */
const FOR_NOW = ["rate_limited", "storage_unavailable", "internal"];
/** A screen whose states come by another way than the socket is live this long after each, ms. */
const OFFERED_MS = 5000;
const TRY_AGAIN_LATER = 1013;
/** Not a close code: this side gave the line up. */
const GAVE_UP = 0;

/** @typedef {"connecting" | "live" | "stale"} Status */
/** @typedef {{seq: number, type: string, at: string, data: Object<string, any>}} Happened */
/**
 * @typedef {object} Listener
 * @property {import("./topics.js").Topic[]} [topics]
 * @property {string | null} [token] a bearer, sent as the first message; else the cookie counts
 * @property {(topic: string, state: any, event: Happened | null, seq: number) => void} [onState]
 *   called for every frame, in order; the event is null for a snapshot
 * @property {(status: Status) => void} [onStatus] called when it changes
 * @property {() => void} [onSignedOut] the credential ended; nothing is tried until `restart`
 * @property {(topic: string | null, code: string, detail: string) => void} [onError] a topic was
 *   refused, such as `forbidden` or `unknown_topic`; it is not asked for again
 * @property {(frame: any) => void} [onMessage] any other frame that is of no topic: `hello`,
 *   `authenticated`, and what a server tells a device
 * @property {() => void} [onLost] a connection that had said hello is gone, at that moment
 * @property {number} [capMs] the longest wait between attempts; 1,500 on displays
 * @property {string} [url]
 */

/** @param {Listener} listener */
export function connect(listener) {
  return new Live(listener);
}

export class Live {
  /** @param {Listener} listener */
  constructor(listener) {
    this._listener = listener;
    this._token = listener.token || null;
    this._topics = new Topics();
    this._clock = new Clock();
    /** @type {WebSocket | null} */
    this._socket = null;
    this._ended = false;
    this._failures = 0;
    /** Attempts in a row that no hello came of. */
    this.unheard = 0;
    this._offeredAt = 0;
    /** Of the question whether the server is there, until it is answered. @type {Object | null} */
    this._knocking = null;
    // Moments of performance.now(), 0 for "not": when the attempt began, said hello, was complete.
    this._startedAt = 0;
    this._openedAt = 0;
    this._readyAt = 0;
    // The last frame of all, the last ping, the last moment when all was well, and since when not.
    this._heardAt = 0;
    this._pingedAt = 0;
    this._goodAt = 0;
    this._lostAt = performance.now();
    this._deadAfter = DEAD_MS;
    this._nextAt = 0;
    this._barredUntil = 0;
    this._wake = () => this._onWake();
    /** @type {Status | ""} */
    this._status = "";
    for (const topic of listener.topics || []) this._topics.add(topic);
    this._tell("connecting");
    for (const [target, type] of WAKERS) target.addEventListener(type, this._wake);
    this._timer = setInterval(() => this._look(), LOOK_MS);
    this._open();
  }

  /** @returns {Status} */
  get status() {
    return this._status || "connecting";
  }

  /**
   * The state of a topic: undefined before its first snapshot, the last known one when stale.
   * @param {string} topic
   */
  state(topic) {
    return this._topics.state(topic);
  }

  /** @param {import("./topics.js").Topic} topic */
  subscribe(topic) {
    const added = this._topics.add(topic);
    if (this._openedAt) this._send(question(added));
    this._evaluate();
  }

  /** @param {string} topic */
  unsubscribe(topic) {
    if (this._topics.remove(topic) && this._openedAt) this._send({ op: "unsubscribe", topic });
    this._evaluate();
  }

  /**
   * Says something to the server beside its topics.
   * @param {Object<string, any>} message
   * @returns {boolean} false: there is no connection that has said hello; nothing is kept
   */
  send(message) {
    const socket = this._socket;
    if (!this._openedAt || !socket || socket.readyState !== WebSocket.OPEN) return false;
    this._send(message);
    return true;
  }

  /**
   * Takes a snapshot that came by another way, where sockets are blocked: as long as such come, the
   * screen is live.
   * @param {import("./state.js").Frame} snapshot
   */
  offer(snapshot) {
    if (this._openedAt) return;
    this._heardAt = performance.now();
    this._offeredAt = this._heardAt;
    this._onFrame(snapshot);
    this._evaluate();
  }

  /**
   * The server's time came by another way than the socket.
   * @param {string} at as on the wire
   * @param {number} asked when it was asked for, by performance.now()
   */
  learn(at, asked) {
    this._clock.learn(at, asked, performance.now());
  }

  /** The states come by another way than the socket. */
  get isOffered() {
    return !this._openedAt && this._offeredAt > 0 && performance.now() - this._offeredAt < OFFERED_MS;
  }

  /** The server's time, ms since 1970; this machine's own before the first hello. */
  serverNow() {
    return this._clock.now();
  }

  /** The same as a wire time with the site's offset, for the formats of time.js. */
  serverIso() {
    return this._clock.iso();
  }

  /** Until when the states are known to be right, as a wire time; "" before the first. */
  lastIso() {
    return this._goodAt ? this._clock.isoOf(this._goodAt) : "";
  }

  /**
   * After signing in again, or with another token.
   * @param {string | null} [token]
   */
  restart(token) {
    if (token !== undefined) this._token = token;
    this._ended = false;
    this._failures = 0;
    this._barredUntil = 0;
    this._drop();
    this._open();
  }

  /** Ends it: nothing is tried again. */
  close() {
    this._ended = true;
    clearInterval(this._timer);
    this._timer = 0;
    clearTimeout(this._attempt);
    for (const [target, type] of WAKERS) target.removeEventListener(type, this._wake);
    this._drop();
  }

  _open() {
    this._startedAt = performance.now();
    const socket = new WebSocket(this._listener.url || ownAddress());
    this._socket = socket;
    socket.onmessage = (message) => this._onMessage(message.data);
    socket.onclose = (closing) => this._onClose(closing.code);
  }

  /** Lets go of the socket, without waiting for a close that a dead line never brings. */
  _drop() {
    const socket = this._socket;
    const wasOpen = this._openedAt > 0;
    this._socket = null;
    this._knocking = null;
    this._openedAt = 0;
    this._readyAt = 0;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    if (wasOpen && this._listener.onLost) this._listener.onLost();
  }

  /** @param {number} code */
  _onClose(code) {
    const now = performance.now();
    const steady = this._readyAt > 0 && now - this._readyAt > STEADY_MS;
    const failures = steady ? 0 : this._failures;
    this._failures = failures + 1;
    this.unheard = this._openedAt ? 0 : this.unheard + 1;
    this._drop();
    if (code === SIGNED_OUT) {
      this._ended = true;
      this._evaluate();
      if (this._listener.onSignedOut) this._listener.onSignedOut();
      return;
    }
    this._barredUntil = now + barred(code);
    const cap = this._listener.capMs || CAP_MS;
    this._nextAt = this._barredUntil + wait(failures, cap, Math.random());
    clearTimeout(this._attempt);
    // The first wait is shorter than a look. One more ms, as timers may come a little early.
    this._attempt = setTimeout(() => this._look(), this._nextAt - now + 1);
    this._evaluate();
  }

  /** Looks whether it is time for a ping, a new attempt, or to give one up. */
  _look() {
    if (this._ended) return;
    const now = performance.now();
    if (this._clock.slept()) this._onWake();
    else if (!this._socket) this._openWhenDue(now);
    else if (!this._openedAt) this._giveUpAfter(HELLO_MS, this._startedAt);
    else if (this._pingedAt > this._heardAt) this._giveUpAfter(this._deadAfter, this._pingedAt);
    else if (now - this._heardAt > QUIET_MS) this._ping(DEAD_MS);
    this._evaluate();
  }

  /** @param {number} now */
  _openWhenDue(now) {
    if (this._knocking || now < this._nextAt) return;
    if (this.unheard < KNOCK_AFTER || now - this._startedAt > TRUST_MS) this._open();
    else this._knock();
  }

  /** An attempt that costs no socket where nobody is there. */
  async _knock() {
    const knocking = {};
    this._knocking = knocking;
    const isThere = await ask("/healthz", HELLO_MS).then(({ status }) => status < 500, () => false);
    if (this._knocking !== knocking) return;
    this._knocking = null;
    if (isThere) this._open();
    else this._onClose(GAVE_UP);
  }

  /** @param {number} patience ms @param {number} since */
  _giveUpAfter(patience, since) {
    if (performance.now() - since > patience) this._onClose(GAVE_UP);
  }

  /** The tab is seen again, the network is back, the machine woke: find out at once. */
  _onWake() {
    if (this._ended || document.hidden) return;
    const now = performance.now();
    if (this._openedAt) {
      this._ping(WAKE_MS);
    } else if (!this._socket && now >= this._barredUntil) {
      this._nextAt = now;
      this._openWhenDue(now);
    }
  }

  /** @param {number} deadAfter ms */
  _ping(deadAfter) {
    this._pingedAt = performance.now();
    this._deadAfter = deadAfter;
    this._send({ op: "ping" });
  }

  /** @param {Object<string, any>} message */
  _send(message) {
    const socket = this._socket;
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  /** @param {string} text */
  _onMessage(text) {
    const frame = JSON.parse(text);
    this._heardAt = performance.now();
    if (frame.op === "hello") this._onHello(frame);
    else if (frame.op === "pong") this._clock.learn(frame.at, this._pingedAt, this._heardAt);
    else if (frame.op === "error") this._onError(frame);
    else if (frame.topic) this._onFrame(frame);
    if (!frame.topic && frame.op !== "pong" && this._listener.onMessage) this._listener.onMessage(frame);
    this._evaluate();
  }

  /** @param {any} frame */
  _onHello(frame) {
    this._openedAt = this._heardAt;
    this._clock.learn(frame.at, this._heardAt, this._heardAt);
    if (this._token) this._send({ op: "auth", token: this._token });
    for (const known of this._topics.lost()) this._send(question(known));
  }

  /** @param {any} frame */
  _onFrame(frame) {
    const taken = this._topics.take(frame);
    if (!taken) return;
    // A hole, which the server promises not to make: never draw what may be wrong.
    if (taken.hole) return this._send(question(taken.known));
    const view = taken.known.view;
    if (!taken.news || !view || !this._listener.onState) return;
    this._listener.onState(frame.topic, view.state, frame.op === "event" ? frame : null, view.seq);
  }

  /** @param {any} frame */
  _onError(frame) {
    if (FOR_NOW.indexOf(frame.code) >= 0) return this._onClose(TRY_AGAIN_LATER);
    const topic = frame.topic || null;
    if (topic) this._topics.remove(topic);
    if (this._listener.onError) this._listener.onError(topic, frame.code, frame.detail || "");
  }

  /** Tells the status where it changed. */
  _evaluate() {
    if (!this._timer) return; // closed, as by whoever was just told something
    const now = performance.now();
    const isAnswered = this._openedAt > 0 && this._topics.allAnswered;
    if (isAnswered && !this._readyAt) this._readyAt = now;
    const ready = isAnswered || this.isOffered;
    // Nobody sees a hidden tab, and its timers come so seldom that it would blink.
    const silent = now - this._heardAt > QUIET_MS + DEAD_MS + LOOK_MS && !document.hidden;
    if (ready && !silent) {
      this._goodAt = this._heardAt;
      this._lostAt = 0;
      this._tell("live");
    } else {
      if (!this._lostAt) this._lostAt = ready || this._isSilent(now) ? this._goodAt : now;
      const grace = this._goodAt ? GRACE_MS : QUIET_MS + DEAD_MS;
      if (this._ended || now - this._lostAt > grace) this._tell("stale");
    }
  }

  /** Whether the line was given up for silence: then all of it counts, not only from now. @param {number} now */
  _isSilent(now) {
    return now - this._goodAt > WAKE_MS + QUIET_MS;
  }

  /** @param {Status} status */
  _tell(status) {
    if (this._status === status) return;
    this._status = status;
    document.documentElement.setAttribute("data-connection", status);
    if (this._listener.onStatus) this._listener.onStatus(status);
  }
}

/** What says that a screen is looked at again. @type {[EventTarget, string][]} */
const WAKERS = [[document, "visibilitychange"], [window, "pageshow"], [window, "online"]];

function ownAddress() {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
}
