// @ts-check
// One socket and the board that it feeds.
import { connect } from "../clients/lib/live.js";
import { Board } from "./board.js";
import { Polling } from "./polling.js";
import { firstScript, Renewal } from "./renewal.js";

/** A display tries to come back at least this often, ms. */
const RECONNECT_MS = 1500;
/** What layout `waiting` shows beside the zone: how long one waits. */
const SERVICES = "services";

/**
 * @typedef {Object} ScreenListener all optional
 * @property {(zone: string) => void} [onNoZone] the zone does not exist
 * @property {(status: import("../clients/lib/live.js").Status) => void} [onStatus]
 * @property {(frame: any) => void} [onMessage] a frame that is of no topic
 * @property {() => void} [onLost] the socket is gone
 * @property {() => void} [onSignedOut]
 * @property {() => void} [onDrawn]
 * @property {() => boolean} [isIdle] false: a reload would cut something off
 */

export class Screen {
  /**
   * @param {HTMLElement} root
   * @param {Object<string, any>} facts of the page
   * @param {ScreenListener} listener
   */
  constructor(root, facts, listener) {
    this.root = root;
    this.facts = facts;
    this.listener = listener;
    /** @type {Board|null} */
    this.board = null;
    /** What the board shows. @type {import("./options.js").Options|null} */
    this.options = null;
    /** The server did not know the zone. */
    this.isUnknown = false;
  }

  /** Once. @param {string|null} token */
  connect(token) {
    this.live = connect({
      token,
      capMs: RECONNECT_MS,
      onState: (topic, state, event, seq) => this._onState(topic, state, seq),
      onStatus: (status) => this._onStatus(status),
      onError: (topic, code) => this._onError(topic, code),
      onMessage: (frame) => this._onMessage(frame),
      onLost: this.listener.onLost,
      onSignedOut: this.listener.onSignedOut,
    });
    this.renewal = new Renewal(firstScript(document), () => this._isIdle(), () => this._time());
    this.polling = new Polling(this.live, () => this._zone(), () => this._onStatus(this.live.status));
    this._onStatus(this.live.status);
  }

  /**
   * Shows this from now on; what is the same stays as it is.
   * @param {import("./options.js").Options} options
   */
  show(options) {
    if (this.options && JSON.stringify(options) === JSON.stringify(this.options)) return;
    if (this.board && options.zone === this._zone()) {
      this.board.apply(options);
    } else {
      this.clear();
      this._build(options);
      this.live.subscribe(`zone:${options.zone}`);
    }
    if (options.layout === "waiting") this.live.subscribe(SERVICES);
    else this.live.unsubscribe(SERVICES);
    this.options = options;
  }

  /** No board any more. */
  clear() {
    if (this.board) this.board.stop();
    if (this.options) this.live.unsubscribe(`zone:${this.options.zone}`);
    this.live.unsubscribe(SERVICES);
    this.board = null;
    this.options = null;
    this.isUnknown = false;
  }

  /** Nothing is shown of a zone that the server does not know; each connection asks for it again. */
  forget() {
    if (!this.board || !this.options) return;
    this.board.stop();
    this._build(this.options);
    this.isUnknown = true;
  }

  /** Nothing is asked for or tried any more. */
  close() {
    this.clear();
    this.polling.stop();
    this.live.close();
  }

  /** @param {import("./options.js").Options} options */
  _build(options) {
    this.board = new Board(this.root, this.facts, options, this.live, this.listener.onDrawn);
  }

  _zone() {
    return this.options ? this.options.zone : "";
  }

  _time() {
    return this.live.lastIso() ? this.live.serverIso() : "";
  }

  _isIdle() {
    const state = this.options && this.live.state(`zone:${this.options.zone}`);
    const isIdle = !this.listener.isIdle || this.listener.isIdle();
    return isIdle && !(state && state.announcing);
  }

  /** @param {any} frame */
  _onMessage(frame) {
    if (frame.op === "hello") {
      this.renewal.hello();
      // The catalogue may be another one now.
      if (this.isUnknown) this.live.subscribe(`zone:${this._zone()}`);
      this.isUnknown = false;
    }
    if (this.listener.onMessage) this.listener.onMessage(frame);
  }

  /** @param {string} topic @param {any} state @param {number} seq */
  _onState(topic, state, seq) {
    if (!this.board || !this.options) return;
    if (topic === SERVICES) this.board.seeServices(state);
    else if (topic === `zone:${this.options.zone}`) this.board.see(state, seq);
  }

  /** @param {import("../clients/lib/live.js").Status} status */
  _onStatus(status) {
    // Called once before `connect` has returned.
    if (!this.live) return;
    if (this.board) this.board.connection();
    if (this.listener.onStatus) this.listener.onStatus(status);
  }

  /** @param {string|null} topic @param {string} code */
  _onError(topic, code) {
    if (!this.options || topic !== `zone:${this.options.zone}`) return;
    if (code !== "unknown_topic" && code !== "invalid") return;
    if (this.listener.onNoZone) this.listener.onNoZone(this.options.zone);
  }
}
