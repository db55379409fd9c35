// @ts-check
/** What came of a check-in: the number and where to go, or what is wrong and what to do. */
import { el } from "../lib/dom.js";
import { fitWidth } from "../lib/fit-width.js";
import { icon } from "../lib/icon.js";
import { plate } from "../lib/plate.js";
import { otherName, pair } from "../lib/lines.js";
import { language, name as nameOf, otherLanguage } from "../lib/words.js";
import { heading } from "./say.js";
import { dayAndClock, slotText } from "./moment.js";
import { factsTable, serviceLine, waitLine } from "./number.js";

/**
 * @param {import("./kiosk.js").App} app
 * @param {{answer: import("./checking.js").Answer}} step
 * @returns {import("./kiosk.js").Screen}
 */
export function answerScreen(app, step) {
  const { answer } = step;
  const good = answer.kind === "arrived" || answer.kind === "already";
  const node = el("div", { class: "screen answer", "data-answer": answer.kind });
  if (good && answer.ticket) drawTicket(app, node, answer, answer.ticket);
  else drawRefusal(app, node, answer);
  const sign = /** @type {HTMLElement | null} */ (node.querySelector(".number-plate"));
  return {
    node,
    now: good,
    countdown: true,
    back: good ? undefined : { name: "start" },
    shown: () => { if (sign) fitWidth(sign, node, "--plate-h"); },
  };
}

const TITLES = {
  waiting: ["Anda tercatat hadir", "Anda sudah tercatat hadir"],
  called: ["Nomor Anda sedang dipanggil"],
  serving: ["Nomor Anda sedang dilayani"],
  held: ["Nomor Anda ditahan petugas"],
  no_show: ["Nomor Anda terlewat"],
};

/**
 * @param {import("./kiosk.js").App} app
 * @param {HTMLElement} node
 * @param {import("./checking.js").Answer} answer
 * @param {import("../follow/phase.js").Ticket} ticket
 */
function drawTicket(app, node, answer, ticket) {
  const titles = TITLES[ticket.state] || TITLES.waiting;
  const title = answer.kind === "already" ? titles[titles.length - 1] : titles[0];
  const service = app.services[ticket.service];
  const sign = plate({
    number: ticket.number, tile: service ? service.tile : "arang", state: ticket.state,
    counter: ticket.counter,
  });
  sign.classList.add("number-plate");
  node.append(heading(title), sign, serviceLine(app, ticket));
  if (ticket.state === "waiting") {
    node.append(factsTable(app, ticket), waitLine(app, ticket));
    return;
  }
  if (ticket.state === "called" && ticket.counter_name) {
    node.append(el("p", { class: "answer-counter" }, pair("Silakan menuju {counter}",
      { counter: nameOf(ticket.counter_name) }, { counter: otherName(ticket.counter_name) })));
    return;
  }
  node.append(el("p", { class: "lead" }, pair(INSTEAD[ticket.state] || INSTEAD.held)));
}

const INSTEAD = {
  called: "Lihat nomor loket di layar hall, lalu silakan ke sana sekarang.",
  serving: "Silakan kembali ke loket Anda.",
  held: "Tunggu di dekat loket. Petugas memanggil Anda lagi.",
  no_show: "Silakan ke petugas. Nomor Anda masih bisa dipanggil lagi.",
};

/**
 * @param {import("./kiosk.js").App} app
 * @param {HTMLElement} node
 * @param {import("./checking.js").Answer} answer
 */
function drawRefusal(app, node, answer) {
  const sign = el("span", { class: "sign" }, icon(answer.kind === "too_early" ? "minus" : "alert"));
  const words = el("div", { class: "direction-text" });
  const [title, what] = refusalWords(app, answer);
  words.append(...what);
  const head = heading(title.text, title.params);
  head.setAttribute("role", "alert");
  node.append(head, el("div", { class: "direction" }, sign, words));
  if (answer.ticket) node.prepend(pickedNumber(app, answer.ticket));
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("../follow/phase.js").Ticket} ticket
 */
function pickedNumber(app, ticket) {
  const service = app.services[ticket.service];
  const sign = plate({ number: ticket.number, tile: service ? service.tile : "arang", state: ticket.state });
  sign.classList.add("small-plate");
  return el("div", { class: "picked" }, sign,
    el("strong", {}, service ? nameOf(service.name) : ""));
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("./checking.js").Answer} answer
 * @returns {[{text: string, params?: Object<string, string>}, (string | Node)[]]}
 */
function refusalWords(app, answer) {
  switch (answer.kind) {
    case "too_early": {
      const when = earliest(app, answer, language());
      const other = earliest(app, answer, otherLanguage()) || undefined;
      return [{ text: "Masih terlalu awal" }, when
        ? pair("Jadwal Anda {slot}. Pindai lagi mulai {from}.", when, other)
        : pair("Pindai lagi paling cepat {minutes} menit sebelum jadwal Anda.",
          { minutes: String(answer.minutes) })];
    }
    case "expired":
      return [{ text: "Nomor ini sudah tidak berlaku" },
        pair("Nomor berlaku satu hari. Silakan ambil nomor baru.")];
    case "ended":
      return [{ text: "Nomor ini sudah selesai" }, pair(
        answer.ticket && answer.ticket.state === "cancelled"
          ? "Nomor ini sudah dibatalkan. Silakan ambil nomor baru."
          : "Silakan ambil nomor baru bila masih perlu dilayani.")];
    case "busy":
    case "unknown":
      return [{ text: "Belum pasti Anda tercatat hadir" },
        pair("Silakan pindai sekali lagi, atau ke meja depan.")];
    default:
      return [{ text: "Nomor ini tidak dikenal" },
        pair("Periksa nomornya, lalu coba lagi. Atau silakan ke meja depan.")];
  }
}

/**
 * @param {import("./kiosk.js").App} app
 * @param {import("./checking.js").Answer} answer
 * @param {string} lang
 */
function earliest(app, answer, lang) {
  const slot = answer.ticket && answer.ticket.slot;
  if (!slot || !answer.from) return null;
  return {
    slot: slotText(slot, app.today(), lang), from: dayAndClock(answer.from, app.today(), lang),
  };
}
