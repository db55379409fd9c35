// @ts-check
/** A file on its way to the server: how far it is, or why it is not taken. */
import { el, replace, setText } from "../lib/dom.js";
import { tell } from "../lib/refusal.js";
import { t } from "../lib/words.js";
import { LARGEST_BYTES, TYPES } from "./upload.js";
import { sizeWords } from "./wording.js";

/** What can be said before a byte is sent. @param {File} file @returns {[string, string] | null} */
export function faultOf(file) {
  if (file.size > LARGEST_BYTES) return tooLarge(file);
  // Some systems know no type of a film; then the server looks into it.
  if (file.type && !TYPES.includes(file.type)) {
    return [t("Jenis berkas ini tidak bisa diputar di TV."),
      t("Simpan sebagai PNG, JPEG, WebP atau MP4, lalu unggah lagi.")];
  }
  return null;
}

/** @param {File} file @returns {[string, string]} */
export function tooLarge(file) {
  return [t("Terlalu besar: {size}. Paling besar 200 MB.", { size: sizeWords(file.size) }),
    t("Perkecil, atau bagi menjadi beberapa berkas.")];
}

/** @param {File} file */
export function comingRow(file) {
  const bar = /** @type {HTMLProgressElement} */ (el("progress", { max: 100, value: 0, "aria-label": file.name }));
  const told = el("span", { class: "upload-told" }, t("menunggu giliran"));
  const refused = el("p", { class: "refusal", role: "alert" });
  const stop = el("button", { type: "button", class: "button" }, t("Batal"));
  let stopping = () => node.remove();
  stop.addEventListener("click", () => stopping());
  const node = el("li", { class: "coming" },
    el("div", { class: "coming-what" }, el("p", { class: "media-name" }, file.name),
      el("p", { class: "coming-how" }, bar, told), refused),
    stop);
  return {
    node,
    /** @param {number} share */
    progress: (share) => {
      bar.value = Math.round(share * 100);
      setText(told, share < 1 ? `${Math.round(share * 100)} %` : t("diperiksa server"));
    },
    /** @param {() => void} work */
    onStop: (work) => {
      stopping = work;
    },
    /** @param {string} what @param {string} hint */
    refuse: (what, hint) => {
      stopping = () => node.remove();
      replace(/** @type {Element} */ (bar.parentNode));
      tell(refused, what, hint);
      setText(stop, t("Tutup"));
    },
  };
}
