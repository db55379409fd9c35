// @ts-check
// The sounds of the voice, fetched and decoded; those used last are kept, so that the chime, which
// begins every turn, is fetched once. The others give their memory back at once: to the browser's
// collector a decoded phrase weighs nothing, and of a day's phrases it kept hundreds of MiB.
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
    /** What is sent to it is nobody's any more. */
    this.away = new MessageChannel();
    this.away.port2.onmessage = () => {};
  }

  /**
   * @param {string[]} addresses
   * @returns {Promise<AudioBuffer[]>} to be played before `keep` is told that they are not needed;
   *   rejected where one cannot be had or is no sound
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
      },
      () => this.known.delete(address),
    );
    return made;
  }

  /** @param {string} address */
  async _decode(address) {
    const answer = await ask(address, this.patience, "arraybuffer");
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    return this.context.decodeAudioData(answer.response);
  }

  /**
   * Of all others forgets those used longest ago, until little is kept.
   * @param {string[]} needed addresses
   */
  keep(needed) {
    let seconds = 0;
    this.lengths.forEach((length) => {
      seconds += length;
    });
    for (const address of Array.from(this.known.keys())) {
      if (seconds <= KEPT_S) return;
      const length = this.lengths.get(address);
      if (length === undefined || needed.indexOf(address) >= 0) continue;
      seconds -= length;
      this._free(address);
    }
  }

  /** @param {string} address of one that is decoded */
  async _free(address) {
    const decoded = this.known.get(address);
    this.known.delete(address);
    this.lengths.delete(address);
    const buffer = await decoded;
    for (let at = 0; buffer && at < buffer.numberOfChannels; at += 1) {
      this.away.port1.postMessage(null, [buffer.getChannelData(at).buffer]);
    }
  }
}
