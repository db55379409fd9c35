// @ts-check
/** Where a number is typed or the QR of a phone is shown to the scanner; Enter ends either. */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { parseScan } from "../lib/scan.js";
import { pair } from "../lib/lines.js";
import { t } from "../lib/words.js";
import { heading } from "./say.js";
import { screenKeys } from "./keys.js";

/**
 * @param {import("./kiosk.js").App} app
 * @returns {import("./kiosk.js").Screen}
 */
export function checkInScreen(app) {
  const field = /** @type {HTMLInputElement} */ (el("input", {
    id: "number", type: "text", autocomplete: "off", autocapitalize: "characters",
    spellcheck: "false", maxlength: "600", enterkeyhint: "done", "aria-describedby": "number-error",
  }));
  const error = el("p", { class: "refused", id: "number-error", role: "alert" });
  const done = el("button", { type: "submit", class: "key key-done", id: "check-in-done" },
    t("Selesai"));
  const form = el("form", { class: "check-in" },
    el("label", { for: "number" }, pair("Nomor Anda, misalnya A-001")), field, error,
    screenKeys(field, { erase: t("Hapus"), done }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const scan = parseScan(field.value);
    if (scan) {
      field.value = "";
      app.scanned(scan);
    } else {
      error.replaceChildren(icon("alert"),
        el("span", {}, pair("Ini bukan nomor antrean. Contoh: A-001.")));
    }
  });
  field.addEventListener("input", () => error.replaceChildren());
  const node = el("div", { class: "screen" }, heading("Sudah punya nomor?"),
    el("div", { class: "direction" }, el("span", { class: "sign" }, icon("phone")),
      el("div", { class: "direction-text" },
        el("h2", {}, t("Perlihatkan kode QR di ponsel ke pemindai")),
        el("p", {}, t("Atau ketik nomornya di bawah ini.")))),
    form);
  return { node, back: { name: "start" }, shown: () => field.focus() };
}
