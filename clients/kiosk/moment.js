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
 */
export function dayAndClock(iso, today) {
  const day = dayName(iso, today);
  return day ? `${day} ${formatClock(iso)}` : formatClock(iso);
}

/**
 * `09.00 – 09.30`, with the day before it where it is another one.
 * @param {{start: string, end: string}} slot
 * @param {string} today
 */
export function slotText(slot, today) {
  const day = dayName(slot.start, today);
  const times = formatRange(slot.start, slot.end);
  return day ? `${day}, ${times}` : times;
}

/**
 * @param {string} iso
 * @param {string} today
 */
function dayName(iso, today) {
  const date = iso.slice(0, 10);
  if (date === today) return "";
  const days = (Date.parse(date) - Date.parse(today)) / DAY_MS;
  return days > 0 && days <= WEEK_DAYS ? weekday(iso) : formatDate(iso, { year: false });
}

/**
 * `Selasa, 24 November, 10.02`.
 * @param {string} iso
 */
export function clockAndDay(iso) {
  return `${formatDate(iso, { year: false })}, ${formatClock(iso)}`;
}
