// @ts-check
// The TVs, by zone: how each is, and who speaks.
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { name, t } from "../lib/words.js";
import {
  clockWords, layoutWords, maySpeak, screenWords, soundWords, stateWords, troubleOf, versionWords,
} from "./wording.js";

export class List {
  /** @param {{id: string, name: import("../lib/words.js").Text}[]} zones */
  constructor(zones) {
    this.zones = zones;
    this.list = el("div", { class: "zones" });
    this.empty = el("p", { class: "zones-empty" }, t("Belum ada TV yang dipasangkan."));
    this.said = el("p", { class: "zones-said", role: "status" });
    this.count = el("p", { class: "zones-count" });
    this.pair = el("a", { class: "button zones-pair", href: "#pair" }, t("Pasangkan TV"));
    this.head = el("div", { class: "zones-head" }, this.count, this.pair);
    this.node = el("div", null, this.said, this.head, this.empty, this.list);
  }

  /** @param {string} words */
  say(words) {
    setText(this.said, words);
  }

  /** @param {any[]} devices @param {string} chosen @param {string} today @param {boolean} may pair one */
  draw(devices, chosen, today, may) {
    const online = devices.filter((device) => device.online).length;
    setText(this.count, t("{online} dari {count} TV tersambung", { online, count: devices.length }));
    this.head.hidden = devices.length === 0;
    // Its place stays, so that the list does not jump.
    setAttr(this.pair, "data-off", !may);
    setAttr(this.pair, "data-beside", !devices.some((device) => device.id === chosen));
    this.empty.hidden = devices.length > 0;
    // One whose zone left the catalogue needs another one: it must be found.
    const known = this.zones.map((zone) => zone.id);
    const lost = new Set(devices.map((device) => device.zone).filter((zone) => !known.includes(zone)));
    const zones = [...this.zones, ...Array.from(lost, (id) => ({ id, name: id }))];
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    keyed(this.list, zones, (zone) => zone.id, (zone) => this.createZone(zone), (node, zone) => {
      const all = devices.filter((device) => device.zone === zone.id);
      const own = [...all.filter(troubleOf), ...all.filter((device) => !troubleOf(device))];
      drawZone(node, own);
      const list = /** @type {HTMLElement} */ (node.querySelector(".tvs"));
      keyed(list, own, (device) => device.id, create, (row, device) => update(row, device, chosen, today));
    });
    // A row that was moved lost it.
    if (focused && this.list.contains(focused)) focused.focus({ preventScroll: true });
  }

  /** @param {{id: string, name: import("../lib/words.js").Text}} zone */
  createZone(zone) {
    return el("section", { class: "zone", "data-zone": zone.id },
      el("h2", { class: "zone-name" }, name(zone.name), el("small", { class: "zone-voice" })),
      el("ul", { class: "tvs" }));
  }
}

/** @param {HTMLElement} node @param {any[]} own */
function drawZone(node, own) {
  const speaker = own.find((device) => device.speaker);
  const silent = !speaker && own.some(maySpeak);
  let words = t("belum ada TV");
  if (speaker) words = t("suara oleh {name}", { name: speaker.name });
  else if (silent) words = t("tanpa suara");
  else if (own.length > 0) words = t("tanpa suara, diatur begitu");
  const voice = /** @type {HTMLElement} */ (node.querySelector(".zone-voice"));
  setText(voice, words);
  setAttr(node, "data-silent", silent);
}

/** @param {any} device */
function create(device) {
  return el(
    "li",
    null,
    el("a", { class: "tv", href: `#${encodeURIComponent(device.id)}`, "data-device": device.id },
      el("span", { class: "sign tv-sign" }, icon("display")),
      el("span", { class: "tv-what" },
        el("b", { class: "tv-name" }), el("span", { class: "tv-facts" }), el("span", { class: "tv-more" })),
      el("span", { class: "tv-how" },
        el("span", { class: "tv-state" }), el("span", { class: "tv-sound" }))),
  );
}

/** @param {HTMLElement} node @param {any} device @param {string} chosen @param {string} today */
function update(node, device, chosen, today) {
  const part = (/** @type {string} */ which) =>
    /** @type {HTMLElement} */ (node.querySelector(`.tv-${which}`));
  const row = /** @type {HTMLElement} */ (node.firstElementChild);
  setText(part("name"), device.name);
  const facts = [layoutWords(device.layout), screenWords(device), device.address, versionWords(device)];
  setText(part("facts"), facts.filter(Boolean).join(", "));
  setText(part("more"), clockWords(device));
  setText(part("state"), stateWords(device, today));
  const sound = device.speaker ? t("bersuara untuk zona ini") : soundWords(device);
  setText(part("sound"), sound);
  const trouble = troubleOf(device);
  setAttr(row, "data-trouble", trouble);
  setAttr(row, "data-speaker", Boolean(device.speaker));
  setAttr(row, "aria-current", device.id === chosen ? "true" : null);
}
