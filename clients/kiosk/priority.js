// @ts-check
/**
 * Whether one needs to go first, asked without proof, and the taking of the number: the same key
 * for every press, so that a number is taken once however often the screen is pressed.
 */
import { el, replace } from "../lib/dom.js";
import { hasIcon, icon } from "../lib/icon.js";
import { bullet } from "../lib/plate.js";
import { nameLines, pair, secondLine } from "../lib/lines.js";
import { name as nameOf, t } from "../lib/words.js";
import { reasonText } from "./say.js";
import { doors } from "./model.js";
import { explainRefusal, Taking } from "./taking.js";

/** After an answer that stayed away: when it is asked for again. */
const AGAIN_MS = 3000;

/**
 * @typedef {import("./kiosk.js").App} App
 * @typedef {import("./taking.js").Wish} Wish
 * @param {App} app
 * @param {{service: string}} step
 * @returns {import("./kiosk.js").Screen}
 */
export function priorityScreen(app, step) {
  return new PriorityScreen(app, step.service);
}

class PriorityScreen {
  /**
   * @param {App} app
   * @param {string} id of the service
   */
  constructor(app, id) {
    this._app = app;
    this._service = app.services[id];
    this._taking = new Taking(app.api, id);
    this._status = el("div", { class: "taking", role: "status" });
    /** @type {HTMLElement[]} */
    this._buttons = [];
    this.back = { name: "services", agency: this._service.agency };
    this.node = this._draw();
  }

  /** Once asked, the answer is waited for here, also without the server. */
  stays() {
    return this._taking.asked;
  }

  _draw() {
    const door = doors(this._app.agencies, this._app.services)
      .find((one) => one.id === this._service.agency);
    return el("div", { class: "screen priority" },
      el("div", { class: "picked" },
        bullet({ prefix: this._service.prefix, tile: this._service.tile }),
        el("span", { class: "picked-text" }, el("strong", {}, nameOf(this._service.name)),
          el("span", {}, door ? nameOf(door.short) : ""))),
      el("h1", { tabindex: "-1" }, t("Apakah Anda perlu didahulukan?")),
      el("p", { class: "lead" }, t("Tidak perlu menunjukkan bukti.")),
      el("p", { class: "title-second" }, secondLine("Apakah Anda perlu didahulukan?"), " ",
        secondLine("Tidak perlu menunjukkan bukti.")),
      this._drawChoices(), creditNote(this._app), this._status);
  }

  _drawChoices() {
    const choices = el("div", { class: "choices" }, this._offer(regularChoice(), {}));
    for (const kind of this._app.site.classes) {
      for (const reason of kind.reasons.length > 0 ? kind.reasons : [""]) {
        const wish = reason ? { class: kind.id, reason } : { class: kind.id };
        choices.append(this._offer(priorityChoice(kind, reason), wish));
      }
    }
    return choices;
  }

  /**
   * @param {HTMLElement} button
   * @param {Wish} wish
   */
  _offer(button, wish) {
    this._buttons.push(button);
    button.addEventListener("click", () => void this._take(wish, button));
    return button;
  }

  /**
   * @param {Wish} wish
   * @param {HTMLElement} button
   */
  async _take(wish, button) {
    const taking = this._taking;
    if (taking.busy || (taking.asked && !taking.sameWish(wish))) return;
    this._app.hold(true);
    button.classList.add("pressed");
    for (const other of this._buttons) other.setAttribute("aria-disabled", "true");
    // When it is asked again by itself, the words that stand there are still true.
    if (!taking.unsure) replace(this._status, pair("Mengambil nomor…"));
    const outcome = await taking.take(wish, () => {
      if (taking.unsure) return;
      replace(this._status, pair("Jawaban belum datang. Dicoba sekali lagi, tidak akan dobel."));
    });
    this._app.hold(false);
    // A number that was taken is shown, wherever one went meanwhile: it will be called.
    if (outcome.kind === "taken") this._app.go({ name: "number", taken: outcome.taken, wish });
    else if (!this._app.isShowing(this)) return;
    else if (outcome.kind === "refused") this._refuse(outcome.code);
    else this._admit(button);
  }

  /** @param {string} code */
  _refuse(code) {
    if (code === "unauthenticated" || code === "forbidden") {
      this._app.signedOut();
      return;
    }
    const service = this._service.id;
    if (code === "quota_exhausted") this._app.markExhausted(service);
    const refused = { service, words: explainRefusal(code) };
    this._app.go({ name: "services", agency: this._service.agency, refused });
  }

  /** Says that the answer is not known. @param {HTMLElement} button */
  _admit(button) {
    if (!this._status.querySelector("[role=alert]")) {
      replace(this._status, el("p", { class: "refused", role: "alert" }, icon("alert"),
        el("span", {}, pair("Belum pasti apakah nomor Anda sudah diambil. Tekan sekali lagi: nomornya tetap satu."))));
    }
    button.setAttribute("aria-disabled", "false");
    button.classList.remove("pressed");
    // The server may be back any moment, and whoever stands here shall not have to guess when.
    setTimeout(() => {
      if (this._app.isShowing(this) && this._taking.unsure) void this._take(this._taking.wish, button);
    }, AGAIN_MS);
  }
}

function regularChoice() {
  return el("button", { type: "button", class: "choice choice-regular", id: "regular" },
    el("span", {}, el("strong", {}, t("Tidak, antrean biasa")),
      secondLine("Tidak, antrean biasa")),
    icon("arrow-right"));
}

/**
 * @param {import("./model.js").PriorityClass} kind
 * @param {string} reason
 */
function priorityChoice(kind, reason) {
  const text = reason ? reasonText(reason) : null;
  const label = el("span", { class: "choice-text" });
  if (text) {
    label.append(el("strong", {}, text.first));
    if (text.note) label.append(el("span", { class: "choice-note" }, text.note));
    if (text.second) {
      label.append(el("span", { class: "second", lang: text.secondLang }, text.second));
    }
  } else label.append(...nameLines(kind.name));
  const button = el("button", {
    type: "button", class: "choice", "data-class": kind.id, "data-reason": reason,
  });
  if (reason && hasIcon(reason)) button.append(icon(reason));
  button.append(label);
  return button;
}

/** @param {import("./kiosk.js").App} app */
function creditNote(app) {
  const credits = app.site.classes.map((kind) => kind.credit_minutes || 0).filter(Boolean);
  if (credits.length === 0) return "";
  return el("p", { class: "small" }, t(
    "Nomor prioritas dihitung seakan datang {minutes} menit lebih awal, supaya semua tetap mendapat giliran.",
    { minutes: Math.max(...credits) }));
}
