// @ts-check
/**
 * Times, dates and figures as people here read them: `10.02`, `Selasa, 24 November 2026`, `7,4`.
 *
 * Times on the wire carry the site's offset (`2026-11-24T10:02:31.000+07:00`) and are read from the
 * text: a TV's or a phone's own time zone, often wrong, has no say.
 */
import { t, language } from "./words.js";

const DAYS = {
  id: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};
const MONTHS = {
  id: ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"],
};
const MINUTE_MS = 60000;

/** `10.02`; "" for null. @param {string | null | undefined} iso */
export function formatClock(iso) {
  return iso ? iso.slice(11, 16).replace(":", ".") : "";
}

/** `10.02.31`; "" for null. @param {string | null | undefined} iso */
export function formatClockSeconds(iso) {
  return iso ? iso.slice(11, 19).replace(/:/g, ".") : "";
}

/** `10.20 – 10.45`, or one time where both read the same. @param {string} from @param {string} to */
export function formatRange(from, to) {
  const start = formatClock(from);
  const end = formatClock(to);
  return start === end ? start : `${start} – ${end}`;
}

/**
 * `Selasa, 24 November 2026`.
 * @param {string | null | undefined} iso a time or a date `2026-11-24`
 * @param {{lang?: string, year?: boolean, weekday?: boolean}} [options] year and weekday: left out
 *   by false
 */
export function formatDate(iso, options) {
  if (!iso) return "";
  const given = options || {};
  const lang = given.lang || language();
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  const months = MONTHS[lang] || MONTHS.id;
  const date = `${day} ${months[month - 1]}${given.year === false ? "" : ` ${year}`}`;
  return given.weekday === false ? date : `${weekday(iso, lang)}, ${date}`;
}

/** `Selasa`. @param {string} iso a time or a date @param {string} [lang] */
export function weekday(iso, lang) {
  const names = DAYS[lang || language()] || DAYS.id;
  return names[new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay()];
}

/** `19 mnt`, rounded, for a duration in seconds. @param {number} seconds */
export function formatMinutes(seconds) {
  return t("{count} mnt", { count: formatNumber(Math.round(seconds / 60)) });
}

/**
 * `18–43 mnt`; minutes below are rounded down and above up, so that the range keeps its promise.
 * @param {number} from seconds
 * @param {number} to seconds
 */
export function formatMinuteRange(from, to) {
  const least = Math.floor(from / 60);
  const most = Math.max(Math.ceil(to / 60), 1);
  return t("{count} mnt", { count: least === most ? String(most) : `${least}–${most}` });
}

/** `4.12`, `1.04.12`: a running time. @param {number} seconds */
export function formatDuration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = two(whole % 60);
  return hours ? `${hours}.${two(minutes)}.${rest}` : `${minutes}.${rest}`;
}

/**
 * `6.198`, `7,4` (in English `6,198`, `7.4`).
 * @param {number} value
 * @param {number} [decimals] digits after the comma
 */
export function formatNumber(value, decimals) {
  const [whole, part] = value.toFixed(decimals || 0).split(".");
  const english = language() === "en";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, english ? "," : ".");
  return part ? grouped + (english ? "." : ",") + part : grouped;
}

/** Minutes that a wire time is ahead of UTC. @param {string} iso */
export function offsetOf(iso) {
  const match = /([+-])(\d\d):(\d\d)$/.exec(iso);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}

/**
 * A moment as a wire time, so that the formats above take it.
 * @param {number} ms since 1970
 * @param {number} offset minutes ahead of UTC, see `offsetOf`
 */
export function isoAt(ms, offset) {
  const local = new Date(ms + offset * MINUTE_MS).toISOString().slice(0, -1);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const size = Math.abs(offset);
  const zone = `${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${local}${offset < 0 ? "-" : "+"}${zone}`;
}
