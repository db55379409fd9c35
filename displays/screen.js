// @ts-check
// One socket and the board that it feeds.
import { connect } from "../clients/lib/live.js";
import { Board } from "./board.js";
import { Renewal } from "./device/renewal.js";

/** A display tries to come back at least this often, ms. */
const RECONNECT_MS = 1500;

/**
 * @typedef {Object} ScreenListener all optional
 * @property {(zone: string) => void} [onNoZone] the zone does not exist
 * @property {(status: import("../clients/lib/live.js").Status) => void} [onStatus]
 * @property {(frame: any) => void} [onMessage] a frame that is of no topic
 * @property {() => void} [onSignedOut]
 * @property {() => void} [onDrawn]
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
    /** What the board was made for. @type {import("./options.js").Options|null} */
    this.options = null;
    this.seq = 0;
    this.renewal = new Renewal(facts.version);
  }

  /** @param {string|null} token */
  connect(token) {
    this.live = connect({
      token,
      capMs: RECONNECT_MS,
      onState: (topic, state, event, seq) => this._onState(topic, state, seq),
      onStatus: (status) => this._onStatus(status),
      onError: (topic, code) => this._onError(topic, code),
      onSignedOut: this.listener.onSignedOut,
      onMessage: this.listener.onMessage,
    });
    this._onStatus(this.live.status);
  }

  /**
   * Shows this from now on; a board that already does stays as it is.
   * @param {import("./options.js").Options} options
   */
  show(options) {
    if (this.options && JSON.stringify(options) === JSON.stringify(this.options)) return;
    const before = this.options ? this.options.zone : "";
    this.clear(options.zone);
    this.options = options;
    this.board = new Board(this.root, this.facts, options, this.live, this.listener.onDrawn);
    const topic = `zone:${options.zone}`;
    if (options.zone !== before) this.live.subscribe(topic);
    else if (this.live.state(topic)) this.board.see(this.live.state(topic), this.seq);
  }

  /** No board any more. @param {string} [next] the zone of the next one */
  clear(next) {
    if (this.board) this.board.stop();
    if (this.options && this.options.zone !== next) {
      this.live.unsubscribe(`zone:${this.options.zone}`);
      this.seq = 0;
    }
    this.board = null;
    this.options = null;
  }

  /** @param {string} topic @param {any} state @param {number} seq */
  _onState(topic, state, seq) {
    if (!this.options || topic !== `zone:${this.options.zone}`) return;
    this.seq = seq;
    if (this.board) this.board.see(state, seq);
  }

  /** @param {import("../clients/lib/live.js").Status} status */
  _onStatus(status) {
    // Called once before `connect` has returned.
    if (!this.live) return;
    this.renewal.see(status);
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
