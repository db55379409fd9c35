// @ts-check
/** The kiosk cannot reach the server: no numbers here, but people know where to go. */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { formatClock } from "../lib/time.js";
import { pair, secondLine } from "../lib/lines.js";
import { t } from "../lib/words.js";
import { heading } from "./say.js";

/**
 * @param {import("./kiosk.js").App} app
 * @returns {import("./kiosk.js").Screen}
 */
export function awayScreen(app) {
  const since = el("p", { class: "second" });
  const node = el("div", { class: "screen away" },
    el("div", { class: "away-sign" }, icon("plug-off")),
    heading("Mesin ini sedang tidak tersambung"),
    el("div", { class: "direction" }, el("span", { class: "sign" }, icon("arrow-left")),
      el("div", { class: "direction-text" },
        el("h2", {}, t("Silakan ke meja depan")),
        el("p", {}, t("Petugas akan memberi Anda nomor.")),
        secondLine("Silakan ke meja depan", undefined, "p"))),
    el("p", {}, ...pair("Nomor yang sudah Anda pegang tetap berlaku.")), since);
  function draw() {
    since.textContent = app.lastLive
      ? t("Terputus sejak {time}. Mencoba lagi setiap beberapa detik.",
        { time: formatClock(app.lastLive) })
      : t("Mencoba lagi setiap beberapa detik.");
  }
  draw();
  return { node, update: draw };
}
