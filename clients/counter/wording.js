// @ts-check
/**
 * The words of the console: what phases, actions and reasons are called. Texts in Indonesian are
 * the keys of the catalogue (clients/locale).
 */

import { t } from "../lib/words.js";

/**
 * @typedef {import("./actions.js").Action} Action
 * @typedef {import("./actions.js").Phase} Phase
 * @typedef {{label: string, sub: string}} Words
 */

/** @param {number} milliseconds whole seconds, at least one while anything is left */
export function seconds(milliseconds) {
  return String(Math.ceil(milliseconds / 1000));
}

/**
 * @param {Phase} phase
 * @returns {string}
 */
export function phaseWords(phase) {
  return {
    closed: t("Loket tutup"),
    taken: t("Loket dipakai"),
    paused: t("Loket dijeda"),
    idle: t("Loket kosong"),
    called: t("Dipanggil"),
    serving: t("Dilayani"),
  }[phase];
}

/**
 * @param {Action} action
 * @param {Phase} phase
 * @param {{next: string, leg: string, clerk: string}} names of who would be called, where the
 *   ticket goes on to, and who sits here
 * @returns {Words}
 */
export function primaryWords(action, phase, names) {
  if (action.why === "offline") {
    return { label: t("Menyambung kembali"), sub: t("tombol aktif lagi setelah tersambung") };
  }
  const sub = action.why ? whyWords(action) : "";
  switch (action.id) {
    case "call-next":
      return { label: t("Panggil berikutnya"), sub: sub || names.next };
    case "start":
      return { label: t("Mulai layani"), sub: t("orangnya sudah di depan loket") };
    case "complete":
      return {
        label: t("Selesai"),
        sub: names.leg ? t("lanjut ke {service}", { service: names.leg }) : "",
      };
    default:
      return openWords(phase, names.clerk);
  }
}

/**
 * @param {Phase} phase
 * @param {string} clerk
 * @returns {Words}
 */
function openWords(phase, clerk) {
  if (phase === "taken") {
    return { label: t("Duduk di loket ini"), sub: t("menggantikan {name}", { name: clerk }) };
  }
  return { label: phase === "paused" ? t("Buka lagi") : t("Buka loket"), sub: "" };
}

/**
 * @param {Action} action
 * @param {string} undoes the number whose last action would be taken back
 * @param {boolean} late an action was there to be taken back, and its time is over
 * @returns {Words}
 */
export function otherWords(action, undoes, late) {
  const label = {
    recall: t("Panggil ulang"),
    "no-show": t("Tidak hadir"),
    hold: t("Tahan"),
    transfer: t("Alihkan"),
    undo: t("Urungkan"),
  }[action.id];
  let sub = "";
  if (action.why) sub = action.id === "undo" && late ? t("lewat 30 dtk") : whyWords(action);
  else if (action.id === "undo") {
    sub = t("{number}, {seconds} dtk", { number: undoes, seconds: seconds(action.left ?? 0) });
  }
  return { label: label ?? action.id, sub };
}

/**
 * Why an action cannot be done, in a few words beside it.
 * @param {{why: import("./actions.js").Why | null, left?: number}} action
 * @returns {string}
 */
export function whyWords({ why, left }) {
  switch (why) {
    case "offline":
      return t("tidak tersambung");
    case "taken":
      return t("duduk dulu di sini");
    case "no_ticket":
      return t("belum ada nomor");
    case "already_serving":
      return t("sudah dilayani");
    case "announcing":
      return t("bisa lagi {seconds} dtk", { seconds: seconds(left ?? 0) });
    case "nothing_to_undo":
      return t("belum ada");
    case "nobody_waits":
      return t("belum ada yang menunggu");
    case "nobody_here":
      return t("yang menunggu belum datang");
    case "busy_here":
      return t("selesaikan dulu nomor ini");
    case "not_open":
      return t("buka loket dulu");
    case "paused":
      return t("loket sedang dijeda");
    default:
      return "";
  }
}

/**
 * What a command is called where its fate is told.
 * @param {string} command
 * @returns {string}
 */
export function commandWords(command) {
  return (
    {
      open: t("Buka loket"),
      pause: t("Jeda"),
      close: t("Tutup loket"),
      "call-next": t("Panggil berikutnya"),
      call: t("Panggil"),
      recall: t("Panggil ulang"),
      start: t("Mulai layani"),
      complete: t("Selesai"),
      "no-show": t("Tidak hadir"),
      hold: t("Tahan"),
      resume: t("Lanjutkan"),
      transfer: t("Alihkan"),
      move: t("Alihkan"),
      undo: t("Urungkan"),
      requeue: t("Kembali ke antrean"),
      cancel: t("Batalkan nomor"),
      "check-in": t("Tandai hadir"),
    }[command] ?? command
  );
}

/**
 * What is told when the server refuses; else the server's own sentence stands.
 * @param {string} code
 * @param {string} command
 * @returns {string | null}
 */
export function refusalWords(code, command) {
  switch (code) {
    case "stale":
      return t("Nomor di loket ini sudah berubah. Inilah keadaan terbaru.");
    case "queue_empty":
      return t("Tidak ada yang bisa dipanggil: yang menunggu belum datang, atau sedang di loket lain.");
    case "nothing_to_undo":
      return t("Tidak bisa diurungkan lagi. Gunakan Panggil atau Kembali ke antrean.");
    case "counter_busy":
      return command === "open"
        ? t("Anda masih memegang nomor di loket lain. Selesaikan dulu di sana.")
        : t("Loket ini masih memegang nomor. Selesaikan dulu nomor itu.");
    case "counter_not_open":
      return t("Loket ini tidak sedang buka. Buka loket dulu.");
    case "not_your_counter":
      return t("Loket ini bukan loket Anda. Pilih loket lain, atau hubungi pengawas.");
    case "storage_unavailable":
      return t("Server tidak bisa mencatat sekarang. Tunggu sebentar, lalu tekan lagi.");
    default:
      return null;
  }
}
