// @ts-check
// Below the counters: the TVs in a line, announcements, and the way to the other pages.
import { el, replace, setAttr, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { tvLine } from "./tvs.js";

/** With so many rows the counters beside it still fit on the screen. */
const ROWS = 2;
/** See `tvLine`. */
const SHORTEST = 2;

export class Foot {
  /** @param {() => void} onAnnounce */
  constructor(onAnnounce) {
    this.line = el("p", { class: "foot-tvs" });
    this.short = 0;
    this.count = el("span", { class: "foot-count" });
    this.button = el("button", {
      type: "button", class: "button", "aria-expanded": "false", "aria-controls": "announcing", onclick: onAnnounce,
    }, t("Pengumuman"), this.count);
    this.node = el("footer", { class: "foot" }, this.line,
      el("div", { class: "foot-ways" }, this.button,
        el("nav", { class: "foot-nav", "aria-label": t("Halaman petugas") },
          el("a", { class: "foot-link", href: "/devices" }, t("TV")),
          el("a", { class: "foot-link", href: "/playlist" }, t("Media dan suara")))));
  }

  /**
   * @param {Object<string, any>} devices
   * @param {import("./tvs.js").Zone[]} zones
   * @param {number} running announcements
   * @param {boolean} open
   */
  draw(devices, zones, running, open) {
    const key = JSON.stringify([tvLine(devices, zones), this.line.clientWidth]);
    if (key !== this.drawn) {
      this.drawn = key;
      this.short = 0;
      this.write(tvLine(devices, zones));
    }
    // Each time, since the letters may come later than the words.
    while (this.short < SHORTEST && this.rows() > ROWS) {
      this.short += 1;
      this.write(tvLine(devices, zones, this.short));
    }
    setText(this.count, running ? String(running) : "");
    setAttr(this.button, "aria-expanded", String(open));
  }

  /** @param {ReturnType<typeof tvLine>} parts */
  write(parts) {
    replace(this.line, parts.map(({ words, trouble, href }, index) =>
      [index ? el("span", { class: "foot-dot" }, " · ") : "",
        el(href ? "a" : "span", { class: trouble ? "foot-trouble" : null, href }, words)]));
  }

  rows() {
    return Math.round(this.line.clientHeight / parseFloat(getComputedStyle(this.line).lineHeight));
  }
}
