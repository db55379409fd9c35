// @ts-check
// Keeps the screen from going dark, where a browser can: in a secure context, from Chromium 84 on.
// Televisions of before have a setting of their own.

/** @type {any} */
const { wakeLock } = navigator;

export function keepAwake() {
  if (!wakeLock) return;
  const ask = () => {
    // Refused on a low battery, or while hidden: it is asked for again when the page is seen again.
    if (!document.hidden) wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
