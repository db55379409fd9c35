// @ts-check
/**
 * What each phase shows, built from the ticket anew whenever it changes: nothing here can have the
 * focus, so nothing is lost by it. What can be pressed lives in actions.js and stays.
 */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { plate } from "../lib/plate.js";
import { otherName, pair, secondLine } from "../lib/lines.js";
import { formatClock, formatClockSeconds, formatDate, formatRange } from "../lib/time.js";
import { name as nameOf, t } from "../lib/words.js";
import { lineMap } from "./line-map.js";

/**
 * @typedef {import("./phase.js").Ticket} Ticket
 * @typedef {HTMLElement | null} Part
 * @typedef {{ticket: Ticket, phase: import("./phase.js").Phase, stale: boolean,
 *   change: import("./phase.js").Change | null, code: HTMLImageElement | null,
 *   today: string}} View
 */

/**
 * @param {View} view
 * @returns {Part[]}
 */
export function draw(view) {
  const large = view.phase === "called" || view.phase === "next" || view.phase === "serving";
  /** @type {Part[]} */
  const parts = large ? largeHead(view) : [smallHead(view)];
  const body = BODIES[view.phase](view);
  return parts.concat(body).concat(view.stale ? [staleNote()] : changeNote(view));
}

/** @type {Object<string, (view: View) => Part[]>} */
const BODIES = {
  waiting: (view) => waiting(view),
  absent: (view) => absent(view),
  booked: (view) => booked(view),
  next: (view) => next(view),
  called: (view) => called(view),
  serving: (view) => serving(view),
  held: (view) => told("Nomor Anda ditahan sebentar", [
    view.ticket.counter_name
      ? named("Tetaplah di dekat {counter}. Petugas akan melanjutkan dengan Anda.",
        { counter: view.ticket.counter_name })
      : sentence("Tetaplah di hall. Petugas akan melanjutkan dengan Anda."),
  ]),
  missed: (view) => missed(view),
  done: (view) => told("Selesai, terima kasih", doneLines(view.ticket)),
  cancelled: () => told("Nomor ini sudah dibatalkan", [
    sentence("Masih perlu dilayani? Ambil nomor baru di kios atau meja depan."),
  ]),
  expired: (view) => told("Nomor ini sudah tidak berlaku", [
    sentence("Berlaku pada {date}. Ambil nomor baru di kios atau meja depan.",
      { date: formatDate(view.ticket.date) }),
  ]),
};

/** @param {Ticket} ticket */
function counter(ticket) {
  return ticket.counter_name || ticket.counter || "";
}

/** @param {Ticket} ticket */
function sign(ticket) {
  return plate({ number: ticket.number, tile: ticket.tile, state: ticket.state,
    counter: ticket.counter });
}

/** @param {View} view */
function smallHead({ ticket }) {
  const board = sign(ticket);
  board.classList.add("small-plate");
  return el("div", { class: "head" }, board, el("div", { class: "head-text" },
    el("strong", {}, nameOf(ticket.service_name)),
    el("span", { class: "place" }, place(ticket))));
}

/** Beside the plate there is room for so many characters on two lines. */
const LONGEST_PLACE = 34;

/**
 * Where one waits, with the agency where both fit.
 * @param {Ticket} ticket
 */
function place(ticket) {
  const zone = nameOf(ticket.zone_name);
  const whole = `${nameOf(ticket.agency_name)}, ${zone}`;
  return whole.length > LONGEST_PLACE ? zone : whole;
}

/** @param {View} view */
function largeHead({ ticket, phase }) {
  const board = sign(ticket);
  board.classList.add("large-plate");
  const title = phase === "called" ? "Dipanggil sekarang" : "Nomor Anda";
  const head = el("div", { class: phase === "called" ? "title" : "kicker" },
    el("span", {}, t(title)));
  const second = phase === "called" ? secondLine(title) : null;
  if (second) head.append(second);
  const parts = [head, board];
  if (phase !== "called") parts.push(serviceLine(ticket));
  return parts;
}

/** @param {Ticket} ticket */
function serviceLine(ticket) {
  return el("p", { class: "service-line" }, el("strong", {}, nameOf(ticket.service_name)),
    ` – ${nameOf(ticket.agency_name)}`);
}

/**
 * @param {string} text
 * @param {Object<string, string | number>} [params]
 */
function sentence(text, params) {
  return el("p", {}, pair(text, params));
}

/**
 * A sentence with names of the API in it, each in the language of its half.
 * @param {string} text
 * @param {Object<string, import("./phase.js").Name>} things
 * @param {Object<string, string | number>} [params]
 */
function named(text, things, params) {
  const first = Object.assign({}, params);
  const second = Object.assign({}, params);
  for (const key of Object.keys(things)) {
    first[key] = nameOf(things[key]);
    second[key] = otherName(things[key]);
  }
  return el("p", {}, pair(text, first, second));
}

/**
 * A title and what to do now.
 * @param {string} title
 * @param {Part[]} lines
 * @returns {Part[]}
 */
function told(title, lines) {
  return [el("div", { class: "told" }, el("h1", {}, t(title)),
    secondLine(title, undefined, "p")), el("hr", {}), ...lines];
}

/** @param {View} view */
function waiting({ ticket, stale }) {
  const count = ticket.ahead || 0;
  const text = stale ? "orang di depan Anda saat itu" : "orang di depan Anda";
  const figure = el("div", { class: "figure" }, el("span", { class: "figure-count" }, String(count)),
    el("span", { class: "figure-text" }, el("strong", {}, t(text)),
      secondLine(text, { count }, "span")));
  return [figure, lineMap(count, ticket.tile, { counter: t("Loket"), you: t("Anda") }),
    el("hr", {}), callRange(ticket, stale), ...legNote(ticket)];
}

/**
 * @param {Ticket} ticket
 * @param {boolean} stale
 */
function callRange(ticket, stale) {
  const eta = ticket.eta;
  const known = eta && eta.p10 && eta.p90;
  const label = stale ? "Perkiraan dipanggil saat itu" : "Perkiraan dipanggil";
  return el("div", { class: "range" }, el("span", {}, t(label)),
    known
      ? el("strong", { class: "range-times" }, formatRange(eta.p10 || "", eta.p90 || ""))
      : el("strong", { class: "range-unknown" }, t("belum bisa diperkirakan")),
    secondLine(known ? label : "Perkiraan belum bisa dihitung"));
}

/** @param {Ticket} ticket */
function legNote(ticket) {
  const legs = (ticket.journey || []).length + 1;
  if (legs === 1) return [];
  return [named("Langkah {leg} dari {legs}: {service}", { service: ticket.service_name },
    { leg: ticket.leg + 1, legs })];
}

/** @param {View} view */
function absent(view) {
  const { ticket, stale } = view;
  return [...told("Anda belum tercatat hadir", [
    sentence("Nomor ini dipanggil setelah Anda hadir. Perlihatkan kode ini di kios, atau lapor ke meja depan."),
  ]), codeBox(view), el("p", {}, pair("{count} orang di depan Anda", { count: ticket.ahead || 0 })),
  callRange(ticket, stale)];
}

/** @param {View} view */
function booked(view) {
  const { ticket, today } = view;
  const slot = ticket.slot;
  const lines = [];
  if (slot) {
    lines.push(el("p", { class: "slot" },
      el("span", {}, ticket.date === today ? t("Hari ini") : formatDate(ticket.date)),
      el("strong", { class: "range-times" }, formatRange(slot.start, slot.end))));
  }
  lines.push(sentence("Perlihatkan kode ini di kios ketika Anda tiba, atau lapor ke meja depan."));
  return [...told("Jadwal Anda", lines), codeBox(view)];
}

/** @param {View} view */
function codeBox({ code }) {
  return code ? el("div", { class: "code" }, code) : el("div", { class: "code", hidden: "" });
}

/** @param {View} view */
function next({ ticket, stale }) {
  const title = stale ? "Anda berikutnya saat itu" : "Bersiap, Anda berikutnya";
  const lines = [el("p", {}, t("Mendekatlah ke {zone}.", { zone: nameOf(ticket.zone_name) }), " ",
    t("Nomor loket muncul di sini."))];
  if (!ticket.eta) lines.push(sentence("Belum ada loket yang buka untuk layanan ini."));
  return told(title, lines);
}

/** @param {View} view */
function called({ ticket, stale }) {
  const name = counter(ticket);
  const times = ticket.recalls + 1;
  return [
    el("div", { class: "go" }, el("span", { class: "sign" }, icon("arrow-up-right")),
      el("strong", {}, t(stale ? "Panggilan terakhir ke" : "Silakan menuju"))),
    el("h1", { class: "counter-name", "data-fit": true }, nameOf(name)),
    secondLine("Silakan menuju {counter}", { counter: otherName(name) }, "p"),
    el("hr", {}), serviceLine(ticket),
    el("p", {}, t("Dipanggil {time}, panggilan ke-{times}",
      { time: formatClockSeconds(ticket.called_at), times })),
    el("p", {}, t("Perlihatkan layar ini di loket.")),
  ];
}

/** @param {View} view */
function serving({ ticket }) {
  const lines = [];
  if (ticket.counter_name) {
    lines.push(el("p", { class: "service-line" }, el("strong", {}, nameOf(ticket.counter_name))));
  }
  const rest = (ticket.journey || []).length - ticket.leg;
  if (rest > 0) {
    lines.push(sentence("Setelah ini masih {count} langkah. Nomor Anda tetap sama.", { count: rest }));
  }
  return told("Anda sedang dilayani", lines);
}

/** @param {View} view */
function missed({ ticket }) {
  const where = { counter: counter(ticket) };
  return told("Nomor Anda terlewat", [
    named("Dipanggil {count} kali di {counter}, mulai pukul {time}.", where,
      { count: ticket.recalls + 1, time: formatClock(ticket.called_at) }),
    named("Masih bisa dilayani hari ini. Silakan ke petugas di {counter} atau meja depan.", where),
  ]);
}

/** @param {Ticket} ticket */
function doneLines(ticket) {
  const lines = [sentence("Kami senang dapat melayani Anda.")];
  if (ticket.ended_at) {
    lines.push(el("p", { class: "second" }, t("Selesai pukul {time}", { time: formatClock(ticket.ended_at) })));
  }
  return lines;
}

function staleNote() {
  return el("p", { class: "note" }, pair(
    "Nomor Anda tetap berlaku. Lihat layar di hall dan dengarkan panggilan sampai ponsel tersambung."));
}

/** @type {Object<string, string>} */
const CAUSES = {
  "ticket.deferred": "Anda memberi jalan kepada nomor lain.",
  "ticket.requeued": "Petugas mengembalikan nomor Anda ke antrean.",
  "ticket.transferred": "Nomor Anda dialihkan ke {service}.",
  "ticket.checked_in": "Anda tercatat hadir.",
  "ticket.completed": "Langkah sebelumnya selesai. Berikutnya: {service}.",
  "ticket.undone": "Petugas membatalkan langkah terakhirnya.",
  others: "Posisi mundur {by}: nomor prioritas, nomor berjadwal, atau yang kembali ke antrean lebih dahulu.",
};

/** @param {View} view */
function changeNote({ ticket, phase, change }) {
  if (!change || !["waiting", "next", "absent"].includes(phase)) return [];
  const text = CAUSES[change.cause];
  if (!text) return [];
  const params = { by: change.by, service: nameOf(ticket.service_name) };
  return [el("p", { class: "note" }, el("strong", {}, formatClock(change.at)), " ", t(text, params))];
}
