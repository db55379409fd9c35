// @ts-check
/**
 * The connection in words: the dot with its word, and the bar that tells how old a screen is. Both
 * follow the socket by themselves once they are handed to `follow`.
 */
import { el, replace, setText } from "./dom.js";
import { formatClockSeconds } from "./time.js";
import { bi, both, onLanguage, t } from "./words.js";

/** Where the states are asked for, as a socket cannot be had. */
const ASKED = "Diperbarui tiap 2 detik";
const WORDS = { connecting: "Menyambung", live: "Tersambung", stale: "Terputus" };

/** `● Tersambung`. @returns {HTMLElement} */
export function connectionWord() {
  return el("span", { class: "connection", "data-connection-word": true }, t(WORDS.connecting));
}

/** The bar, shown only when the screen is stale; announced once. @returns {HTMLElement} */
export function staleBar() {
  return el("div", { class: "stale-bar", role: "status", "data-stale-bar": true });
}

/**
 * Writes the state of the connection into all such elements of the page, now and whenever the
 * language changes. Call it from `onStatus`.
 * @param {{status: "connecting" | "live" | "stale", lastIso(): string, isOffered?: boolean}} live
 */
export function showConnection(live) {
  shown = live;
  const word = live.status === "live" && live.isOffered ? ASKED : WORDS[live.status];
  for (const node of find("[data-connection-word]")) setText(node, t(word));
  for (const node of find("[data-stale-bar]")) {
    if (live.status === "stale") replace(node, ...staleWords(live.lastIso()));
    else setText(node, "");
  }
}

/**
 * `Data terakhir 10.02.31 – menyambung kembali`, with the second language.
 * @param {string} lastIso "" where nothing came yet
 */
export function staleWords(lastIso) {
  if (!lastIso) return both(bi("Belum tersambung – menyambung kembali"));
  return both(bi("Data terakhir {time} – menyambung kembali", { time: formatClockSeconds(lastIso) }));
}

/** @type {Parameters<typeof showConnection>[0] | null} */
let shown = null;
onLanguage(() => {
  if (shown) showConnection(shown);
});

/** @param {string} selector */
function find(selector) {
  return Array.from(document.querySelectorAll(selector));
}
