// @ts-check
// Has the service worker keep the page itself, so that a TV that restarts without network says who it
// is and that it waits. Only where the context is secure: elsewhere browsers have none.

const WORKER = "/display-worker.js";
const SCOPE = "/display";
/** After the board is there: nobody waits for this, ms. */
const LATER_MS = 5000;
/** Where the server was just not there, ms: a TV may run for long until it loads its page again. */
const AGAIN_MS = 60000;

export function keepShell() {
  if (!navigator.serviceWorker || !window.isSecureContext) return;
  // A preview in the page of the TVs has nothing to start again.
  if (window.parent !== window) return;
  setTimeout(keep, LATER_MS);
}

async function keep() {
  try {
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const worker = registration.active || (await navigator.serviceWorker.ready).active;
    if (worker) worker.postMessage({ op: "keep", urls: loaded() });
  } catch (error) {
    // The page works without; until then it only does not start without network.
    setTimeout(keep, AGAIN_MS);
  }
}

/** All that this page is made of. */
function loaded() {
  const own = location.origin + location.pathname + location.search;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  return [own].concat(parts.filter((url) => url.indexOf(`${location.origin}/assets/`) === 0));
}
