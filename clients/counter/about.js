// @ts-check
/** Who or what the counter deals with: the title, the words beside the plate, its marks. */

import { t } from "../lib/words.js";
import { phaseWords, seconds } from "./wording.js";

/** @typedef {import("./view.js").View} View */

/**
 * @param {View} view
 * @returns {[string, string]} what is, and the words after it
 */
export function titleOf(view) {
  const { desk, phase, live, said } = view;
  const title = phaseWords(phase);
  if (!live) {
    return [title, t("keadaan terakhir yang pasti, {time}", { time: said.clockOf(view.lastHeard) })];
  }
  const { clerk, note, ticket } = desk.counter;
  if (phase === "taken") return [title, clerk?.name ?? ""];
  if (phase === "paused") return [title, note ? said.name(note) : ""];
  if (phase === "called") return [title, calledWords(view)];
  if (phase === "serving" && ticket?.started_at) {
    return [title, t("sejak {time}", { time: said.clock(ticket.started_at) })];
  }
  return [title, phase === "idle" ? t("siap memanggil") : ""];
}

/** @param {View} view */
function calledWords({ desk, now, said }) {
  const nth = String((desk.counter.ticket?.recalls ?? 0) + 1);
  const ago = now - (desk.calledAt ?? now);
  if (ago < 120_000) {
    return t("{seconds} detik yang lalu, panggilan ke-{nth}", { seconds: seconds(Math.max(0, ago)), nth });
  }
  return t("{minutes} yang lalu, panggilan ke-{nth}", { minutes: said.minutes(ago), nth });
}

/**
 * @param {View} view
 * @returns {{heading: string, line: string, chips: {text: string, strong: boolean}[]}}
 */
export function aboutOf(view) {
  return view.desk.counter.ticket ? aboutTicket(view, view.desk.counter.ticket) : aboutLine(view);
}

/**
 * @param {View} view
 * @param {import("./desk.js").Counter["ticket"] & object} ticket
 */
function aboutTicket({ desk, said, classes, phase }, ticket) {
  const person = phase === "taken" || desk.person?.ticket !== ticket.id ? null : desk.person.person;
  const service = desk.services[ticket.service];
  const chips = [];
  if (ticket.class !== "regular") {
    const reason = person?.reason ? `${reasonWords(person.reason)}` : "";
    chips.push({ text: [classes(ticket.class), reason].filter(Boolean).join(": "), strong: true });
  }
  const legs = (ticket.journey?.length ?? 0) + 1;
  if (legs > 1) {
    const nth = String((ticket.leg ?? 0) + 1);
    chips.push({ text: t("Langkah {nth} dari {legs}", { nth, legs: String(legs) }), strong: false });
  }
  if (ticket.slot) {
    chips.push({ text: t("Janji {time}", { time: said.time(ticket.slot.start) }), strong: false });
  }
  const taken = takenWords(ticket, said.time(ticket.issued_at));
  return {
    heading: service ? said.name(service.name) : ticket.service,
    line: [person?.name, person?.phone, taken].filter(Boolean).join(" – "),
    chips,
  };
}

/** @param {View} view */
function aboutLine({ desk, lists, said, phase, names }) {
  const count = lists.waiting.length;
  const heading = count
    ? t("{count} orang menunggu", { count: String(count) })
    : t("Belum ada yang menunggu");
  if (phase === "taken" && desk.counter.clerk) {
    const line = t("{name} sedang duduk di loket ini.", { name: desk.counter.clerk.name });
    return { heading, line, chips: [] };
  }
  if (phase === "paused" && desk.counter.until) {
    const line = t("Tidak memanggil sampai {time}.", { time: said.time(desk.counter.until) });
    return { heading, line, chips: [] };
  }
  const line = lists.next ? t("Giliran berikutnya {who}", { who: names.next }) : "";
  return { heading, line, chips: [] };
}

/**
 * @param {import("./line.js").Ticket} ticket
 * @param {string} time
 */
export function takenWords(ticket, time) {
  switch (ticket.channel) {
    case "kiosk":
      return t("diambil {time} di kios", { time });
    case "desk":
      return t("diambil {time} di meja petugas", { time });
    default:
      return t("diambil {time} dari jauh", { time });
  }
}

/**
 * A reason of a priority class; one that the built-in catalogue does not know is shown as it is.
 * @param {string} reason
 */
export function reasonWords(reason) {
  return (
    {
      lansia: t("lansia"),
      disabilitas: t("disabilitas"),
      ibu_hamil: t("ibu hamil"),
      ibu_menyusui: t("ibu menyusui"),
      balita: t("membawa balita"),
    }[reason] ?? reason
  );
}
