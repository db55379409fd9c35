// @ts-check
/** Times, durations and names as the console says them, by the site's clock. */

import { formatClock, formatClockSeconds, formatDuration, formatMinutes, isoAt, offsetOf } from "../lib/time.js";
import { name, t } from "../lib/words.js";

const MINUTE_MS = 60_000;

/**
 * @param {string} at a time of the server, for the site's offset
 */
export function saidOf(at) {
  const offset = offsetOf(at);
  const iso = (/** @type {number} */ ms) => isoAt(ms, offset);
  const timeOfDay = (/** @type {number} */ ms) => iso(ms).slice(11, 16);
  return {
    name,
    /** `10.02`, of a wire time */
    time: formatClock,
    /** `10.02.24`, of a wire time */
    clock: formatClockSeconds,
    /** `10.02`, of milliseconds */
    timeOf: (/** @type {number} */ ms) => formatClock(iso(ms)),
    /** `10.02.24`, of milliseconds */
    clockOf: (/** @type {number} */ ms) => formatClockSeconds(iso(ms)),
    /** `19 mnt` */
    minutes: (/** @type {number} */ ms) => formatMinutes(Math.max(0, ms) / 1000),
    /** `38 dtk`, from two minutes on `3 mnt` */
    short: (/** @type {number} */ ms) =>
      ms < 2 * MINUTE_MS
        ? t("{count} dtk", { count: String(Math.max(0, Math.round(ms / 1000))) })
        : formatMinutes(ms / 1000),
    /** `4.12` */
    running: (/** @type {number} */ ms) => formatDuration(ms / 1000),
    timeOfDay,
    iso,
    /**
     * The moment of `12.30`, `12:30` or `1230` on the day of `now`; null for anything else.
     * @param {string} time
     * @param {number} now
     */
    todayAt(time, now) {
      const wanted = /^(\d\d?)[.:]?(\d\d)$/.exec(time.trim());
      if (!wanted || Number(wanted[1]) > 23 || Number(wanted[2]) > 59) return null;
      const [hours, minutes] = timeOfDay(now).split(":").map(Number);
      const ahead = (Number(wanted[1]) - hours) * 60 + Number(wanted[2]) - minutes;
      return Math.floor(now / MINUTE_MS) * MINUTE_MS + ahead * MINUTE_MS;
    },
  };
}
