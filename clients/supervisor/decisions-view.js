// @ts-check
// What needs a decision, as sentences with the action beside them. Three at most: who has more to
// decide than that begins with the worst.
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { formatClock, formatMinuteRange, formatMinutes } from "../lib/time.js";
import { name, t } from "../lib/words.js";
import { tvSentences } from "./tvs.js";

const SHOWN = 3;

/** @typedef {import("./decisions.js").Decision} Decision */

export class DecisionsView {
  /** @param {{onService: (id: string) => void, onCounter: (id: string) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.list = el("ul", { class: "decisions-list" });
    this.calm = el("p", { class: "decisions-calm" }, t("Tidak ada yang perlu diputuskan."));
    this.more = el("p", { class: "decisions-more" });
    this.node = el(
      "section",
      { class: "decisions", "aria-label": t("Perlu keputusan") },
      this.list,
      this.calm,
      this.more,
    );
  }

  /** @param {Decision[]} found @param {number} now @param {boolean} stale */
  draw(found, now, stale) {
    this.calm.hidden = found.length > 0;
    setText(this.calm, stale
      ? t("Tidak tersambung: belum tentu tidak ada yang perlu diputuskan.")
      : t("Tidak ada yang perlu diputuskan."));
    const rest = found.length - SHOWN;
    this.more.hidden = rest <= 0;
    setText(this.more, rest > 0 ? t("dan {count} lagi", { count: rest }) : "");
    keyed(
      this.list,
      found.slice(0, SHOWN),
      (decision) => decision.key,
      (decision) => this._create(decision),
      (node, decision) => update(node, decision, now),
    );
  }

  /** @param {Decision} decision */
  _create(decision) {
    const act = () => {
      if (decision.service) this.actions.onService(decision.service.id);
      else this.actions.onCounter(decision.counter.id);
    };
    return el(
      "li",
      { class: "decision", "data-decision": decision.kind },
      icon(decision.device && decision.kind !== "tv_off" ? "speaker-off" : "alert"),
      el("div", { class: "decision-words" },
        el("p", { class: "decision-what" }), el("p", { class: "decision-why" })),
      decision.device
        ? el("a", { class: "decision-act", href: `/devices#${encodeURIComponent(decision.device.id)}` }, t("Lihat TV"))
        : el("button", { type: "button", class: "decision-act", onclick: act },
          decision.service ? t("Atur layanan") : t("Lihat loket")),
    );
  }
}

/** @param {HTMLElement} node @param {Decision} decision @param {number} now */
function update(node, decision, now) {
  const [what, why] = sentences(decision, now);
  const [first, second] = node.querySelectorAll("p");
  setText(first, what);
  setText(second, why);
  setAttr(node, "data-service", decision.service && decision.service.id);
}

/** @param {Decision} decision @param {number} now @returns {[string, string]} what it is, and the facts */
function sentences(decision, now) {
  if (decision.device) return tvSentences(decision);
  return decision.service ? ofService(decision) : ofCounter(decision, now);
}

/** @param {Decision} decision @returns {[string, string]} */
function ofService({ kind, service, counters }) {
  const what = `${service.prefix} ${name(service.name)}`;
  const waiting = t("{count} menunggu", { count: service.waiting });
  if (kind === "unattended") {
    const who = (counters || []).map((counter) => name(counter.label)).join(", ");
    return [
      t("{service}: tidak ada loket yang buka", { service: what }),
      who ? `${waiting}, ${t("bisa di loket {counters}", { counters: who })}` : waiting,
    ];
  }
  const minutes = formatMinutes(service.wait.p50);
  const open = t("{open} dari {count} loket buka",
    { open: service.counters_open, count: (counters || []).length });
  return [
    t("{service} melewati target: {minutes} dari {target}",
      { service: what, minutes, target: service.target_wait_minutes }),
    `${t("perkiraan {range}", { range: formatMinuteRange(service.wait.p10, service.wait.p90) })}, ${
      waiting}, ${open}`,
  ];
}

/** @param {Decision} decision @param {number} now @returns {[string, string]} */
function ofCounter({ kind, counter, since }, now) {
  const minutes = formatMinutes((now - (since || now)) / 1000);
  const who = counter.clerk ? counter.clerk.name : "";
  const facts = {
    counter: name(counter.name),
    number: counter.ticket ? counter.ticket.number : "",
    minutes,
    time: formatClock(counter.until),
  };
  if (kind === "overdue") {
    const why = counter.note ? name(counter.note) : t("lewat {minutes}", facts);
    return [t("{counter} belum kembali dari jeda sampai {time}", facts), join(who, why)];
  }
  const what = kind === "serving_long"
    ? t("{counter} melayani {number} sudah {minutes}", facts)
    : t("{counter} memanggil {number} sejak {minutes}, belum dimulai", facts);
  return [what, who];
}

/** @param {...string} parts */
function join(...parts) {
  return parts.filter(Boolean).join(", ");
}
