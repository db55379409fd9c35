// @ts-check
/** A link that opens nothing, and a server that cannot be reached before anything was shown. */
import { el } from "../lib/dom.js";
import { pair, secondLine } from "../lib/lines.js";
import { t } from "../lib/words.js";

/** @returns {(HTMLElement | null)[]} */
export function lost() {
  return message("Tautan ini tidak membuka nomor apa pun", [
    "Pindai lagi kode QR di kertas atau di kios. Bila tetap begini, sebutkan nomor Anda di meja depan.",
  ]);
}

/** @returns {(HTMLElement | null)[]} */
export function noToken() {
  return message("Ikuti nomor Anda di sini", [
    "Pindai kode QR di kertas atau di layar kios dengan kamera ponsel ini.",
  ]);
}

/** @returns {(HTMLElement | null)[]} */
export function unreached() {
  return message("Belum tersambung", [
    "Nomor Anda tetap berlaku. Lihat layar di hall dan dengarkan panggilan sampai ponsel tersambung.",
  ]);
}

/**
 * @param {string} title
 * @param {string[]} lines
 */
function message(title, lines) {
  return [
    el("div", { class: "told" }, el("h1", {}, t(title)),
      secondLine(title, undefined, "p")),
    el("hr", {}),
    ...lines.map((line) => el("p", {}, pair(line))),
  ];
}
