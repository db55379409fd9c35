// @ts-check
// What a device has to tell its server, kept over a drop. Pure but for the clock it is given.

/** What was sent so shortly before a drop may not have come: it is sent again, which does no harm, ms. */
const UNSURE_MS = 10000;
/** As many are kept at most; the oldest go first. */
const KEPT = 500;

export class Outbox {
  /**
   * @param {(message: any) => boolean} send false: there is no connection
   * @param {() => number} now ms of a clock that never jumps
   */
  constructor(send, now) {
    this.send = send;
    this.now = now;
    this.open = false;
    /** @type {any[]} */
    this.unsent = [];
    /** @type {{message: any, at: number}[]} */
    this.sent = [];
  }

  /** @param {any} message */
  say(message) {
    this.unsent = this.unsent.concat([message]).slice(-KEPT);
    this._flush();
  }

  /** The server knows who speaks. */
  opened() {
    this.open = true;
    this._flush();
  }

  /** The connection is gone. */
  lost() {
    this.open = false;
    const unsure = this._recent().map((entry) => entry.message);
    this.sent = [];
    this.unsent = unsure.concat(this.unsent).slice(-KEPT);
  }

  /** All of it was another one's. */
  clear() {
    this.open = false;
    this.unsent = [];
    this.sent = [];
  }

  _flush() {
    while (this.open && this.unsent.length > 0 && this.send(this.unsent[0])) {
      this.sent.push({ message: this.unsent.shift(), at: this.now() });
    }
    this.sent = this._recent();
  }

  _recent() {
    const since = this.now() - UNSURE_MS;
    return this.sent.filter((entry) => entry.at > since).slice(-KEPT);
  }
}
