// @ts-check
/** Moments as near as they are: a clock time today, the weekday before it on another day. */
import { formatClock, formatDate, formatRange, weekday } from "../lib/time.js";

/** A weekday says which day for this many days; after that the date is needed. */
const WEEK_DAYS = 6;
const DAY_MS = 86400000;

/**
 * `13.00`, `Rabu 08.00`, or `Selasa, 24 November 08.00`.
 * @param {string} iso
 * @param {string} today the business date
 * @param {string} [lang] another language than the chosen one
 */
export function dayAndClock(iso, today, lang) {
  const day = dayName(iso, today, lang);
  return day ? `${day} ${formatClock(iso)}` : formatClock(iso);
}

/**
 * `09.00 – 09.30`, with the day before it where it is another one.
 * @param {{start: string, end: string}} slot
 * @param {string} today
 * @param {string} [lang]
 */
export function slotText(slot, today, lang) {
  const day = dayName(slot.start, today, lang);
  const times = formatRange(slot.start, slot.end);
  return day ? `${day}, ${times}` : times;
}

/**
 * @param {string} iso
 * @param {string} today
 * @param {string} [lang]
 */
function dayName(iso, today, lang) {
  const date = iso.slice(0, 10);
  if (date === today) return "";
  const days = (Date.parse(date) - Date.parse(today)) / DAY_MS;
  return days > 0 && days <= WEEK_DAYS ? weekday(iso, lang) : formatDate(iso, { year: false, lang });
}

/**
 * `Selasa, 24 November, 10.02`.
 * @param {string} iso
 */
export function clockAndDay(iso) {
  return `${formatDate(iso, { year: false })}, ${formatClock(iso)}`;
}
