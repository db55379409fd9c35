// @ts-check
// The TVs of the hall: what needs a decision, and the line that says how they are. Pure but for words.
import { formatClock } from "../lib/time.js";
import { name, t } from "../lib/words.js";

/** So many TVs in trouble are named; on a usual day it is one at most. */
const NAMED = 3;
/** A TV that restarts is back by then; until then nobody needs to go and look, ms. */
const GONE_MS = 15_000;

/**
 * @typedef {import("./decisions.js").Decision} Decision
 * @typedef {Object<string, any>} Device as the topic `site` has it
 * @typedef {{id: string, name: import("../lib/words.js").Text}} Zone
 */

/**
 * @param {Object<string, Device>} devices by id
 * @param {Zone[]} zones
 * @param {number} now the server's time, ms
 * @returns {Decision[]}
 */
export function ofDevices(devices, zones, now) {
  return zones.flatMap((zone) => {
    const own = Object.values(devices).filter((device) => device.zone === zone.id);
    const speaker = own.find((device) => device.speaker) || null;
    const silent = !speaker && own.some(maySpeak);
    const found = own.flatMap((device) => {
      const kind = troubleOf(device, now);
      if (!kind) return [];
      // A hall that hears nothing comes right after one that nobody serves.
      const weight = (silent && maySpeak(device) ? 900 : 200) + (kind === "tv_off" ? 50 : 0);
      return [{ key: `${kind} ${device.id}`, kind, device, zone, speaker, silent, weight }];
    });
    if (!silent || found.some(({ device }) => maySpeak(device))) return found;
    const reachable = own.find((device) => device.online && maySpeak(device));
    if (!reachable) return found;
    const key = `tv_silent ${zone.id}`;
    return [...found, { key, kind: "tv_silent", device: reachable, zone, speaker, silent, weight: 940 }];
  });
}

/** @param {Device} device @param {number} now @returns {"tv_off" | "tv_blocked" | null} */
function troubleOf(device, now) {
  if (!device.online) return device.seen_at && now - Date.parse(device.seen_at) >= GONE_MS ? "tv_off" : null;
  return device.sound === "blocked" && maySpeak(device) ? "tv_blocked" : null;
}

/** By its settings. @param {Device} device */
function maySpeak({ settings }) {
  return !settings || (settings.sound !== false && settings.voice !== "none");
}

/** @param {Decision} decision @returns {[string, string]} what it is, and what to do */
export function tvSentences({ kind, device, zone, speaker, silent }) {
  const facts = { name: device.name, time: formatClock(device.seen_at), zone: name(zone.name) };
  let heard = "";
  if (silent && maySpeak(device)) heard = t("{zone} tanpa suara.", facts);
  else if (speaker) heard = t("Suara {zone} oleh {name}.", { zone: facts.zone, name: speaker.name });
  const join = (/** @type {string} */ help) => [heard, help].filter(Boolean).join(" ");
  if (kind === "tv_off") {
    return [t("{name} mati sejak {time}", facts), join(t("Periksa listrik dan jaringannya."))];
  }
  if (kind === "tv_blocked") {
    return [t("Suara diblokir di {name}", facts), join(t("Tekan satu tombol di TV itu."))];
  }
  return [t("{zone} tanpa suara", facts), t("{name} tidak bersuara. Uji suaranya, atau muat ulang.", facts)];
}

/**
 * The line about all TVs: words, whether each part is trouble, and where it leads.
 * @param {Object<string, Device>} devices
 * @param {Zone[]} zones
 * @param {number} short 0: all of it; 1: what is wrong is counted, not named; 2: who speaks is left out
 * @returns {{words: string, trouble: boolean, href?: string}[]}
 */
export function tvLine(devices, zones, short = 0) {
  const all = Object.values(devices);
  if (all.length === 0) return [{ words: t("Belum ada TV yang dipasangkan."), trouble: false }];
  const online = all.filter((device) => device.online).length;
  const connected = t("{online} dari {count} TV tersambung", { online, count: all.length });
  const parts = [{ words: connected, trouble: false }];
  const wrong = all.map(troubleWords).filter(Boolean);
  if (short && wrong.length > 0) {
    const words = t("{count} TV bermasalah", { count: wrong.length });
    parts.push({ words, trouble: true, href: "/devices" });
  } else {
    for (const words of wrong.slice(0, NAMED)) parts.push({ words, trouble: true });
    const more = wrong.length - NAMED;
    if (more > 0) parts.push({ words: t("dan {count} lagi", { count: more }), trouble: true });
  }
  for (const zone of zones) {
    const own = all.filter((device) => device.zone === zone.id);
    const speaker = own.find((device) => device.speaker);
    const facts = { zone: name(zone.name), name: speaker ? speaker.name : "" };
    if (speaker) {
      if (short < 2) parts.push({ words: t("{zone}: suara oleh {name}", facts), trouble: false });
    }
    // Where a TV of the zone is named already, that is why.
    else if (own.some(maySpeak) && !own.some(troubleWords)) {
      parts.push({ words: t("{zone} tanpa suara", facts), trouble: true });
    }
  }
  return parts;
}

/** @param {Device} device */
function troubleWords(device) {
  const facts = { name: device.name, time: formatClock(device.seen_at) };
  if (!device.online) {
    return device.seen_at ? t("{name} mati sejak {time}", facts) : t("{name} belum tersambung", facts);
  }
  return device.sound === "blocked" && maySpeak(device) ? t("Suara diblokir di {name}", facts) : "";
}
