// @ts-check
// What a counter without a number does, in words, and the numbers that are yellow at counters.
import { both } from "../clients/lib/words.js";
import { formatClock } from "../clients/lib/time.js";
import { bi, names } from "./words.js";

/**
 * What a counter without a number does.
 * @param {any} counter of the topic `zone:ID`
 * @param {boolean} stale it may be another thing by now
 */
export function counterState(counter, stale) {
  if (counter.state !== "paused") return both(plainState(counter, stale));
  const why = names(counter.note || "");
  if (!counter.until) return both(counter.note ? pausedFor(why) : bi("Sedang jeda"));
  const time = formatClock(counter.until);
  const plain = bi("Jeda, kembali {time}", { time });
  if (!counter.note) return both(plain);
  const reasoned = bi("{why}, kembali {time}", { why: why.first, time }, { why: why.second, time });
  // A time alone on its line reads as the time of something else.
  const kept = reasoned.first.replace(` ${time}`, `\u00a0${time}`);
  // A reason in one language only is not put into a sentence of the other.
  const second = why.second ? reasoned.second : plain.second;
  return both(Object.assign(plain, { first: kept, second }));
}

/** A reason alone may be read as anything. @param {import("./words.js").Pair} why */
function pausedFor(why) {
  const reasoned = bi("Jeda – {why}", { why: why.first }, { why: why.second });
  // As above: the other language says only that it pauses then.
  if (!why.second) reasoned.second = bi("Sedang jeda").second;
  return reasoned;
}

/** @param {any} counter that does not pause @param {boolean} stale */
function plainState(counter, stale) {
  if (counter.state === "open") return bi(stale ? "Saat itu kosong" : "Kosong");
  return bi("Loket tutup");
}

/**
 * The same without the reason, and in one language where even that is too long.
 * @param {any} counter
 * @param {boolean} stale
 */
export function briefState(counter, stale) {
  if (counter.state !== "paused") return plainState(counter, stale);
  return counter.until ? bi("Jeda, kembali {time}", { time: formatClock(counter.until) }) : bi("Sedang jeda");
}

/** The tile of a number. @param {any} state of the zone @param {string} number */
export function tileOf(state, number) {
  const call = state.calls[number];
  if (call) return call.tile;
  const prefix = number.split("-")[0];
  const owner = Object.keys(state.services).find((id) => state.services[id].prefix === prefix);
  return owner ? state.services[owner].tile : "arang";
}

/** The numbers that are announced, or wait for it. @param {import("./board.js").Scene} scene */
export function yellow({ shown, stale }) {
  if (stale) return [];
  const waiting = shown.list.filter((row) => row.waiting).map((row) => row.number);
  return waiting.concat(shown.announcing && shown.large !== null ? [shown.large] : []);
}
