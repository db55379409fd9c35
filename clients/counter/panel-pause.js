// @ts-check
/** Asks why and until when the counter pauses; both may stay open. */

import { el, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { choice, field, Frame } from "./panel.js";

/** Reasons at a press, in the languages of the displays: everyone in the hall reads them. */
const REASONS = [
  { id: "Istirahat", en: "Break" },
  { id: "Sholat", en: "Prayer" },
  { id: "Rapat", en: "Meeting" },
];

/** Minutes at a press. */
const MINUTES = [15, 30, 60];

const OTHER = "other";

export class PausePanel {
  /**
   * @param {{pause: (reason: string | Record<string, string> | null, until: number | null) => void,
   *   close: () => void, now: () => number, at: (time: string) => number | null}} listener `at`: the
   *   moment of `12.30` today at the site
   */
  constructor(listener) {
    this.listener = listener;
    this.reason = choice("reason", t("Alasan"), [
      ...REASONS.map(({ id }) => ({ value: id, label: t(id) })),
      { value: OTHER, label: t("Lainnya") },
    ]);
    this.own = field(t("Alasan lain"), { maxlength: "500", name: "own" });
    this.until = choice("until", t("Sampai kapan"), [
      { value: "", label: t("sampai dibuka lagi") },
      ...MINUTES.map((minutes) => ({
        value: String(minutes),
        label: t("{minutes} menit", { minutes: String(minutes) }),
      })),
      { value: OTHER, label: t("pukul …") },
    ]);
    this.time = field(t("Pukul"), { inputmode: "numeric", name: "time", size: "6", placeholder: "12.30" });
    this.told = el("p", { class: "panel-told" });
    const content = [this.reason.root, this.own.root, this.until.root, this.time.root, this.told];
    const { close } = listener;
    this.frame = new Frame("pause", content, { enter: () => this.enter(), close });
    this.root = this.frame.root;
    this.own.input.addEventListener("input", () => this.own.input.value && this.reason.set(OTHER));
    this.time.input.addEventListener("input", () => this.time.input.value && this.until.set(OTHER));
    this.reason.set(REASONS[0].id);
    this.until.set("");
    this.root.addEventListener("input", () => this.tell());
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.root.querySelector("input:checked"))?.focus();
  }

  key() {}

  /** @param {import("./panel.js").View} view */
  update(view) {
    this.view = view;
    setText(this.frame.title, t("Jeda"));
    setText(this.frame.subtitle, t("loket berhenti memanggil; nomor di loket tetap dilayani"));
    setText(this.frame.primary.label, t("Jeda loket"));
    this.tell();
  }

  tell() {
    const until = this.untilWhen();
    const time = until && this.view ? t("sampai {time}", { time: this.view.said.timeOf(until) }) : "";
    setText(this.frame.primary.sub, [this.reasonWords(), time].filter(Boolean).join(" "));
    this.wrong = this.until.get() === OTHER && until === null;
    const typed = this.time.input.value.length >= 4;
    setText(this.told, this.wrong && typed ? t("Tulis waktu nanti hari ini, misalnya 12.30.") : "");
  }

  reasonWords() {
    const value = this.reason.get();
    return value === OTHER ? this.own.input.value.trim() : t(value);
  }

  /** @returns {number | null} milliseconds since 1970; null for open or not a time to come */
  untilWhen() {
    const value = this.until.get();
    const now = this.listener.now();
    if (value !== OTHER) return value ? now + Number(value) * 60_000 : null;
    const at = this.listener.at(this.time.input.value);
    return at !== null && at > now ? at : null;
  }

  enter() {
    if (this.wrong) return this.time.input.focus();
    const value = this.reason.get();
    const own = this.own.input.value.trim() || null;
    const reason = value === OTHER ? own : REASONS.find(({ id }) => id === value) ?? null;
    this.listener.pause(reason, this.untilWhen());
  }
}
