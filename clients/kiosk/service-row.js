// @ts-check
/**
 * One service as a line that can be pressed: what it is, how long one waits, or why not and where
 * to go instead. The line stays in its place in every state.
 */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { bullet } from "../lib/plate.js";
import { nameLines, pair } from "../lib/lines.js";
import { name as nameOf, t } from "../lib/words.js";
import { dayAndClock } from "./moment.js";
import { isFree, refusal, waitMinutes } from "./model.js";

/**
 * @typedef {import("./model.js").Service} Service
 * @typedef {{node: HTMLElement, update: (service: Service) => void}} Row
 * @param {{channel: string, onPick: (id: string) => void, agency?: import("./model.js").Name,
 *   exhausted?: (id: string) => boolean, today: () => string}} options
 *   `agency`: named on the line too, where lines of several stand together
 * @returns {Row}
 */
export function serviceRow(options) {
  const button = el("button", { type: "button", class: "service" });
  const node = el("li", {}, button);
  let id = "";
  let drawn = "";
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") options.onPick(id);
  });
  return {
    node,
    update(service) {
      id = service.id;
      const exhausted = Boolean(options.exhausted && options.exhausted(service.id));
      const state = JSON.stringify([service, exhausted, options.today()]);
      if (state === drawn) return;
      drawn = state;
      const why = exhausted ? "exhausted" : refusal(service, options.channel);
      button.dataset.service = service.id;
      button.setAttribute("aria-disabled", String(why !== null));
      const text = el("span", { class: "service-text" }, nameLines(service.name));
      if (options.agency) text.append(el("span", { class: "service-agency" }, nameOf(options.agency)));
      text.append(...(why === null ? facts(service) : reasons(service, why, options.today())));
      const tile = bullet({ prefix: service.prefix, tile: service.tile });
      const parts = [el("span", { class: "service-tile" }, tile), text];
      if (why === null) parts.push(el("span", { class: "sign" }, icon("arrow-right")));
      button.replaceChildren(...parts);
    },
  };
}

/** @param {Service} service */
function facts(service) {
  const wait = waitMinutes(service);
  const line = el("span", { class: "service-facts" });
  if (isFree(service)) {
    line.append(el("strong", {}, t("Kosong, langsung dilayani")));
  } else if (wait) {
    const range = wait.from === wait.to ? String(wait.to) : `${wait.from} – ${wait.to}`;
    line.append(el("strong", {}, t("{range} menit", { range })), " ",
      t("menunggu, {count} orang", { count: service.waiting }));
  } else {
    const why = service.counters_open === 0
      ? t("Belum ada loket yang buka")
      : t("Lama menunggu belum bisa diperkirakan");
    line.append(el("strong", {}, why), ", ", t("{count} orang", { count: service.waiting }));
  }
  return [line];
}

/**
 * @param {Service} service
 * @param {string} why
 * @param {string} today the business date, YYYY-MM-DD
 * @returns {HTMLElement[]}
 */
function reasons(service, why, today) {
  const badge = el("span", { class: "badge" }, icon("minus"), badgeText(service, why, today));
  const lines = [badge];
  if (service.note && why !== "exhausted" && why !== "outside") {
    lines.push(el("span", { class: "service-note" }, nameLines(service.note)));
  }
  // What to do when none are left was said with the refusal.
  if (why !== "exhausted") {
    lines.push(el("span", { class: "service-note" }, pair(insteadText(service, why))));
  }
  return lines;
}

/**
 * @param {Service} service
 * @param {string} why
 * @param {string} today
 */
function badgeText(service, why, today) {
  switch (why) {
    case "exhausted":
      return t("Nomor hari ini habis");
    case "not_operating":
      return t("Tidak beroperasi");
    case "paused":
      return t("Dijeda sementara");
    case "outside":
      return t("Tutup, buka lagi {when}", { when: dayAndClock(service.opens_at || "", today) });
    case "elsewhere":
      return t("Nomornya tidak di mesin ini");
    default:
      return t("Sedang tutup");
  }
}

/**
 * Where to go instead.
 * @param {Service} service
 * @param {string} why
 */
function insteadText(service, why) {
  switch (why) {
    case "outside":
      return "Nomor bisa diambil lagi setelah buka.";
    case "elsewhere":
      return service.channels.includes("desk")
        ? "Silakan ke meja depan. Petugas akan memberi Anda nomor."
        : "Ambil nomor lewat aplikasi di ponsel.";
    case "paused":
      return "Silakan tunggu, atau tanyakan di meja depan.";
    default:
      return "Silakan tanyakan di meja depan.";
  }
}
