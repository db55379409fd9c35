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
 * @param {import("./kiosk.js").App} app
 * @param {{service: string}} step
 * @returns {import("./kiosk.js").Screen}
 */
export function priorityScreen(app, step) {
  const service = app.services[step.service];
  const door = doors(app.agencies, app.services).find((one) => one.id === service.agency);
  const taking = new Taking(app.api, step.service);
  const status = el("div", { class: "taking", role: "status" });
  const choices = el("div", { class: "choices" });
  /** @type {HTMLButtonElement[]} */
  const buttons = [];

  /**
   * @param {HTMLElement} button
   * @param {{class?: string, reason?: string}} wish
   */
  function offer(button, wish) {
    buttons.push(/** @type {HTMLButtonElement} */ (button));
    button.addEventListener("click", () => void take(wish, button));
    return button;
  }

  /**
   * @param {{class?: string, reason?: string}} wish
   * @param {HTMLElement} button
   */
  async function take(wish, button) {
    if (taking.busy || (taking.asked && !taking.sameWish(wish))) return;
    app.hold(true);
    button.classList.add("pressed");
    for (const other of buttons) other.setAttribute("aria-disabled", "true");
    // Asked again by itself, the words that stand there are still true.
    if (!taking.unsure) replace(status, pair("Mengambil nomor…"));
    const outcome = await taking.take(wish, () => {
      if (!taking.unsure) {
        replace(status, pair("Jawaban belum datang. Dicoba sekali lagi, tidak akan dobel."));
      }
    });
    app.hold(false);
    if (app.isShowing(screen)) finish(outcome, button);
  }

  /**
   * @param {import("./taking.js").Outcome} outcome
   * @param {HTMLElement} button
   */
  function finish(outcome, button) {
    if (outcome.kind === "taken") {
      app.go({ name: "number", taken: outcome.taken, wish: taking.wish });
    } else if (outcome.kind === "refused") {
      if (outcome.code === "unauthenticated" || outcome.code === "forbidden") {
        app.signedOut();
        return;
      }
      if (outcome.code === "quota_exhausted") app.markExhausted(step.service);
      app.go({
        name: "services", agency: service.agency,
        refused: { service: step.service, words: explainRefusal(outcome) },
      });
    } else {
      unsure(button);
    }
  }

  /** @param {HTMLElement} button */
  function unsure(button) {
    if (!status.querySelector("[role=alert]")) {
      replace(status, el("p", { class: "refused", role: "alert" }, icon("alert"), el("span", {},
        pair("Belum pasti apakah nomor Anda sudah diambil. Tekan sekali lagi: nomornya tetap satu."))));
    }
    button.setAttribute("aria-disabled", "false");
    button.classList.remove("pressed");
    // The server may be back any moment, and whoever stands here shall not have to guess when.
    setTimeout(() => {
      if (app.isShowing(screen) && taking.unsure) void take(taking.wish, button);
    }, AGAIN_MS);
  }

  const regular = offer(el("button", { type: "button", class: "choice choice-regular", id: "regular" },
    el("span", {}, el("strong", {}, t("Tidak, antrean biasa")),
      secondLine("Tidak, antrean biasa")),
    icon("arrow-right")), {});
  choices.append(regular);
  for (const kind of app.site.classes) {
    for (const reason of kind.reasons.length > 0 ? kind.reasons : [""]) {
      choices.append(offer(priorityChoice(kind, reason),
        reason ? { class: kind.id, reason } : { class: kind.id }));
    }
  }
  const node = el("div", { class: "screen priority" },
    el("div", { class: "picked" },
      bullet({ prefix: service.prefix, tile: service.tile }),
      el("span", { class: "picked-text" }, el("strong", {}, nameOf(service.name)),
        el("span", {}, door ? nameOf(door.short) : ""))),
    el("h1", { tabindex: "-1" }, t("Apakah Anda perlu didahulukan?")),
    el("p", { class: "lead" }, t("Tidak perlu menunjukkan bukti.")),
    el("p", { class: "title-second" }, secondLine("Apakah Anda perlu didahulukan?"), " ",
      secondLine("Tidak perlu menunjukkan bukti.")),
    choices, creditNote(app), status);
  /** @type {import("./kiosk.js").Screen} */
  const screen = {
    node,
    back: { name: "services", agency: service.agency },
    stays: () => taking.asked,
  };
  return screen;
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
