// @ts-check
/** The check-in field: a number as it is typed, or the QR of a phone from a scanner. */

import { el, setText } from "../lib/dom.js";
import { parseScan } from "../lib/scan.js";
import { t } from "../lib/words.js";
import { keyCap, mark } from "./draw.js";

/** How long the answer to a check-in stays. */
const SHOWN_MS = 12_000;

export class CheckIn {
  /**
   * @param {{checkIn: (what: {number: string} | {token: string}) => Promise<{ticket: any}>,
   *   arrived: () => Set<string>, say: (text: string) => void}} parts `arrived`: ids of those in
   *   this counter's lines who are here; `say` tells screen readers
   */
  constructor(parts) {
    this.parts = parts;
    this.busy = false;
    this.input = /** @type {HTMLInputElement} */ (
      el("input", {
        type: "text",
        class: "input",
        id: "check-in",
        autocomplete: "off",
        autocapitalize: "characters",
        spellcheck: "false",
        maxlength: "600",
        placeholder: t("nomor, atau pindai QR"),
        "aria-describedby": "check-in-told",
        "aria-keyshortcuts": "h",
      })
    );
    this.told = el("p", { class: "arrive-told", id: "check-in-told" });
    this.button = el("button", { type: "submit", class: "button arrive-button" }, t("Hadir"), keyCap("Enter"));
    this.root = el(
      "form",
      { class: "arrive", novalidate: true },
      el("label", { for: "check-in" }, t("Tandai hadir"), keyCap("H")),
      el("span", { class: "arrive-field" }, this.input, this.button),
      this.told,
    );
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.take(this.input.value);
    });
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  /** @param {boolean} live */
  update(live) {
    mark(this.button, live);
    this.live = live;
  }

  /** @param {string} text typed or scanned */
  async take(text) {
    if (text.trim() === "" || this.busy) return;
    if (!this.live) return this.tell("trouble", t("Tidak tersambung. Coba lagi setelah tersambung."));
    const what = parseScan(text);
    if (!what) {
      this.input.value = text;
      this.input.select();
      return this.tell("trouble", t("Itu bukan nomor atau QR antrean. Contoh nomor: A-001."));
    }
    this.busy = true;
    try {
      await this.send(what);
    } finally {
      this.busy = false;
    }
  }

  /** @param {{number: string} | {token: string}} what */
  async send(what) {
    try {
      const before = this.parts.arrived();
      const { ticket } = await this.parts.checkIn(what);
      this.input.value = "";
      const { number } = ticket;
      const words = before.has(ticket.id)
        ? t("{number} sudah hadir sebelumnya.", { number })
        : t("{number} tercatat hadir.", { number });
      this.tell("good", words);
    } catch (error) {
      this.tell("trouble", refusal(error));
      this.input.select();
    }
  }

  /**
   * @param {"good" | "trouble"} kind
   * @param {string} words
   */
  tell(kind, words) {
    setText(this.told, words);
    this.told.dataset.kind = kind;
    this.parts.say(words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.told, ""), SHOWN_MS);
  }
}

/** @param {any} error */
function refusal(error) {
  if (!error.code) return t("Belum pasti tercatat. Coba lagi setelah tersambung.");
  if (error.code === "invalid" || error.code === "not_found") {
    return t("Nomor itu tidak ada hari ini. Periksa huruf dan angkanya.");
  }
  return error.detail ?? error.message;
}
