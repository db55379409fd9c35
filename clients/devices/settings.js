// @ts-check
// One TV: how it is, what can be done from afar, and its settings, saved as they are changed.
import { el, setAttr, setText } from "../lib/dom.js";
import { check, choices, select, slider, text } from "../lib/form.js";
import { icon } from "../lib/icon.js";
import { Saver } from "../lib/saver.js";
import { name, t } from "../lib/words.js";
import { Arrows } from "./arrows.js";
import { Preview } from "./preview.js";
import { Remote } from "./remote.js";
import {
  clockWords, helpWords, layouts, screenWords, soundWords, stateWords, troubleOf, versionWords,
} from "./wording.js";

export class Settings {
  /** @param {import("../lib/staff.js").Staff} staff @param {(name: string) => void} onRemoved */
  constructor(staff, onRemoved) {
    this.staff = staff;
    /** @type {any} */
    this.device = null;
    this.saver = new Saver({
      send: (change) => staff.api.patch(`/devices/${encodeURIComponent(change.id)}`, change.body),
      now: () => staff.live.serverIso(),
      done: staff.redraw,
    });
    this.preview = new Preview();
    this.remote = new Remote(staff, onRemoved);
    this.title = el("h2", { class: "device-title", tabindex: "-1" });
    this.state = el("p", { class: "device-state" });
    this.help = el("p", { class: "note note-trouble device-help" });
    this.facts = el("p", { class: "set-hint" });
    this.arrows = new Arrows((arrows, before) =>
      this.change({ settings: { arrows } }, { settings: { arrows: before } }));
    this.controls = this.makeControls();
    this.node = el(
      "section",
      { class: "device", "aria-label": t("Pengaturan TV"), hidden: true },
      el("a", { class: "device-back", href: "#" }, icon("arrow-left"), el("span", null, t("Semua TV"))),
      this.title,
      this.state,
      this.help,
      this.facts,
      this.remote.node,
      this.saver.node,
      this.form(),
      this.remote.removal,
    );
  }

  makeControls() {
    const languages = this.staff.facts.languages || ["id", "en"];
    const setting = (/** @type {string} */ member) => (/** @type {any} */ value) =>
      this.change({ settings: { [member]: value } }, { settings: { [member]: this.setting(member) } });
    const own = (/** @type {string} */ member) => (/** @type {any} */ value) =>
      this.change({ [member]: value }, { [member]: this.device[member] });
    return {
      name: text({ label: t("Nama TV"), onChange: own("name") }),
      zone: select({
        label: t("Zona"), options: this.staff.facts.zones.map((zone) => [zone.id, name(zone.name)]),
        onChange: own("zone"),
      }),
      layout: choices({ legend: t("Tata letak"), options: layouts(), onChange: own("layout") }),
      counter: select({
        label: t("Loket di bawah TV ini"), options: [], onChange: (value) => setting("counter")(value || null),
      }),
      theme: choices({
        legend: t("Warna"), options: [["light", t("Terang")], ["dark", t("Gelap")]], onChange: setting("theme"),
      }),
      contrast: check({ label: t("Kontras tinggi"), onChange: setting("contrast") }),
      languages: choices({
        legend: t("Bahasa"), options: languageOptions(languages), onChange: setting("languages"),
      }),
      margin: slider({
        label: t("Pinggir yang dibiarkan kosong"), hint: t("untuk TV yang memotong tepi gambar"), min: 0, max: 10,
        words: (value) => `${value} %`, onChange: setting("margin"),
      }),
      sound: check({
        label: t("TV ini boleh bersuara"), hint: t("Satu TV tiap zona yang bersuara; yang lain siap menggantikan."),
        onChange: setting("sound"),
      }),
      voice: choices({
        legend: t("Suara panggilan"),
        options: [["server", t("dari server")], ["browser", t("dari peramban TV")], ["none", t("tidak ada")]],
        onChange: setting("voice"),
      }),
      volume: slider({
        label: t("Volume suara"), min: 0, max: 100, step: 5, words: (value) => `${value} %`,
        onChange: setting("volume"),
      }),
    };
  }

  form() {
    const { controls } = this;
    const part = (/** @type {string} */ title, /** @type {Node[]} */ ...nodes) =>
      el("div", { class: "device-part" }, el("h3", { class: "device-part-title" }, title), nodes);
    return el("div", { class: "device-form" },
      el("div", { class: "device-part set-pair" }, controls.name.node, controls.zone.node),
      part(t("Layar"), this.preview.node, controls.layout.node, controls.counter.node, controls.theme.node,
        controls.contrast.node, controls.languages.node, controls.margin.node),
      part(t("Suara"), controls.sound.node, controls.voice.node, controls.volume.node),
      part(t("Panah"), this.arrows.node));
  }

  /** Null, which is left out of a topic, is what a change back to it sends. @param {string} member */
  setting(member) {
    const value = this.device.settings[member];
    return value === undefined ? null : value;
  }

  /** @param {any} body @param {any} before */
  change(body, before) {
    const { id } = this.device;
    this.saver.change({ id, body }, { id, body: before });
  }

  /** The device is gone: nothing of it may be asked for again. */
  leave() {
    this.device = null;
  }

  /**
   * @param {any} device null: none is chosen
   * @param {{site: any, stale: boolean, today: string}} around
   */
  draw(device, around) {
    this.node.hidden = device === null;
    const another = (device && device.id) !== (this.device && this.device.id);
    this.device = device;
    this.preview.draw(device);
    if (!device) return;
    if (another) this.begin();
    this.drawState(device, around);
    this.remote.draw(device, around.stale);
    const counters = Object.values(around.site.counters).filter((counter) => counter.zone === device.zone);
    if (!this.saver.busy) this.fill(device, counters);
    for (const control of Object.values(this.controls)) control.disable(around.stale);
    this.arrows.disable(around.stale);
    this.controls.counter.node.hidden = device.layout !== "counter";
  }

  begin() {
    this.saver.begin();
    this.remote.begin();
    setText(this.title, this.device.name);
    this.title.focus({ preventScroll: true });
  }

  /** @param {any} device @param {{today: string}} around */
  drawState(device, { today }) {
    setText(this.title, device.name);
    const speaks = device.speaker ? t("bersuara untuk zona ini") : soundWords(device);
    setText(this.state, [stateWords(device, today), speaks].filter(Boolean).join(", "));
    setAttr(this.state, "data-trouble", troubleOf(device));
    setText(this.help, helpWords(device));
    const facts = [screenWords(device), device.address, versionWords(device), clockWords(device)];
    setText(this.facts, facts.filter(Boolean).join(", "));
  }

  /** @param {any} device @param {any[]} counters */
  fill(device, counters) {
    const { controls } = this;
    for (const member of ["name", "zone", "layout"]) controls[member].set(device[member]);
    this.fillCounters(counters);
    for (const member of ["theme", "contrast", "languages", "margin", "sound", "voice", "volume"]) {
      controls[member].set(this.setting(member));
    }
    controls.counter.set(this.setting("counter") || "");
    this.arrows.set(this.setting("arrows"), counters);
  }

  /** @param {any[]} counters */
  fillCounters(counters) {
    const box = /** @type {HTMLSelectElement} */ (this.controls.counter.node.querySelector("select"));
    const key = counters.map((counter) => counter.id).join(" ");
    if (box.dataset.for === key) return;
    box.dataset.for = key;
    box.textContent = "";
    box.append(el("option", { value: "" }, t("pilih loket")),
      ...counters.map((counter) => el("option", { value: counter.id }, name(counter.name))));
  }
}

/** @param {string[]} languages of the site @returns {[string, string][]} */
function languageOptions(languages) {
  const only = languages.map((lang) => /** @type {[string, string]} */ (
    [lang, { id: t("hanya Indonesia"), en: t("hanya Inggris") }[lang] || lang]));
  if (languages.length < 2) return only;
  return [["both", t("keduanya")], ["alternating", t("bergantian")], ...only];
}
