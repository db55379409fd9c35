// @ts-check
/** The start page: the site's time, how many agencies there are, and whether it is open. */
import { createApi } from "../lib/api.js";
import { Clock } from "../lib/clock.js";
import { byId, setText } from "../lib/dom.js";
import { formatClock, formatDate, weekday } from "../lib/time.js";
import { language, loadWords, setLanguage, t } from "../lib/words.js";

/** How often the clock is looked at, ms: it shows minutes. */
const TICK_MS = 1000;
const api = createApi();
const clock = new Clock();

async function start() {
  const link = /** @type {HTMLAnchorElement} */ (byId("language"));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    setLanguage(link.lang);
    // The words of this page come from the server; `next` stays in the address.
    const address = new URL(location.href);
    address.searchParams.delete("lang");
    location.replace(address.href);
  });
  await loadWords();
  const asked = performance.now();
  const [site, agencies, services] = await Promise.all(
    [api.get("/site"), all("/agencies"), all("/services")]);
  clock.learn(site.at, asked, performance.now());
  setText(byId("about"), `${t("Satu atap, {count} instansi.", { count: agencies.length })} ${hours(services)}`);
  drawTime();
  setInterval(drawTime, TICK_MS);
}

function drawTime() {
  const now = clock.iso();
  setText(byId("date"), formatDate(now));
  setText(byId("clock"), formatClock(now));
}

/**
 * Whether numbers are given now, else when they are next.
 * @param {{status: string, opens_at?: string | null}[]} services
 */
function hours(services) {
  if (services.some((service) => service.status === "open")) return t("Sedang buka.");
  const times = services.map((service) => service.opens_at || "").filter(Boolean);
  if (times.length === 0) return t("Sedang tutup.");
  const opens = times.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
  const time = formatClock(opens);
  if (opens.slice(0, 10) === clock.iso().slice(0, 10)) return t("Buka pukul {time}.", { time });
  return t("Buka {day} pukul {time}.", { day: weekday(opens, language()), time });
}

/**
 * @param {string} path of a list
 * @returns {Promise<any[]>}
 */
async function all(path) {
  const items = [];
  for (let query = ""; ;) {
    const page = await api.get(path + query);
    items.push(...page.items);
    if (!page.next) return items;
    query = `?cursor=${encodeURIComponent(page.next)}`;
  }
}

start().catch(() => {
  // The doors stand in the page and work without any of this; only the time and the hours lack.
});
