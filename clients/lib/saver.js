// @ts-check
import { el, setAttr, setText } from "./dom.js";
import { refuse } from "./refusal.js";
import { formatClockSeconds } from "./time.js";
import { t } from "./words.js";

/**
 * Saves one change after the other, says what became of each, and takes them back.
 */
export class Saver {
  /**
   * @param {{send: (change: any) => Promise<any>, now: () => string, done: () => void}} parts
   *   `now`: a wire time; `done`: after every answer, so that the form shows what is
   */
  constructor(parts) {
    this.parts = parts;
    /** What would take the changes back, the last one last. @type {any[]} */
    this.before = [];
    /** @type {Promise<void>} */
    this.chain = Promise.resolve();
    this.waiting = 0;
    /** Counts the things that were changed with it. */
    this.round = 0;
    this.words = el("p", { class: "saved-words", role: "status" });
    this.refused = el("p", { class: "refusal", role: "alert" });
    this.undo = el("button", { type: "button", class: "button", onclick: () => this.takeBack() },
      t("Urungkan"));
    this.node = el("div", { class: "saved saved-bar" }, el("div", null, this.words, this.refused), this.undo);
    this.begin();
  }

  /** True while an answer is awaited: what the topic says may be older than what one sees. */
  get busy() {
    return this.waiting > 0;
  }

  /** For another thing to be changed. */
  begin() {
    this.before = [];
    this.round += 1;
    this.refused.textContent = "";
    setText(this.words, t("Setiap perubahan langsung tersimpan."));
    this.mark();
  }

  /** @param {any} change @param {any} before what takes it back */
  change(change, before) {
    this.queue(change, before, true);
  }

  takeBack() {
    if (this.busy) return;
    const last = this.before.pop();
    if (last !== undefined) this.queue(last, last, false);
  }

  /**
   * @param {any} change
   * @param {any} before what undo sends from then on: after a change that was saved, or where taking
   *   back failed
   * @param {boolean} forward false: a change is taken back
   */
  queue(change, before, forward) {
    this.waiting += 1;
    this.refused.textContent = "";
    setText(this.words, t("Menyimpan…"));
    this.mark();
    const { round } = this;
    this.chain = this.chain.then(async () => {
      const saved = await this.send(change, forward);
      // What was changed before is no longer on the screen.
      if (saved === forward && round === this.round) this.before.push(before);
      this.waiting -= 1;
      this.mark();
      this.parts.done();
    });
  }

  /**
   * @param {any} change
   * @param {boolean} forward
   * @returns {Promise<boolean>} whether it is saved
   */
  async send(change, forward) {
    try {
      await this.parts.send(change);
    } catch (error) {
      setText(this.words, "");
      refuse(this.refused, error);
      return false;
    }
    const time = formatClockSeconds(this.parts.now());
    setText(this.words, forward ? t("Tersimpan {time}", { time }) : t("Diurungkan {time}", { time }));
    return true;
  }

  mark() {
    const why = this.before.length === 0 || this.busy;
    setAttr(this.undo, "aria-disabled", why ? "true" : null);
  }
}
