// @ts-check
/**
 * Keeps the phone's screen on while a ticket is followed, where the browser can, and buzzes at a
 * call. Both are extras: a browser that refuses changes nothing else.
 */

/** @type {{release(): Promise<void>, released: boolean} | null} */
let lock = null;
let wanted = false;

/** @param {boolean} on */
export function keepAwake(on) {
  wanted = on;
  if (on) void acquire();
  else if (lock) void lock.release();
}

async function acquire() {
  const wakeLock = /** @type {any} */ (navigator).wakeLock;
  if (!wakeLock || !wanted || document.visibilityState !== "visible") return;
  if (lock && !lock.released) return;
  try {
    lock = await wakeLock.request("screen");
  } catch {
    lock = null; // a low battery refuses
  }
}

// The lock is lost whenever the page is hidden.
document.addEventListener("visibilitychange", () => void acquire());

/** Felt through a pocket: two short, one long. */
const CALL = [250, 150, 250, 150, 700];

export function buzz() {
  if (typeof navigator.vibrate === "function") navigator.vibrate(CALL);
}
