// @ts-check
// Which calls a device has told the server that it drew.

/** As many are remembered; more never stand on one screen. */
const REMEMBERED = 500;

export class Shown {
  /** @param {(seq: number) => void} tell */
  constructor(tell) {
    this.tell = tell;
    /** Oldest first. @type {Set<number>} */
    this.told = new Set();
  }

  /**
   * These calls were drawn. They count once the frame with them was painted: a callback of the next
   * frame comes after that, and none comes while nobody can see the page.
   * @param {number[]} seqs
   */
  drawn(seqs) {
    const fresh = seqs.filter((seq) => !this.told.has(seq));
    if (fresh.length === 0) return;
    requestAnimationFrame(() => requestAnimationFrame(() => fresh.forEach((seq) => this._painted(seq))));
  }

  /** Calls to come are others, whatever their seq. */
  forget() {
    this.told.clear();
  }

  /** @param {number} seq */
  _painted(seq) {
    if (this.told.has(seq)) return;
    this.told.add(seq);
    if (this.told.size > REMEMBERED) this.told.delete(this.told.values().next().value);
    this.tell(seq);
  }
}
