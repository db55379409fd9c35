// @ts-check
// Which call stands large, whether it is yellow, and what the list beside it shows. Pure: time comes
// in as arguments. docs/decisions/0010-what-stands-large.md says why.
//
// The turns are the server's: `announcing` of the zone names the one call that is announced now, the
// same on every display and in the voice. Nothing is announced here that the server does not
// announce. What waits for its turn is in the list meanwhile, so nobody has to wait to see a number.

/** How long a call is yellow at least, ms. */
export const ANNOUNCE_MS = 8000;
/** A call older than this gets no turn any more (the server's rule); it is shown all the same, ms. */
export const FRESH_MS = 60000;
/**
 * A call and its announcement are two events a few milliseconds apart. A call that could be announced
 * at once is held back for so long, or it would stand in the list for one frame, ms.
 */
export const HOLD_MS = 200;
/** How many calls the list shows at a time. */
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
 * @property {{service: string, service_name: any, counter_label?: any}} [to] where it waits now
 */

/**
 * @typedef {Object} Shown
 * @property {string|null} large the number that stands large
 * @property {boolean} announcing it is yellow
 * @property {number} announced the `seq` of the call announced last; 0 before the first
 * @property {{number: string, waiting: boolean}[]} list the other calls, newest first; `waiting`: its
 *   turn comes. Five, or all that wait where those are more
 */

export class Announcer {
  constructor() {
    /** @type {Object<string, Call>} */
    this.calls = {};
    /** What the server announces now. @type {{number: string, seq: number}|null} */
    this.turn = null;
    this.known = false;
    /** @type {string|null} */
    this.large = null;
    this.announced = 0;
    /** When its yellow began, by the clock of `now`; null: nothing is owed. @type {number|null} */
    this.since = null;
    /** The `seq` of the call of each number that had its turn, or gets none. @type {Object<string, number>} */
    this.told = {};
    /** When this screen first saw the present call of each number. @type {Object<string, {seq: number, now: number}>} */
    this.met = {};
    this.frozen = false;
  }

  /**
   * Takes the present state of the zone.
   * @param {{calls?: Object<string, Call>, announcing?: {number: string, seq: number}}} state
   * @param {number} serverNow ms since 1970 by the server's clock
   * @param {number} now ms of a clock that never jumps
   */
  see(state, serverNow, now) {
    this.calls = state.calls || {};
    const turn = state.announcing;
    this.turn = turn && this.calls[turn.number] ? turn : null;
    for (const number of Object.keys(this.met)) {
      if (this.calls[number]) continue;
      delete this.met[number];
      delete this.told[number];
    }
    for (const number of Object.keys(this.calls)) this._meet(number, now);
    this.known = true;
    if (this.turn && this.turn.seq !== this.announced) this._begin(this.turn, now);
    this.tick(serverNow, now);
  }

  /**
   * Nothing is yellow while the screen is cut off: it cannot know whether the call still holds.
   * @param {boolean} frozen
   * @param {number} serverNow
   * @param {number} now
   */
  freeze(frozen, serverNow, now) {
    if (frozen === this.frozen) return;
    this.frozen = frozen;
    if (frozen) this.since = null;
    else if (this.turn && this.turn.number === this.large && this.since === null) this.since = now;
    this.tick(serverNow, now);
  }

  /**
   * Lets what was announced long enough settle.
   * @param {number} serverNow
   * @param {number} now
   */
  tick(serverNow, now) {
    if (this.large !== null && !this.calls[this.large]) this.large = null;
    if (!this._isYellow(now)) {
      this.since = null;
      this._settle(serverNow, now);
    }
  }

  /**
   * When it looks different although nothing happens.
   * @param {number} serverNow
   * @param {number} now
   * @returns {number|null} ms from now; null: never
   */
  left(serverNow, now) {
    const ends = [];
    if (this._isYellow(now) && !this.turn) {
      ends.push(/** @type {number} */ (this.since) + ANNOUNCE_MS - now);
    }
    for (const number of Object.keys(this.calls)) {
      if (!this._waits(number, serverNow)) continue;
      ends.push(Date.parse(this.calls[number].at) + FRESH_MS - serverNow);
      if (this._isHeld(number, now)) ends.push(this.met[number].now + HOLD_MS - now);
    }
    return ends.length > 0 ? Math.max(0, Math.min.apply(null, ends)) : null;
  }

  /**
   * @param {number} serverNow
   * @param {number} now
   * @param {number} [listed] how many calls the list has room for
   * @returns {Shown}
   */
  shown(serverNow, now, listed) {
    const waits = (/** @type {string} */ number) => this._waits(number, serverNow);
    const others = Object.keys(this.calls)
      .filter((number) => number !== this.large && !(waits(number) && this._isHeld(number, now)))
      .sort((a, b) => this.calls[b].seq - this.calls[a].seq);
    const waiting = others.filter(waits);
    // Whoever must still walk somewhere comes before those who are there already.
    const walking = others.filter((number) => !waits(number) && this._walks(number));
    const rest = others.filter((number) => !waits(number) && !this._walks(number));
    const chosen = waiting.concat(walking, rest).slice(0, Math.max(listed || LISTED, waiting.length));
    return {
      large: this.large,
      announcing: this._isYellow(now),
      announced: this.announced,
      list: others
        .filter((number) => chosen.indexOf(number) >= 0)
        .map((number) => ({ number, waiting: waits(number) })),
    };
  }

  /** @param {string} number @param {number} now */
  _meet(number, now) {
    const { seq } = this.calls[number];
    const before = this.met[number];
    if (before && before.seq === seq) return;
    this.met[number] = { seq, now };
    // A screen that was just opened cannot know what had its turn; what is newer than the present
    // turn had none.
    if (!this.known && !(this.turn && seq > this.turn.seq)) this.told[number] = seq;
  }

  /** @param {{number: string, seq: number}} turn @param {number} now */
  _begin(turn, now) {
    this.large = turn.number;
    this.announced = turn.seq;
    this.since = now;
    this.told[turn.number] = this.calls[turn.number].seq;
  }

  /** With nothing announced, the newest call that had no turn and waits for none takes the place. */
  _settle(/** @type {number} */ serverNow, /** @type {number} */ now) {
    const numbers = Object.keys(this.calls);
    const passed = this.frozen ? [] : numbers.filter((number) => this._isPassed(number, serverNow));
    for (const number of passed) this.told[number] = this.calls[number].seq;
    const candidates = this.large === null
      ? numbers.filter((number) => this.frozen || !this._isHeld(number, now))
      : passed.filter((number) => this._active(number));
    for (const number of candidates) {
      if (this.calls[number].seq > this._seq(this.large)) this.large = number;
    }
  }

  /** @param {number} now */
  _isYellow(now) {
    if (this.frozen || this.large === null || !this._active(this.large)) return false;
    if (this.turn && this.turn.number === this.large) return true;
    return this.since !== null && now - this.since < ANNOUNCE_MS;
  }

  /** Its turn comes. @param {string} number @param {number} serverNow */
  _waits(number, serverNow) {
    const call = this.calls[number];
    return (
      !this.frozen &&
      call.state === "called" &&
      this.told[number] !== call.seq &&
      serverNow - Date.parse(call.at) < FRESH_MS
    );
  }

  /** It had no turn and gets none. @param {string} number @param {number} serverNow */
  _isPassed(number, serverNow) {
    return this.told[number] !== this.calls[number].seq && !this._waits(number, serverNow);
  }

  /** It would be announced at once. @param {string} number @param {number} now */
  _isHeld(number, now) {
    const met = this.met[number];
    return !this._isYellow(now) && this.told[number] !== met.seq && now - met.now < HOLD_MS;
  }

  /** @param {string} number */
  _walks(number) {
    return this.calls[number].state === "called" || Boolean(this.calls[number].to);
  }

  /** @param {string|null} number */
  _seq(number) {
    return number !== null && this.calls[number] ? this.calls[number].seq : -1;
  }

  /** @param {string} number */
  _active(number) {
    const call = this.calls[number];
    return Boolean(call) && (call.state === "called" || call.state === "serving");
  }
}
