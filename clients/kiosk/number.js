// @ts-check
/** The number that was just taken, on yellow: plate, range, people ahead, QR, where to wait. */
import { el } from "../lib/dom.js";
import { fitWidth } from "../lib/fit-width.js";
import { icon } from "../lib/icon.js";
import { plate } from "../lib/plate.js";
import { pair, secondLine } from "../lib/lines.js";
import { name as nameOf, t } from "../lib/words.js";
import { heading } from "./say.js";
import { followCode } from "../lib/code.js";
import { ahead, callRange, zoneName } from "./facts.js";
import { paperWidth } from "./device.js";
import { printTicket } from "./paper.js";

/**
 * @param {import("./kiosk.js").App} app
 * @param {{taken: import("./taking.js").Taken, wish: import("./taking.js").Wish}} step
 * @returns {import("./kiosk.js").Screen}
 */
export function numberScreen(app, step) {
  const { ticket, token } = step.taken;
  const service = app.services[ticket.service];
  const tile = service ? service.tile : "arang";
  const sign = plate({ number: ticket.number, tile, state: ticket.state });
  sign.classList.add("number-plate");
  const code = el("div", { class: "code" });
  const withPaper = paperWidth() !== "none";
  const node = el("div", { class: "screen number" },
    heading("Ini nomor Anda"), sign, serviceLine(app, ticket), factsTable(app, ticket),
    el("div", { class: "follow" }, code,
      el("div", { class: "follow-text" },
        el("h2", {}, t("Ikuti antrean dari ponsel")),
        el("p", {}, t("Pindai kode ini. Ponsel memberi tahu ketika giliran Anda dekat.")),
        secondLine("Ikuti antrean dari ponsel", undefined, "p"))),
    withPaper ? paperLine(app, ticket) : waitLine(app, ticket));

  const image = followCode(token, t("Kode QR untuk mengikuti nomor {number}",
    { number: ticket.number }));
  void image.then((found) => {
    if (found) code.append(found);
    else if (code.parentElement) code.parentElement.remove();
  });

  async function print() {
    await printTicket({ app, ticket, wish: step.wish, code: await image });
  }

  return {
    node,
    now: true,
    countdown: true,
    extra: withPaper ? printKey(() => void print()) : undefined,
    shown(anew) {
      fitWidth(sign, node, "--plate-h");
      if (anew && withPaper) void print();
    },
  };
}

/** @param {() => void} press */
function printKey(press) {
  return el("button", { type: "button", class: "foot-key", id: "print", onclick: press },
    icon("printer"), t("Cetak lagi"));
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("../follow/phase.js").Ticket} ticket
 */
export function serviceLine(app, ticket) {
  const service = app.services[ticket.service];
  if (!service) return "";
  const agency = app.agencies.find((one) => one.id === service.agency);
  return el("p", { class: "number-service" }, el("strong", {}, nameOf(service.name)),
    agency ? ` – ${nameOf(agency.short)}` : "");
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("../follow/phase.js").Ticket} ticket
 */
export function factsTable(app, ticket) {
  const range = callRange(ticket);
  const fact = (/** @type {string} */ label, /** @type {string} */ value, wide = false) =>
    el("div", { class: wide ? "fact fact-words" : "fact" },
      el("dt", {}, pair(label)), el("dd", {}, value));
  return el("dl", { class: "facts" },
    fact("Perkiraan dipanggil", range || t("belum bisa diperkirakan"), !range),
    fact("Di depan Anda", ahead(ticket)));
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("../follow/phase.js").Ticket} ticket
 */
function paperLine(app, ticket) {
  return el("div", { class: "direction" }, el("span", { class: "sign" }, icon("arrow-down")),
    el("div", { class: "direction-text" },
      el("h2", {}, t("Ambil kertasnya di bawah")),
      el("p", {}, pair("Lalu tunggu di {zone}", { zone: zoneName(app, ticket.zone) },
        { zone: zoneName(app, ticket.zone, true) }))));
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("../follow/phase.js").Ticket} ticket
 */
export function waitLine(app, ticket) {
  return el("div", { class: "direction" }, el("span", { class: "sign" }, icon("arrow-right")),
    el("div", { class: "direction-text" },
      el("h2", {}, t("Tunggu di {zone}", { zone: zoneName(app, ticket.zone) })),
      secondLine("Tunggu di {zone}", { zone: zoneName(app, ticket.zone, true) }, "p")));
}
