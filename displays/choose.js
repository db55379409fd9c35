// @ts-check
// A display without a zone, or with one that does not exist: a list to choose from.
import { el, replace, setAttr } from "../clients/lib/dom.js";
import { icon } from "../clients/lib/icon.js";
import { pair, nameLines } from "../clients/lib/lines.js";

/** @typedef {{id: string, name: import("../clients/lib/words.js").Text}} Zone */

/**
 * @param {HTMLElement} root
 * @param {string} site
 * @param {Zone[]} zones
 * @param {string|null} unknown the zone that was asked for and does not exist
 */
export function choose(root, site, zones, unknown) {
  setAttr(root, "class", "choose");
  setAttr(document.documentElement, "data-choose", true);
  // Nothing here is live, and nothing can be stale.
  setAttr(document.documentElement, "data-connection", null);
  const refused = el(
    "p",
    { class: "choose-refused", role: "alert" },
    icon("alert"),
    el("span", null, pair("Zona “{zone}” tidak ada. Pilih salah satu di bawah ini.", { zone: unknown || "" })),
  );
  replace(
    root,
    el("header", { class: "masthead" }, el("p", { class: "masthead-site" }, site)),
    el("div", { class: "edge" }),
    el(
      "main",
      { class: "main choose-main" },
      el("h1", null, pair("Pilih layar hall")),
      unknown !== null && refused,
      el("ul", { class: "choose-list" }, zones.map(row)),
    ),
  );
}

/** @param {Zone} zone */
function row(zone) {
  const address = `?zone=${encodeURIComponent(zone.id)}`;
  return el(
    "li",
    { class: "choose-row" },
    el("h2", { class: "choose-zone" }, nameLines(zone.name)),
    link(address, "Panggilan"),
    link(`${address}&layout=counters`, "Semua loket"),
  );
}

/** @param {string} address @param {string} words */
function link(address, words) {
  return el("a", { class: "choose-link", href: address }, el("span", null, pair(words)), icon("arrow-right"));
}
