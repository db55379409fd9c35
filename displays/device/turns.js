// @ts-check
// What a speaker says, one after the other: pure but for the clocks and actions that it is given.
//
// The server's arbiter decides the order of a zone; this keeps the promises of one device. It never
// says two things at once, cuts none for another, says none twice and none too late. While it is cut
// off it begins nothing, and ends what it is saying after GRACE_MS, since then the arbiter gives
// the turn to another device; where there is none (`alone`) it says it to the end.

/** So long after its socket closed a device goes on with what it is saying; it may be back. The
    arbiter waits half a second longer, so that two are never heard at once, ms. */
export const GRACE_MS = 3000;
/** The arbiter waits 3 s longer than the sound lasts: what cannot begin by then is another's, as what
    a browser that slept, or a slow line, hears of too late, ms. */
const LOAD_MS = 2500;
/** A sound that takes so much longer has stopped on its way: it ends before the arbiter lets another
    device begin, ms. */
export const SLACK_MS = 2800;
/** As many answers are remembered, so that a repeated question is answered and not said again. */
const REMEMBERED = 200;

/**
 * @typedef {Object} Speak
 * @property {string} id
 * @property {string[]} audio addresses, in order
 * @property {number} seconds
 * @property {string} until ISO 8601: not begun after it
 * @property {string} [at] ISO 8601: when the server told it
 * @property {Object<string, string>} text by language
 * @property {string} [announcement] its id; not of a call
 * @property {string[]} [languages] those that the zone speaks
 * @property {number} [volume] of the zone, 0 to 100
 * @property {boolean} [alone] no other device could say it
 */
/**
 * @typedef {Object} Turn
 * @property {string} id "" for a sound of the device's own
 * @property {Speak} speak
 * @property {"loading"|"ready"|"sounding"} state
 * @property {number} firstAt when it became the first in line; -1 before
 */
/**
 * @typedef {Object} Actions
 * @property {() => number} now ms of a clock that never jumps
 * @property {() => number} serverNow ms since 1970 by the server's clock
 * @property {(turn: Turn) => void} load answered by `loaded` or `failed`
 * @property {(turn: Turn) => void} play answered by `ended` or `failed`
 * @property {(turn: Turn) => void} stop silences it at once; nothing answers
 * @property {(message: {op: string, id: string, code?: string}) => void} tell the server
 */

export class Turns {
  /** @param {Actions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {Turn[]} the first one sounds, or is next */
    this.line = [];
    /** @type {Set<string>} ids, oldest first */
    this.spoken = new Set();
    this.connected = false;
    /** When the connection was lost, by `now`; -1 while there is one, or none was. */
    this.lostAt = -1;
  }

  /** Whether something sounds or is about to. */
  get busy() {
    return this.line.length > 0;
  }

  /** The id of what this device is saying, or is about to, for the server; null for nothing. */
  get speaking() {
    const first = this.line.find((turn) => turn.id !== "");
    return first ? first.id : null;
  }

  /**
   * The server gives this device a turn.
   * @param {Speak} speak
   * @param {string|null} refusal why this device cannot speak at all
   */
  speak(speak, refusal) {
    if (this.spoken.has(speak.id)) {
      this.actions.tell({ op: "spoken", id: speak.id });
    } else if (!this.line.some((turn) => turn.id === speak.id)) {
      if (refusal) this._tellUnspoken(speak.id, refusal);
      else this._add(speak.id, speak);
    }
  }

  /** A sound of the device's own, in its turn. @param {number} seconds */
  test(seconds) {
    this._add("", { id: "", audio: [], seconds, until: "", text: {} });
  }

  /** @param {Turn} turn */
  loaded(turn) {
    if (turn.state === "loading") turn.state = "ready";
    this.tick();
  }

  /** @param {Turn} turn */
  ended(turn) {
    this._finish(turn, null);
    this.tick();
  }

  /** @param {Turn} turn @param {string} code */
  failed(turn, code) {
    this._finish(turn, code);
    this.tick();
  }

  /** The server knows this device again. */
  found() {
    this.connected = true;
    this.lostAt = -1;
    this.tick();
  }

  lost() {
    if (this.connected) this.lostAt = this.actions.now();
    this.connected = false;
  }

  /** Nothing is said any more, such as by a device that was revoked. */
  silence() {
    this._silence(() => true);
  }

  /** Ends what is over and begins what may. To be called often enough: see `left`. */
  tick() {
    const now = this.actions.now();
    if (this.lostAt >= 0 && now - this.lostAt >= GRACE_MS) {
      this.lostAt = -1;
      this._silence((turn) => !(turn.speak.alone && turn.state === "sounding"));
    }
    const first = this.line[0];
    if (first && first.state === "sounding" && now >= this._deadEnd(first)) {
      this._stop(first, "audio_failed");
    }
    while (this.line.length > 0 && !this._step(this.line[0], now));
  }

  /** In how many ms `tick` has something to do by itself; null: only when something happens. */
  left() {
    const now = this.actions.now();
    const first = this.line[0];
    const ends = [];
    if (this.lostAt >= 0) ends.push(this.lostAt + GRACE_MS);
    if (first && first.state === "sounding") ends.push(this._deadEnd(first));
    if (first && first.state === "loading") ends.push(first.firstAt + LOAD_MS);
    return ends.length > 0 ? Math.max(0, Math.min.apply(null, ends) - now) : null;
  }

  /**
   * @param {Turn} turn the first in line
   * @param {number} now
   * @returns {boolean} whether the line has to wait
   */
  _step(turn, now) {
    if (turn.firstAt < 0) turn.firstAt = now;
    if (turn.state === "sounding" || !this.connected) return true;
    if (this._isLate(turn.speak)) {
      this._finish(turn, "too_late");
      return false;
    }
    if (turn.state === "loading") {
      if (now - turn.firstAt < LOAD_MS) return true;
      this._finish(turn, "audio_failed");
      return false;
    }
    turn.state = "sounding";
    this.actions.play(turn);
    return true;
  }

  /** Where no other could say it, it is worth saying for as long as the call lives. @param {Speak} speak */
  _isLate(speak) {
    const now = this.actions.serverNow();
    if (speak.until && now > Date.parse(speak.until)) return true;
    return Boolean(speak.at) && !speak.alone && now > Date.parse(String(speak.at)) + LOAD_MS;
  }

  /** @param {string} id @param {Speak} speak */
  _add(id, speak) {
    /** @type {Turn} */
    const turn = { id, speak, state: "loading", firstAt: -1 };
    this.line.push(turn);
    this.actions.load(turn);
    this.tick();
  }

  /** @param {Turn} turn */
  _deadEnd(turn) {
    return turn.firstAt + turn.speak.seconds * 1000 + SLACK_MS;
  }

  /** @param {(turn: Turn) => boolean} whose */
  _silence(whose) {
    for (const turn of this.line.filter(whose)) this._stop(turn, "cut");
  }

  /** @param {Turn} turn @param {string} code */
  _stop(turn, code) {
    if (turn.state === "sounding") this.actions.stop(turn);
    this._finish(turn, code);
  }

  /** @param {Turn} turn @param {string|null} code null: it was said to its end */
  _finish(turn, code) {
    const place = this.line.indexOf(turn);
    if (place < 0) return; // it is over already
    this.line.splice(place, 1);
    if (!turn.id) return;
    if (code) {
      this._tellUnspoken(turn.id, code);
      return;
    }
    this.spoken.add(turn.id);
    if (this.spoken.size > REMEMBERED) this.spoken.delete(this.spoken.values().next().value);
    this.actions.tell({ op: "spoken", id: turn.id });
  }

  /** @param {string} id @param {string} code */
  _tellUnspoken(id, code) {
    this.actions.tell({ op: "unspoken", id, code });
  }
}
