// @ts-check
/** How a TV is, in words. */
import { formatClock, formatDate, formatNumber } from "../lib/time.js";
import { t } from "../lib/words.js";

/** From here on the clock of a TV is worth a word, s. */
const OFFSET_S = 2;

/** @typedef {Object<string, any>} Device as the topic `site` and `GET /devices` tell it */

/** What is typed on a TV: `192.168.1.10:8000/display`. @param {string} address of the server */
export function displayAddress(address) {
  return `${address ? address.replace(/^https?:\/\//, "") : location.host}/display`;
}

/** @returns {[string, string][]} layouts and their words */
export function layouts() {
  return [
    ["call", t("Panggilan terbaru")],
    ["counters", t("Semua loket")],
    ["waiting", t("Antrean tiap layanan")],
    ["counter", t("Satu loket")],
    ["mixed", t("Panggilan dan media")],
  ];
}

/** @param {string} layout */
export function layoutWords(layout) {
  const found = layouts().find(([id]) => id === layout);
  return found ? found[1] : layout;
}

/** `10.02`, or with its date where that is another. @param {string | null | undefined} iso @param {string} today */
export function since(iso, today) {
  if (!iso) return "";
  if (iso.slice(0, 10) === today) return formatClock(iso);
  return `${formatDate(iso, { weekday: false, year: false })} ${formatClock(iso)}`;
}

/** @param {Device} device @param {string} today the site's date */
export function stateWords(device, today) {
  if (device.online) return t("Tersambung");
  if (!device.seen_at) return t("Belum pernah tersambung");
  return t("Mati sejak {time}", { time: since(device.seen_at, today) });
}

/** Whether it could speak at all, by its settings. @param {Device} device */
export function maySpeak(device) {
  const settings = device.settings || {};
  return settings.sound !== false && settings.voice !== "none";
}

/** @param {Device} device */
export function soundWords(device) {
  if (!maySpeak(device)) return t("tanpa suara, diatur begitu");
  if (!device.online) return "";
  if (device.sound === "blocked") return t("suara diblokir peramban");
  return device.sound === "on" ? t("suara hidup") : t("suara mati");
}

/** What is wrong with it now. @param {Device} device @returns {"off" | "blocked" | null} */
export function troubleOf(device) {
  if (!device.online) return "off";
  return device.sound === "blocked" && maySpeak(device) ? "blocked" : null;
}

/** What to do about it; "" for nothing. @param {Device} device */
export function helpWords(device) {
  const trouble = troubleOf(device);
  if (trouble === "off") return t("Periksa listrik dan jaringan TV itu. Ia menyambung sendiri.");
  return trouble === "blocked" ? pressWords() : "";
}

/** What lets a browser sound. */
export function pressWords() {
  return t("Tekan satu tombol di TV itu, atau jalankan perambannya dengan skrip kios.");
}

/** `1920 × 1080`; "" where it was not told. @param {Device} device */
export function screenWords({ screen }) {
  return Array.isArray(screen) && screen.length === 2 ? `${screen[0]} × ${screen[1]}` : "";
}

/** "" where its clock is right enough, or nobody knows. @param {Device} device */
export function clockWords({ clock_offset: offset }) {
  if (typeof offset !== "number" || Math.abs(offset) <= OFFSET_S) return "";
  const seconds = formatNumber(Math.abs(offset), 0);
  return offset > 0
    ? t("jam TV terlambat {seconds} dtk", { seconds })
    : t("jam TV terlalu cepat {seconds} dtk", { seconds });
}

/** Of the page that it shows; "" where it was not told. @param {Device} device */
export function versionWords({ version }) {
  return version ? t("versi {version}", { version }) : "";
}
