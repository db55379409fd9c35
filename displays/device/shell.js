// @ts-check
// Has the service worker keep the page itself, so that a TV that restarts without network says who it
// is and that it waits. Only where the context is secure: elsewhere browsers have none.

const WORKER = "/display-worker.js";
const SCOPE = "/display";
/** After the board is there: nobody waits for this, ms. */
const LATER_MS = 5000;

export function keepShell() {
  if (!navigator.serviceWorker || !window.isSecureContext) return;
  setTimeout(async () => {
    try {
      const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
      const worker = registration.active || (await navigator.serviceWorker.ready).active;
      if (worker) worker.postMessage({ op: "keep", urls: loaded() });
    } catch (error) {
      // The page works without; it only does not start without network.
    }
  }, LATER_MS);
}

/** All that this page is made of. */
function loaded() {
  const own = location.origin + location.pathname + location.search;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  return [own].concat(parts.filter((url) => url.indexOf(`${location.origin}/assets/`) === 0));
}
