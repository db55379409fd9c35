// The service worker of displays: keeps the last complete page for a start without network, and
// otherwise stays out of the way, so that the network's page always comes first.

const PREFIX = "antrean-display-";
/** A server that has not answered by then is not there, ms; only where a kept page can stand in. */
const PATIENCE_MS = 4000;
/** The parts of a page that was kept are the kept ones, ms. */
const LOADING_MS = 30000;
/** When a page that was kept stood in, by a clock that never jumps; 0: the last one was fresh. */
let keptAt = 0;
/** What a page that is kept as a whole has last: a cache fills one by one, for all to see. */
const MARK = "/display-kept";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data && event.data.op === "keep") event.waitUntil(keep(event.data.urls));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isPart = url.pathname.startsWith("/assets/");
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPart || event.request.mode === "navigate") event.respondWith(answer(event.request));
});

/**
 * All of a page or nothing: parts of two versions would not run together. The page before is kept
 * until the new one is complete.
 * @param {string[]} urls
 */
async function keep(urls) {
  const name = PREFIX + Date.now();
  const cache = await caches.open(name);
  try {
    await cache.addAll(Array.from(new Set(urls)).map((url) => new Request(url, { cache: "no-cache" })));
    await cache.put(MARK, new Response(""));
  } catch (error) {
    await caches.delete(name);
    return;
  }
  const names = await caches.keys();
  await Promise.all(names
    .filter((other) => other.startsWith(PREFIX) && other !== name)
    .map((other) => caches.delete(other)));
}

/** From the newest page that is kept as a whole. @param {Request} request */
async function find(request) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX)).sort().reverse();
  for (const name of names) {
    const cache = await caches.open(name);
    if (await cache.match(MARK)) return cache.match(request, { ignoreVary: true });
  }
  return undefined;
}

/** @param {Request} request */
async function answer(request) {
  const kept = await find(request);
  const isPage = request.mode === "navigate";
  // Parts come from where their page came from: those of two versions would not run together.
  if (!kept || (!isPage && !keptAt)) return fetch(request);
  if (!isPage && performance.now() - keptAt < LOADING_MS) return kept;
  try {
    const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
    const fresh = await Promise.race([fetch(request), late]);
    // A gateway's own error page is no answer of ours.
    if (fresh.status < 500) {
      if (isPage) keptAt = 0;
      return fresh;
    }
  } catch (error) {
    // It stands in below.
  }
  if (isPage) keptAt = performance.now();
  return kept;
}
