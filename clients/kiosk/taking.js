// @ts-check
/**
 * Taking one number. One `Taking` has one key: the server gives its first answer again to every
 * repetition, so neither a double press nor a lost answer can cost a second number.
 */
import { isUnknown, newKey, Refusal } from "../lib/api.js";

/**
 * @typedef {{class?: string, reason?: string}} Wish
 * @typedef {{ticket: import("../follow/phase.js").Ticket, token: string, seq: number}} Taken
 * @typedef {{kind: "taken", taken: Taken} | {kind: "refused", code: string, detail: string} |
 *   {kind: "unknown"}} Outcome
 */

export class Taking {
  /**
   * @param {import("../lib/api.js").Api} api
   * @param {string} service
   */
  constructor(api, service) {
    this._api = api;
    this._service = service;
    this._key = newKey();
    this.busy = false;
    /** The answer to what was asked is not known. */
    this.unsure = false;
    /** @type {Wish} */
    this.wish = {};
    this.asked = false;
  }

  /** @param {Wish} wish whether it is what was asked before, so that the key still fits */
  sameWish(wish) {
    return wish.class === this.wish.class && wish.reason === this.wish.reason;
  }

  /**
   * @param {Wish} wish
   * @param {() => void} onRepeat called when the first answer was lost and it is sent again
   * @returns {Promise<Outcome>}
   */
  async take(wish, onRepeat) {
    this.busy = true;
    this.asked = true;
    this.wish = wish;
    try {
      const body = Object.assign({ service: this._service }, wish);
      const taken = await this._api.post("/tickets", body, { key: this._key, onRepeat });
      this.unsure = false;
      return { kind: "taken", taken };
    } catch (error) {
      if (error instanceof Refusal && !isUnknown(error)) {
        this.unsure = false;
        return { kind: "refused", code: error.code, detail: error.detail };
      }
      this.unsure = true;
      return { kind: "unknown" };
    } finally {
      this.busy = false;
    }
  }
}

/** @type {Object<string, string>} */
const REFUSALS = {
  service_closed: "Layanan ini baru saja tutup. Silakan tanyakan di meja depan.",
  service_paused: "Layanan ini sedang dijeda. Silakan tunggu, atau tanyakan di meja depan.",
  not_operating: "Layanan ini tidak beroperasi. Silakan tanyakan di meja depan.",
  channel_closed: "Nomor layanan ini tidak di mesin ini. Silakan ke meja depan.",
  quota_exhausted: "Nomor hari ini habis. Silakan kembali besok, atau tanyakan di meja depan.",
  rate_limited: "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.",
};

/**
 * Why no number was given and what to do.
 * @param {string} code
 * @returns {string} a msgid
 */
export function explainRefusal(code) {
  return REFUSALS[code] || "Nomor tidak bisa diambil. Silakan ke meja depan.";
}
