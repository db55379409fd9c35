// @ts-check
/** The server's time, kept between its frames by the browser's steady clock. */
import { isoAt, offsetOf } from "./time.js";

/** The wall clock ran on so much further than the steady one: the machine slept, ms. */
const SLEPT_MS = 5000;
/** An answer that took longer says too little about the time, ms. */
const SLOW_MS = 2000;

export class Clock {
  constructor() {
    this.known = false;
    // Until the server tells: this machine's own time and zone.
    this._base = Date.now() - performance.now();
    this._offset = -new Date().getTimezoneOffset();
    this._wall = this._base;
  }

  /**
   * @param {string} at the server's time
   * @param {number} asked when it was asked, by performance.now()
   * @param {number} heard when the answer came
   */
  learn(at, asked, heard) {
    const ms = Date.parse(at);
    const took = heard - asked;
    if (isNaN(ms) || (this.known && took > SLOW_MS)) return;
    this._base = ms + took / 2 - heard;
    this._offset = offsetOf(at);
    this.known = true;
  }

  /** ms since 1970 */
  now() {
    return this._base + performance.now();
  }

  /** The site's time as on the wire. */
  iso() {
    return isoAt(this.now(), this._offset);
  }

  /** A moment of performance.now() as a wire time. @param {number} moment */
  isoOf(moment) {
    return isoAt(this._base + moment, this._offset);
  }

  /** Whether the machine slept since this was asked last: some steady clocks stand still meanwhile. */
  slept() {
    const wall = Date.now() - performance.now();
    const slept = wall - this._wall > SLEPT_MS;
    this._wall = wall;
    return slept;
  }
}
