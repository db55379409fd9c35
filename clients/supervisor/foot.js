// @ts-check
// Below the counters: the TVs in a line, announcements, and the way to the other pages.
import { el, replace, setAttr, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { tvLine } from "./tvs.js";

export class Foot {
  /** @param {() => void} onAnnounce */
  constructor(onAnnounce) {
    this.line = el("p", { class: "foot-tvs" });
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
    const parts = tvLine(devices, zones);
    const key = JSON.stringify(parts);
    if (key !== this.drawn) {
      this.drawn = key;
      replace(this.line, parts.map(({ words, trouble }, index) =>
        [index ? el("span", { class: "foot-dot" }, " · ") : "",
          el("span", { class: trouble ? "foot-trouble" : null }, words)]));
    }
    setText(this.count, running ? String(running) : "");
    setAttr(this.button, "aria-expanded", String(open));
  }
}
