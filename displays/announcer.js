// @ts-check
// Which call stands large, and whether it is announced (yellow). Pure: time comes in as arguments.
//
// Each call and each recall is announced on its own for ANNOUNCE_MS, so several at once follow one
// another. A recall goes before the calls that wait. What waits is already in the list, so nobody
// has to wait for a turn to see a number. A call whose ticket is no longer `called` when its turn
// comes is not announced: its holder has reached the counter, or the counter has given up.

/** How long a call is announced at least, ms. */
export const ANNOUNCE_MS = 8000;
/** A call older than this is shown but no longer announced: it came while the screen was cut off, ms. */
export const FRESH_MS = 60000;
/** How many earlier calls the list shows. */
export const LISTED = 5;

/**
 * @typedef {Object} Call a member of `calls` in the topic `zone:ID`
 * @property {string} service
 * @property {Object<string, string>} service_name
 * @property {Object<string, string>} agency_short
 * @property {string} tile
 * @property {string} counter
 * @property {Object<string, string>} counter_name
 * @property {string} counter_label
 * @property {string} state
 * @property {number} seq
 * @property {string} at
 * @property {number} [recalls]
 */

/**
 * @typedef {Object} Shown
 * @property {string|null} large the number that stands large
 * @property {boolean} announcing
 * @property {number} announced the `seq` of the call announced last; 0 before the first
 * @property {{number: string, waiting: boolean}[]} list the earlier calls, newest first; `waiting`: its turn comes
 */

export class Announcer {
  constructor() {
    /** @type {Object<string, Call>} */
    this.calls = {};
    /** The highest `seq` seen; null before the first state. @type {number|null} */
    this.heard = null;
    /** Numbers whose turn comes. @type {string[]} */
    this.waiting = [];
    /** Newer than what stands large, yet not to be announced. @type {string[]} */
    this.passed = [];
    /** @type {string|null} */
    this.large = null;
    this.announced = 0;
    /** When the announcement may end, by the clock of `now`; null: nothing is announced. @type {number|null} */
    this.until = null;
    this.frozen = false;
  }

  /**
   * Takes the present `calls` of the zone.
   * @param {Object<string, Call>} calls
   * @param {number} serverNow ms since 1970 by the server's clock
   * @param {number} now ms of a clock that never jumps
   */
  see(calls, serverNow, now) {
    this.calls = calls;
    const first = this.heard === null;
    const heard = this.heard === null ? 0 : this.heard;
    const fresh = Object.keys(calls)
      .filter((number) => calls[number].seq > heard)
      .sort((a, b) => calls[a].seq - calls[b].seq);
    for (const number of fresh) {
      const age = serverNow - Date.parse(calls[number].at);
      const limit = first ? ANNOUNCE_MS : FRESH_MS;
      if (calls[number].state === "called" && age < limit) this._queue(number, now);
      else this._passOver(number);
      this.heard = calls[number].seq;
    }
    if (first && this.heard === null) this.heard = 0;
    this.tick(now);
  }

  /**
   * Nothing is announced while the screen is cut off: it cannot know whether the call still holds.
   * @param {boolean} frozen
   * @param {number} serverNow
   * @param {number} now
   */
  freeze(frozen, serverNow, now) {
    if (frozen === this.frozen) return;
    this.frozen = frozen;
    if (frozen) this.until = null;
    else {
      const old = this.waiting.filter(
        (number) => !(serverNow - this._at(number) < FRESH_MS),
      );
      this.waiting = this.waiting.filter((number) => old.indexOf(number) < 0);
      old.forEach((number) => this._passOver(number));
    }
    this.tick(now);
  }

  /**
   * Ends what has been announced long enough and begins the next.
   * @param {number} now
   */
  tick(now) {
    if (this.until !== null && (now >= this.until || !this._active(this.large))) this.until = null;
    if (this.large !== null && !this.calls[this.large]) this.large = null;
    if (this.until === null && !this.frozen) this._next(now);
    if (this.until === null && (this.frozen || this.waiting.length === 0)) this._settle();
  }

  /** Until the announcement may end; null when there is none. @param {number} now @returns {number|null} ms */
  left(now) {
    return this.until === null ? null : Math.max(0, this.until - now);
  }

  /** @returns {Shown} */
  shown() {
    const list = Object.keys(this.calls)
      .filter((number) => number !== this.large)
      .sort((a, b) => this.calls[b].seq - this.calls[a].seq)
      .slice(0, LISTED)
      .map((number) => ({ number, waiting: !this.frozen && this.waiting.indexOf(number) >= 0 }));
    return {
      large: this.large,
      announcing: this.until !== null,
      announced: this.announced,
      list,
    };
  }

  /** @param {string} number @param {number} now */
  _queue(number, now) {
    this._forget(number);
    if (number === this.large && !this.frozen) {
      // A recall of what stands large needs no turn: it turns yellow again at once.
      this._announce(number, now);
    } else if (this.calls[number].recalls) {
      const recalls = this.waiting.filter((other) => this._isRecall(other)).length;
      this.waiting.splice(recalls, 0, number);
    } else {
      this.waiting.push(number);
    }
  }

  /** @param {string} number */
  _passOver(number) {
    this._forget(number);
    this.passed.push(number);
  }

  /** @param {string} number */
  _forget(number) {
    this.waiting = this.waiting.filter((other) => other !== number);
    this.passed = this.passed.filter((other) => other !== number);
  }

  /** @param {number} now */
  _next(now) {
    while (this.waiting.length > 0) {
      const number = /** @type {string} */ (this.waiting.shift());
      if (this._isCalled(number)) {
        this._announce(number, now);
        return;
      }
      if (this.calls[number]) this.passed.push(number);
    }
  }

  /** @param {string} number @param {number} now */
  _announce(number, now) {
    this.large = number;
    this.announced = this.calls[number].seq;
    this.until = now + ANNOUNCE_MS;
  }

  /** With nothing to announce, the latest call that nobody saw large takes the place. */
  _settle() {
    const seq = (/** @type {string|null} */ number) =>
      number !== null && this.calls[number] ? this.calls[number].seq : -1;
    const candidates = this.large === null ? Object.keys(this.calls) : this.passed;
    for (const number of candidates) {
      if (seq(number) > seq(this.large)) this.large = number;
    }
    this.passed = [];
  }

  /** @param {string} number */
  _at(number) {
    return this.calls[number] ? Date.parse(this.calls[number].at) : 0;
  }

  /** @param {string} number */
  _isRecall(number) {
    return Boolean(this.calls[number] && this.calls[number].recalls);
  }

  /** @param {string} number */
  _isCalled(number) {
    return Boolean(this.calls[number]) && this.calls[number].state === "called";
  }

  /** @param {string|null} number */
  _active(number) {
    const call = number === null ? null : this.calls[number];
    return Boolean(call) && (call.state === "called" || call.state === "serving");
  }
}
