// @ts-check
// What the TV shows, small: the display's own page, drawn at the TV's size and scaled down.
import { el, replace, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { screenWords } from "./wording.js";

/** The size of a TV that has not told its own, pixels. */
const USUAL = [1920, 1080];

export class Preview {
  constructor() {
    /** @type {HTMLElement | null} */
    this.frame = null;
    this.box = el("div", { class: "preview-box" });
    this.words = el("figcaption", { class: "set-hint" });
    this.node = el("figure", { class: "preview" }, this.box, this.words);
    this.size = USUAL;
    // The page may be laid out anew at any time: a TV stands in the width that there is.
    new ResizeObserver(() => this.fit()).observe(this.box);
  }

  /** @param {import("./wording.js").Device | null} device */
  draw(device) {
    const address = device && previewAddress(device);
    const [width, height] = (device && device.screen) || [];
    const size = width > 0 && height > 0 ? [width, height] : USUAL;
    const key = `${address} ${size}`;
    if (this.key === key) return;
    this.key = key;
    // Another frame for each: one that goes elsewhere would be a step of the browser's history.
    replace(this.box);
    this.frame = null;
    if (!address) return;
    this.size = size;
    setText(this.words, t("Pratinjau {screen}", { screen: screenWords({ screen: this.size }) }));
    this.frame = el("iframe", {
      class: "preview-frame", title: t("Pratinjau layar TV"), tabindex: "-1", src: address,
    });
    this.box.appendChild(this.frame);
    this.fit();
  }

  fit() {
    const [width, height] = this.size;
    const room = this.box.clientWidth;
    if (!room || !this.frame) return;
    // A portrait TV would push everything else off the page.
    const scale = Math.min(room / width, (room * 0.75) / height);
    this.frame.style.setProperty("width", `${width}px`);
    this.frame.style.setProperty("height", `${height}px`);
    this.frame.style.setProperty("transform", `scale(${scale})`);
    this.box.style.setProperty("height", `${Math.round(height * scale)}px`);
  }
}

/** @param {import("./wording.js").Device} device */
function previewAddress({ zone, layout, settings = {} }) {
  const query = new URLSearchParams({ zone, layout: layout || "call", preview: "1" });
  if (settings.theme === "dark") query.set("theme", "dark");
  if (settings.contrast) query.set("contrast", "high");
  if (settings.languages) query.set("languages", settings.languages);
  if (settings.languages === "en") query.set("lang", "en");
  if (typeof settings.margin === "number") query.set("margin", String(settings.margin));
  if (settings.counter) query.set("counter", settings.counter);
  const arrows = Object.entries(settings.arrows || {}).map((pair) => pair.join(":"));
  if (arrows.length > 0) query.set("arrows", arrows.join(","));
  return `/display?${query}`;
}
