// @ts-check
/**
 * The figures below the plate, four in every phase: what a clerk decides by. Pure but for words.
 */

import { t } from "../lib/words.js";
import { waitsSince } from "./line.js";

/**
 * @typedef {object} Fact
 * @property {string} label
 * @property {string} value
 * @property {string} beside the value: target or comparison
 * @property {boolean} late past the target
 * @property {import("./desk.js").Service | null} [service] drawn as a bullet before the value
 *
 * @typedef {object} Said formats of times, so that this module needs no clock or locale
 * @property {(iso: string) => string} clock `10.02.24`
 * @property {(milliseconds: number) => string} minutes `19 mnt`
 * @property {(milliseconds: number) => string} running `4.12`
 * @property {(milliseconds: number) => string} short `38 dtk`, from two minutes on `3 mnt`
 * @property {(iso: string) => string} time `10.02`
 * @property {(milliseconds: number) => string} timeOfDay `10:02`, as hours of a catalogue are written
 * @property {(milliseconds: number) => string} clockOf `10.02.24`
 * @property {(text: Record<string, string>) => string} name
 */

const MINUTE = 60_000;

/**
 * @param {string} label
 * @param {string} value
 * @param {string} [beside]
 * @param {boolean} [late]
 * @returns {Fact}
 */
function fact(label, value, beside = "", late = false) {
  return { label, value, beside, late };
}

/**
 * @param {import("./desk.js").Desk} desk
 * @param {import("./actions.js").Phase} phase
 * @param {import("./line.js").Lists} lists
 * @param {number} now
 * @param {Said} said
 * @returns {Fact[]}
 */
export function factsOf(desk, phase, lists, now, said) {
  const ticket = desk.counter.ticket;
  return ticket ? ofTicket(desk, ticket, now, said) : ofLine(desk, phase, lists, now, said);
}

/**
 * @param {import("./desk.js").Desk} desk
 * @param {import("./line.js").Ticket} ticket
 * @param {number} now
 * @param {Said} said
 */
function ofTicket(desk, ticket, now, said) {
  const service = desk.services[ticket.service];
  const called = ticket.called_at ? Date.parse(ticket.called_at) : now;
  const waited = called - waitsSince(ticket);
  const target = (service?.target_wait_minutes ?? 0) * MINUTE;
  const wait = fact(t("Menunggu"), said.minutes(waited), targetWords(target), isLate(waited, target));
  const usual = (service?.service_minutes ?? 0) * MINUTE;
  const next = { ...fact(t("Sesudah ini"), t("selesai")), service: desk.nextLeg };
  if (next.service) next.value = said.name(next.service.name);
  if (!ticket.started_at) {
    const expected = usual ? said.minutes(usual) : "–";
    return [
      wait,
      fact(t("Dipanggil"), ticket.called_at ? said.clock(ticket.called_at) : "–"),
      fact(t("Layanan ini biasanya"), expected),
      next,
    ];
  }
  const started = Date.parse(ticket.started_at);
  const took = now - started;
  const expected = usual ? t("biasanya {minutes}", { minutes: said.minutes(usual) }) : "";
  return [
    fact(t("Lama layanan"), said.running(took), expected, usual > 0 && took > 2 * usual),
    wait,
    fact(t("Sampai di loket"), said.short(started - called)),
    next,
  ];
}

/**
 * @param {import("./desk.js").Desk} desk
 * @param {import("./actions.js").Phase} phase
 * @param {import("./line.js").Lists} lists
 * @param {number} now
 * @param {Said} said
 */
function ofLine(desk, phase, lists, now, said) {
  const absent = lists.waiting.filter((row) => row.passed === "absent").length;
  const targets = desk.counter.services.map((id) => desk.services[id]?.target_wait_minutes ?? 0);
  const target = Math.max(0, ...targets) * MINUTE;
  const waited = lists.longest === null ? 0 : now - lists.longest;
  const others = desk.otherCounters();
  const facts = [
    lists.longest === null
      ? fact(t("Menunggu paling lama"), "–")
      : fact(t("Menunggu paling lama"), said.minutes(waited), targetWords(target), isLate(waited, target)),
    fact(
      t("Loket lain yang buka"),
      String(others.filter((counter) => counter.state === "open").length),
      t("dari {count}", { count: String(others.length) }),
    ),
    fact(t("Belum datang"), String(absent), t("ambil nomor dari jauh")),
  ];
  const until = phase === "paused" ? desk.counter.until : null;
  facts.push(until ? fact(t("Jeda sampai"), said.clock(until)) : hours(desk, now, said));
  return facts;
}

/** @param {number} target */
function targetWords(target) {
  return target ? t("target {count}", { count: String(target / MINUTE) }) : "";
}

/**
 * @param {number} waited
 * @param {number} target
 */
function isLate(waited, target) {
  return target > 0 && waited > target;
}

/**
 * When the counter's services next stop giving numbers: for a break, or for the day.
 * @param {import("./desk.js").Desk} desk
 * @param {number} now
 * @param {Said} said
 * @returns {Fact}
 */
function hours(desk, now, said) {
  const present = said.timeOfDay(now);
  const spans = desk.counter.services.flatMap((id) => desk.services[id]?.hours_today ?? []);
  const ends = spans
    .map((span) => span.split("-"))
    .filter(([from, until]) => from <= present && present < until)
    .map(([, until]) => until)
    .sort();
  const end = ends[0];
  const opens = desk.counter.services.map((id) => desk.services[id]?.opens_at).find(Boolean);
  if (!end && opens) return fact(t("Buka"), said.time(opens));
  if (!end) return fact(t("Jam buka"), "–");
  if (end === "24:00") return fact(t("Jam buka"), t("sepanjang hari"));
  const goesOn = spans.some((span) => span.slice(0, 5) >= end);
  return fact(goesOn ? t("Istirahat") : t("Tutup"), end.replace(":", "."));
}
