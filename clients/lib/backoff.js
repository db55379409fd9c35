// @ts-check
/** When a lost socket is tried again: pure but for chance. */

/** The first wait is up to this long, ms; it doubles with each failure. */
const BASE_MS = 500;
/** No wait is longer, so that a screen is back soon after its server is, ms. */
export const CAP_MS = 30000;
/** Close codes that mean "you did wrong or too much": not before this, ms. */
const BARRED_MS = 60000;
const BARRED_CODES = [1008, 1009, 4429];
/** The token, session or role ended: only signing in again helps. */
export const SIGNED_OUT = 4401;

/**
 * Full jitter: a hall's screens that lost one server together must not come back together.
 * @param {number} failures in a row
 * @param {number} cap ms
 * @param {number} chance of [0, 1)
 * @returns {number} ms
 */
export function wait(failures, cap, chance) {
  return chance * Math.min(cap, BASE_MS * Math.pow(2, failures));
}

/**
 * How long a close code forbids to come back, ms.
 * @param {number} code
 */
export function barred(code) {
  return BARRED_CODES.indexOf(code) < 0 ? 0 : BARRED_MS;
}
