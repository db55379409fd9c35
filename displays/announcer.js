// @ts-check
// Which call stands large, whether it is yellow, and what the list beside it shows. Pure: time comes
// in as arguments. docs/decisions/0010-what-stands-large.md says why.
//
// Where the zone has a voice (`speaks`), the turns are the server's: `announcing` names the one call
// that is announced now, the same on every display and in the voice. Without one the displays take
// turns by the same order on their own, each call for ANNOUNCE_MS. What waits for its turn is in the
// list meanwhile, so nobody has to wait to see a number.

/** How long a call is yellow at least, ms. */
const ANNOUNCE_MS = 8000;
/** A call older than this gets no turn any more, as on the server; it is shown all the same, ms. */
const FRESH_MS = 60000;
/**
 * A call and its announcement are two events a few milliseconds apart. A call that the server can
 * announce at once is held back for so long, or it would stand in the list for one frame, ms.
 */
const HOLD_MS = 200;
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
 * @property {import("./destination.js").Destination} [to] where it waits now
 */

/** @typedef {{number: string, seq: number}} Turn a call that is announced, by its `seq` */

/**
 * @typedef {Object} Shown
 * @property {string|null} large the number that stands large
 * @property {boolean} announcing it is yellow
 * @property {number} announced the `seq` of the call announced last; 0 before the first
 * @property {{number: string, waiting: boolean}[]} list the other calls, newest first; `waiting`: its
 *   turn comes. As many as there is room for, or all that wait where those are more
 */

export class Announcer {
  constructor() {
    /** @type {Object<string, Call>} */
    this.calls = {};
    /** What the server announces now. @type {Turn|null} */
    this.turn = null;
    /** The zone has a voice: the server gives the turns. */
    this.speaks = false;
    this.known = false;
    /** @type {string|null} */
    this.large = null;
    this.announced = 0;
    /** When its yellow began, by the clock of `now`; null: nothing is owed. @type {number|null} */
    this.since = null;
    /** The `seq` of the call of each number that had its turn, or was passed over. @type {Object<string, number>} */
    this.told = {};
    /** The same of those that were too old for a turn when they were first seen. @type {Object<string, number>} */
    this.late = {};
    /** When the present call of each number was first seen. @type {Object<string, {seq: number, now: number}>} */
    this.met = {};
    this.frozen = false;
  }

  /**
   * Takes the present state of the zone.
   * @param {{calls?: Object<string, Call>, announcing?: Turn, speaks?: boolean}} state
   * @param {number} serverNow ms since 1970 by the server's clock
   * @param {number} now ms of a clock that never jumps
   */
  see(state, serverNow, now) {
    this.calls = state.calls || {};
    const turn = state.announcing;
    this.turn = turn && this.calls[turn.number] ? turn : null;
    this.speaks = Boolean(state.speaks || turn);
    for (const number of Object.keys(this.met)) {
      if (this.calls[number]) continue;
      delete this.met[number];
      delete this.told[number];
      delete this.late[number];
    }
    for (const number of Object.keys(this.calls)) this._meet(number, serverNow, now);
    this.known = true;
    if (this.turn && this._hasToBegin(this.turn)) this._begin(this.turn, now);
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
    if (!frozen) {
      for (const number of Object.keys(this.calls)) {
        if (!(this._age(number, serverNow) < FRESH_MS)) this.late[number] = this.calls[number].seq;
      }
    }
    this.tick(serverNow, now);
  }

  /**
   * Ends what was announced long enough, and begins the next where the turns are one's own.
   * @param {number} serverNow
   * @param {number} now
   */
  tick(serverNow, now) {
    if (this.large !== null && !this.calls[this.large]) this.large = null;
    if (!this.speaks) this._takeTurn(serverNow, now);
    if (this._isYellow(now)) return;
    this.since = null;
    this._settle(serverNow, now);
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
    for (const number of this.speaks ? Object.keys(this.calls) : []) {
      if (!this._waits(number, serverNow)) continue;
      ends.push(FRESH_MS - this._age(number, serverNow));
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

  /** @param {string} number @param {number} serverNow @param {number} now */
  _meet(number, serverNow, now) {
    const { seq } = this.calls[number];
    const before = this.met[number];
    if (before && before.seq === seq) return;
    this.met[number] = { seq, now };
    const age = this._age(number, serverNow);
    if (!(age < FRESH_MS)) this.late[number] = seq;
    // A screen that was just opened cannot know what had its turn. With a voice, what is newer than
    // the present turn had none; without, what is younger than a turn may still stand for it.
    const isNew = this.speaks ? this.turn && seq > this.turn.seq : age < ANNOUNCE_MS;
    if (!this.known && !isNew) this.told[number] = seq;
  }

  /** The displays' own turns: a recall of what stands large at once, then recalls, then calls. */
  _takeTurn(/** @type {number} */ serverNow, /** @type {number} */ now) {
    const waiting = Object.keys(this.calls).filter((number) => this._waits(number, serverNow));
    if (waiting.length === 0) return;
    const recalls = (/** @type {string} */ number) => (this.calls[number].recalls ? 0 : 1);
    waiting.sort((a, b) => recalls(a) - recalls(b) || this.calls[a].seq - this.calls[b].seq);
    const again = waiting.indexOf(String(this.large)) >= 0;
    if (this._isYellow(now) && !again) return;
    const number = again ? String(this.large) : waiting[0];
    this._begin({ number, seq: this.calls[number].seq }, now);
  }

  /** @param {Turn} turn @param {number} now */
  _begin(turn, now) {
    this.large = turn.number;
    this.announced = turn.seq;
    this.since = now;
    this.told[turn.number] = this.calls[turn.number].seq;
  }

  /**
   * It is new; or its call was undone and the number called again while it is still said.
   * @param {Turn} turn
   */
  _hasToBegin(turn) {
    if (turn.seq !== this.announced) return true;
    return turn.number !== this.large && this._active(turn.number);
  }

  /** With nothing announced, the newest call that had no turn and waits for none takes the place. */
  _settle(/** @type {number} */ serverNow, /** @type {number} */ now) {
    const numbers = Object.keys(this.calls);
    if (this.large !== null && numbers.some((number) => this._waits(number, serverNow))) return;
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
    const { state, seq } = this.calls[number];
    if (this.frozen || state !== "called") return false;
    if (this.told[number] === seq || this.late[number] === seq) return false;
    return !this.speaks || this._age(number, serverNow) < FRESH_MS;
  }

  /** It had no turn and gets none. @param {string} number @param {number} serverNow */
  _isPassed(number, serverNow) {
    return this.told[number] !== this.calls[number].seq && !this._waits(number, serverNow);
  }

  /** The server can announce it at once. @param {string} number @param {number} now */
  _isHeld(number, now) {
    const met = this.met[number];
    // While the server announces another one, this one's turn comes later: nothing to hold back for.
    if (!this.speaks || this.turn || this._isYellow(now)) return false;
    if (this.told[number] === met.seq) return false;
    return now - met.now < HOLD_MS;
  }

  /** @param {string} number */
  _walks(number) {
    return this.calls[number].state === "called" || Boolean(this.calls[number].to);
  }

  /** ms; NaN of a time that cannot be read. @param {string} number @param {number} serverNow */
  _age(number, serverNow) {
    return serverNow - Date.parse(this.calls[number].at);
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
