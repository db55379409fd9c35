// @ts-check
// The sounds of the voice, fetched and decoded; those used last are kept, so that the chime, which
// begins every turn, is fetched once.
import { ask } from "../../clients/lib/ask.js";

/** Decoded sound that is kept, seconds: some 12 MB at 48 kHz. */
const KEPT_S = 60;
/** One that has not come by then is asked for anew by the next turn. A turn itself waits for less. */
const PATIENCE_MS = 5000;

export class Clips {
  /**
   * @param {BaseAudioContext} context
   * @param {number} [patience] ms
   */
  constructor(context, patience = PATIENCE_MS) {
    this.context = context;
    this.patience = patience;
    /** The one used last is the last. @type {Map<string, Promise<AudioBuffer>>} */
    this.known = new Map();
    /** Seconds of each that is decoded. @type {Map<string, number>} */
    this.lengths = new Map();
  }

  /**
   * @param {string[]} addresses
   * @returns {Promise<AudioBuffer[]>} rejected where one cannot be had or is no sound
   */
  load(addresses) {
    return Promise.all(addresses.map((address) => this._get(address)));
  }

  /** @param {string} address */
  _get(address) {
    const found = this.known.get(address) || this._fetch(address);
    this.known.delete(address);
    this.known.set(address, found);
    return found;
  }

  /** @param {string} address */
  _fetch(address) {
    const made = this._decode(address);
    made.then(
      (buffer) => {
        this.lengths.set(address, buffer.duration);
        this._forgetOld();
      },
      () => this._forget(address),
    );
    return made;
  }

  /** @param {string} address */
  async _decode(address) {
    const answer = await ask(address, this.patience, "arraybuffer");
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    return this.context.decodeAudioData(answer.response);
  }

  _forgetOld() {
    let seconds = 0;
    this.lengths.forEach((length) => {
      seconds += length;
    });
    for (const address of Array.from(this.known.keys())) {
      if (seconds <= KEPT_S) return;
      seconds -= this.lengths.get(address) || 0;
      if (this.lengths.has(address)) this._forget(address);
    }
  }

  /** @param {string} address */
  _forget(address) {
    this.known.delete(address);
    this.lengths.delete(address);
  }
}
