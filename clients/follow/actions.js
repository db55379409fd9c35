// @ts-check
/**
 * Giving way and cancelling. Built once and kept: a second press confirms a cancellation, and a
 * refusal stands beside the button that was pressed.
 */
import { newKey, Refusal } from "../lib/api.js";
import { el, replace, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { pair } from "../lib/lines.js";
import { t } from "../lib/words.js";
import { canCancel, canDefer, STEPS } from "./phase.js";

/** How long the second press that cancels is waited for. */
const CONFIRM_MS = 6000;

/**
 * @typedef {import("./phase.js").Ticket} Ticket
 * @typedef {{ticket: Ticket, stale: boolean}} View
 */

export class Actions {
  /**
   * @param {import("../lib/api.js").Api} api with the ticket's token
   */
  constructor(api) {
    this._api = api;
    this._behind = STEPS[1];
    this._open = false;
    this._busy = false;
    /** @type {View | null} */
    this._view = null;
    /** @type {number | undefined} */
    this._confirming = undefined;
    this._defer = button("primary", "defer", () => void this._giveWay());
    this._cancel = button("link", "cancel", () => void this._cancelPressed());
    this._means = el("p", { class: "means" });
    this._steps = el("div", { class: "steps" });
    this._way = el("fieldset", { class: "way", id: "way" }, el("legend", {}), this._steps, this._means);
    this._defer.setAttribute("aria-controls", "way");
    this._answer = el("div", { class: "answer", role: "status" });
    // The button says it already, to those who see it.
    this._spoken = el("p", { class: "sr-only", role: "status" });
    this._refused = el("div", { class: "answer", role: "alert" });
    this.node = el("div", { class: "actions" }, this._answer, this._refused, this._way,
      this._defer, this._cancel, this._spoken);
    this._drawSteps();
  }

  /** @param {View} view */
  update(view) {
    const before = this._view;
    this._view = view;
    if (before && before.ticket.state !== view.ticket.state) this._forget();
    if (!canDefer(view.ticket)) this._open = false;
    this._defer.hidden = !canDefer(view.ticket);
    this._cancel.hidden = !canCancel(view.ticket);
    this._draw();
  }

  /** Words in another language. */
  redraw() {
    this._drawSteps();
    this._forget();
    if (this._view) this._draw();
  }

  _forget() {
    this._answer.replaceChildren();
    this._refused.replaceChildren();
    setText(this._spoken, "");
    this._stopConfirming();
  }

  _draw() {
    const view = /** @type {View} */ (this._view);
    const off = view.stale || this._busy;
    this._way.hidden = !this._open;
    this._defer.setAttribute("aria-expanded", String(this._open));
    for (const one of [this._defer, this._cancel]) one.setAttribute("aria-disabled", String(off));
    this._steps.classList.toggle("off", off);
    const params = { count: this._behind };
    setText(this._defer, view.stale ? t("Tombol aktif lagi setelah tersambung") : this._open
      ? t("Beri jalan {count} orang dahulu", params)
      : t("Belum siap? Beri jalan"));
    replace(this._means, pair(
      "{count} orang di belakang Anda dilayani lebih dahulu. Nomor Anda tetap.", params));
    setText(this._cancel, this._confirming === undefined
      ? t("Batalkan nomor saya")
      : t("Tekan sekali lagi untuk membatalkan"));
    this._cancel.classList.toggle("sure", this._confirming !== undefined);
  }

  _drawSteps() {
    const legend = /** @type {HTMLElement} */ (this._way.firstElementChild);
    replace(legend, pair("Berapa orang dipersilakan lebih dahulu?"));
    this._steps.replaceChildren(...STEPS.map((count) => {
      const radio = /** @type {HTMLInputElement} */ (el("input", {
        type: "radio", name: "behind", value: String(count), id: `behind-${count}`,
      }));
      radio.checked = count === this._behind;
      radio.addEventListener("change", () => {
        this._behind = count;
        this._draw();
      });
      return el("label", { class: "step", for: radio.id }, radio, el("span", {}, String(count)));
    }));
  }

  async _giveWay() {
    const view = /** @type {View} */ (this._view);
    if (view.stale || this._busy) return;
    if (!this._open) {
      this._forget();
      this._open = true;
      this._draw();
      return;
    }
    const before = view.ticket.position || 0;
    const answer = await this._send("/my/defer", { behind: this._behind });
    if (!answer) return;
    this._open = false;
    this._draw();
    const after = answer.ticket.position || 0;
    this._say(after > before
      ? pair("Sudah. Sekarang {count} orang di depan Anda.", { count: answer.ticket.ahead || 0 })
      : pair("Belum ada orang lain di belakang Anda, jadi tempat Anda tetap."));
  }

  async _cancelPressed() {
    const view = /** @type {View} */ (this._view);
    if (view.stale || this._busy) return;
    if (this._confirming === undefined) {
      this._confirming = window.setTimeout(() => {
        this._stopConfirming();
        this._draw();
      }, CONFIRM_MS);
      setText(this._spoken, t("Tekan sekali lagi untuk membatalkan"));
      this._draw();
      return;
    }
    this._stopConfirming();
    await this._send("/my/cancel", {});
  }

  _stopConfirming() {
    clearTimeout(this._confirming);
    this._confirming = undefined;
  }

  /**
   * @param {string} path
   * @param {Object<string, number>} body
   * @returns {Promise<{ticket: Ticket} | null>} null: refused or unknown, already said
   */
  async _send(path, body) {
    this._busy = true;
    this._forget();
    this._draw();
    try {
      return await this._api.post(path, body, {
        key: newKey(),
        onRepeat: () => this._say(pair("Jawaban belum datang. Dicoba sekali lagi.")),
      });
    } catch (error) {
      this._answer.replaceChildren();
      this._refused.replaceChildren(icon("alert"), ...refusalWords(error));
      return null;
    } finally {
      this._busy = false;
      this._draw();
    }
  }

  /** @param {(string | Node)[]} words */
  _say(words) {
    this._refused.replaceChildren();
    this._answer.replaceChildren(...words);
  }
}

/** @param {unknown} error */
function refusalWords(error) {
  if (!(error instanceof Refusal) || error.status >= 500) {
    return pair("Belum pasti apakah berhasil. Tunggu sampai tersambung, lalu lihat nomor Anda.");
  }
  if (error.code === "invalid_state") {
    return pair("Sudah tidak bisa: nomor Anda baru saja berubah.");
  }
  if (error.code === "rate_limited") return pair("Terlalu sering. Tunggu sebentar, lalu coba lagi.");
  return pair("Tidak berhasil. Silakan ke meja depan.");
}

/**
 * @param {string} kind
 * @param {string} id
 * @param {() => void} press
 */
function button(kind, id, press) {
  const made = el("button", { type: "button", class: `action action-${kind}`, id });
  made.addEventListener("click", press);
  return made;
}
