// @ts-check
/**
 * The paper: one bit, plate first, as wide as the roll. The browser prints it; a kiosk's browser
 * that is started with `--kiosk-printing` does so without asking.
 */
import { el } from "../lib/dom.js";
import { plate } from "../lib/plate.js";
import { formatClock, formatDate } from "../lib/time.js";
import { bi, name as nameOf, names, t } from "../lib/words.js";
import { reasonText } from "./say.js";
import { paperWidth } from "./device.js";
import { ahead, callRange, zoneName } from "./facts.js";

/** Blank millimetres below the text, so that the cutter takes nothing away. */
const TAIL_MM = 4;

/**
 * @typedef {{app: import("./kiosk.js").App, ticket: import("../follow/phase.js").Ticket,
 *   wish: import("./taking.js").Wish, code: HTMLImageElement | null}} Print
 * @param {Print} print
 */
export async function printTicket(print) {
  const old = document.querySelector(".paper");
  if (old) old.remove();
  const paper = drawPaper(print, paperWidth());
  document.body.append(paper);
  const image = paper.querySelector("img");
  if (image) await image.decode().catch(() => undefined);
  if (document.fonts) await document.fonts.ready;
  cutAt(paper);
  window.print();
}

/**
 * @param {Print} print
 * @param {string} width
 * @returns {HTMLElement}
 */
export function drawPaper({ app, ticket, wish, code }, width) {
  const service = app.services[ticket.service];
  const agency = service ? app.agencies.find((one) => one.id === service.agency) : undefined;
  const zone = zoneName(app, ticket.zone);
  const range = callRange(ticket);
  const row = (/** @type {string} */ label, /** @type {string} */ value) =>
    el("div", {}, el("dt", {}, t(label)), el("dd", {}, value));
  const priority = priorityText(app, wish);
  return el("section", { class: "paper", "data-width": width, "aria-hidden": "true" },
    el("div", { class: "paper-edge" }),
    el("p", { class: "paper-site" }, nameOf(app.site.name)),
    el("p", { class: "paper-date" },
      `${formatDate(ticket.issued_at)}, ${formatClock(ticket.issued_at)}`),
    plate({ number: ticket.number, tile: "paper" }),
    service ? el("p", { class: "paper-service" }, nameOf(service.name)) : "",
    el("p", { class: "paper-agency" },
      [agency && nameOf(agency.short), service && names(service.name).second].filter(Boolean).join(" – ")),
    priority ? el("p", { class: "paper-badge" }, priority) : "",
    el("dl", { class: "paper-facts" },
      row("Perkiraan dipanggil", range || t("lihat layar")),
      row("Di depan Anda", ahead(ticket)),
      row("Tunggu di", zone)),
    el("div", { class: "paper-follow" },
      code ? /** @type {HTMLElement} */ (code.cloneNode()) : "",
      el("div", {},
        code ? el("strong", {}, t("Ikuti dari ponsel: pindai kode ini.")) : "",
        el("p", {}, t("Terlewat? Lapor ke petugas, nomor Anda masih berlaku hari ini.")))),
    el("p", { class: "paper-second" },
      bi("Tunggu di {zone}. Dengarkan dan lihat nomor Anda di layar.",
        { zone }, { zone: zoneName(app, ticket.zone, true) }).second));
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("./taking.js").Wish} wish
 */
function priorityText(app, wish) {
  const kind = app.site.classes.find((one) => one.id === wish.class);
  if (!kind) return "";
  const reason = wish.reason ? reasonText(wish.reason).first.toLowerCase() : "";
  return reason ? `${nameOf(kind.name)}: ${reason}` : nameOf(kind.name);
}

/**
 * Ends the page where the text ends: a roll has no pages, and a page of a fixed length would waste
 * paper or cut the QR in two.
 * @param {HTMLElement} paper
 */
function cutAt(paper) {
  const pixelsPerMm = 96 / 25.4;
  const height = Math.ceil(paper.getBoundingClientRect().height / pixelsPerMm) + TAIL_MM;
  for (const sheet of Array.from(document.styleSheets)) {
    for (const rule of Array.from(sheet.cssRules)) {
      if (rule instanceof CSSPageRule) {
        /** @type {any} */ (rule.style).size = `${paper.dataset.width}mm ${height}mm`;
      }
    }
  }
}
