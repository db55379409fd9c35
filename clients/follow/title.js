// @ts-check
/** The state in a few words for the tab, and in one sign for the favicon. */
import { name as nameOf, t } from "../lib/words.js";

/**
 * @typedef {import("./phase.js").Ticket} Ticket
 * @typedef {import("./phase.js").Phase} Phase
 * @param {Ticket} ticket
 * @param {Phase} phase
 */
export function titleOf(ticket, phase) {
  const number = ticket.number;
  const counter = nameOf(ticket.counter_name || ticket.counter || "");
  switch (phase) {
    case "waiting":
      return t("{count} di depan – {number}", { count: ticket.ahead || 0, number });
    case "absent":
      return t("Belum hadir – {number}", { number });
    case "next":
      return t("Bersiap – {number}", { number });
    case "called":
      return t("{counter} – {number} dipanggil", { counter, number });
    case "serving":
      return t("Dilayani – {number}", { number });
    case "held":
      return t("Ditahan – {number}", { number });
    case "missed":
      return t("Terlewat – {number}", { number });
    case "booked":
      return t("Terjadwal – {number}", { number });
    case "done":
      return t("Selesai – {number}", { number });
    case "cancelled":
      return t("Dibatalkan – {number}", { number });
    default:
      return t("Tidak berlaku – {number}", { number });
  }
}

/** @type {Object<string, string>} */
const SPOKEN = {
  waiting: "{count} orang di depan Anda.",
  absent: "Anda belum tercatat hadir.",
  next: "Bersiap, Anda berikutnya.",
  called: "Nomor {number} dipanggil. Silakan menuju {counter}.",
  serving: "Anda sedang dilayani.",
  held: "Nomor Anda ditahan sebentar.",
  missed: "Nomor Anda terlewat.",
  done: "Selesai, terima kasih.",
  cancelled: "Nomor ini sudah dibatalkan.",
  expired: "Nomor ini sudah tidak berlaku.",
};

/**
 * What a screen reader says when the phase turns.
 * @param {Ticket} ticket
 * @param {Phase} phase
 */
export function spokenOf(ticket, phase) {
  return t(SPOKEN[phase] || "", {
    count: ticket.ahead || 0, number: ticket.number,
    counter: nameOf(ticket.counter_name || ticket.counter || ""),
  });
}

/** As in tokens.css, which a favicon cannot read. */
const INK = "#1B1A17";
const PAPER = "#F5F1E8";
const SIGNAL = "#FFC629";
const STALE = "#DEDCD7";

/**
 * @param {Ticket} ticket
 * @param {Phase} phase
 * @param {boolean} stale
 */
export function signOf(ticket, phase, stale) {
  if (stale) return { text: "?", ground: STALE, ink: INK };
  switch (phase) {
    case "waiting":
      return { text: String(ticket.ahead || 0), ground: PAPER, ink: INK };
    case "next":
      return { text: "1", ground: INK, ink: PAPER };
    case "called":
      return { text: "!", ground: SIGNAL, ink: INK };
    case "missed":
      return { text: "!", ground: PAPER, ink: INK };
    default:
      return { text: ticket.number.split("-")[0], ground: PAPER, ink: INK };
  }
}
