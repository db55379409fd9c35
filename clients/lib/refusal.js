// @ts-check
/** A refusal in words, beside the thing that was refused, with what to do. */
import { isUnknown } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icon.js";
import { t } from "./words.js";

/**
 * @param {Element} place `.refusal`
 * @param {any} error
 */
export function refuse(place, error) {
  if (isUnknown(error)) {
    tell(place, t("Belum pasti tersimpan."), t("Lihat keadaannya setelah tersambung, lalu coba lagi."));
  } else {
    const first = error.errors && error.errors[0];
    tell(place, (first && first.detail) || error.detail || t("Tidak dilakukan."), error.code);
  }
}

/** @param {Element} place `.refusal` @param {string} what @param {string} [hint] what to do */
export function tell(place, what, hint) {
  place.textContent = "";
  place.appendChild(icon("alert"));
  place.appendChild(el("span", null, what, hint ? el("span", { class: "refusal-hint" }, hint) : null));
}
