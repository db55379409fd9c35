// @ts-check
/** A kiosk that nobody has set up yet: it asks for its token or a member of staff. */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { pair } from "../lib/lines.js";
import { t } from "../lib/words.js";
import { heading } from "./say.js";

/**
 * @param {import("./kiosk.js").App} app
 * @param {{problem?: string}} step `problem`: why it asks again
 * @returns {import("./kiosk.js").Screen}
 */
export function setupScreen(app, step) {
  const field = /** @type {HTMLInputElement} */ (el("input", {
    id: "device", type: "password", autocomplete: "off", spellcheck: "false", maxlength: "600",
    "aria-describedby": "device-error",
  }));
  const error = el("p", { class: "refused", id: "device-error", role: "alert" });
  const form = el("form", { class: "check-in" },
    el("label", { for: "device" }, pair("Token mesin ini")), field, error,
    el("button", { type: "submit", class: "choice choice-regular" },
      el("strong", {}, t("Pakai token ini")), icon("arrow-right")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const token = tokenOf(field.value);
    field.value = "";
    if (token) void app.adopt(token);
    else show("Token belum diisi.");
  });

  /** @param {string} problem */
  function show(problem) {
    error.replaceChildren(icon("alert"), el("span", {}, pair(problem)));
  }
  if (step.problem) show(step.problem);
  const next = encodeURIComponent("/kiosk");
  const node = el("div", { class: "screen setup" },
    heading("Mesin ini belum disiapkan"),
    el("p", { class: "lead" }, ...pair(
      "Untuk mengambil nomor, silakan ke meja depan. Petugas akan memberi Anda nomor.")),
    el("hr", {}), el("h2", {}, pair("Untuk petugas")), form,
    el("p", {}, el("a", { href: `/sign-in?next=${next}` }, pair("Atau masuk sebagai petugas"))));
  return { node, shown: () => field.focus() };
}

/**
 * A scanner may read the whole address `/kiosk#device=TOKEN`.
 * @param {string} text
 */
export function tokenOf(text) {
  const found = /#.*\bdevice=([^&\s]+)/.exec(text);
  return (found ? decodeURIComponent(found[1]) : text).trim();
}
