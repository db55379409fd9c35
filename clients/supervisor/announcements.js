// @ts-check
// What the halls are told: a new text, and those that run, which can be taken back.
import { newKey } from "../lib/api.js";
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { refuse } from "../lib/refusal.js";
import { formatClock } from "../lib/time.js";
import { name, t } from "../lib/words.js";
import { AnnouncementForm } from "./announcement-form.js";

export class Announcements {
  /**
   * @param {import("../lib/api.js").Api} api
   * @param {Object<string, any>} facts of the page
   * @param {() => void} close
   */
  constructor(api, facts, close) {
    this.api = api;
    this.zones = facts.zones;
    this.stale = false;
    this.busy = false;
    this.now = "";
    this.form = new AnnouncementForm(facts.zones, facts.languages || ["id"], () => this.send());
    this.said = el("p", { class: "announcing-said", role: "status" });
    this.again = el("button", { type: "button", class: "button", hidden: true, onclick: () => this.repeat() },
      t("Umumkan lagi"));
    this.empty = el("p", { class: "announcing-empty" }, t("Tidak ada pengumuman yang tampil sekarang."));
    this.list = el("ul", { class: "announcing-list" });
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") close();
    };
    this.node = el(
      "section",
      { class: "announcing", id: "announcing", "aria-label": t("Pengumuman"), hidden: true, onkeydown: onKey },
      el("div", { class: "panel-head" },
        el("h2", { class: "announcing-title" }, t("Pengumuman")),
        el("button", { type: "button", class: "button button-quiet", onclick: close }, t("Selesai"))),
      this.form.node,
      el("div", { class: "announcing-told" }, this.said, this.again, this.form.refused),
      el("h3", { class: "announcing-running" }, t("Sedang tampil")),
      this.empty,
      this.list,
    );
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {boolean} open */
  show(open) {
    this.node.hidden = !open;
    if (open) this.form.focus();
  }

  /**
   * @param {Object<string, any>[]} running as `runningOf` gives them
   * @param {boolean} stale
   * @param {string} now a wire time
   */
  draw(running, stale, now) {
    this.stale = stale;
    this.now = now;
    const off = stale || this.busy ? "true" : null;
    setAttr(this.form.button, "aria-disabled", off);
    this.empty.hidden = running.length > 0;
    keyed(this.list, running, (one) => one.id, (one) => this.create(one), (node, one) => {
      setAttr(/** @type {Element} */ (node.querySelector("button")), "aria-disabled", off);
      setText(/** @type {Element} */ (node.querySelector(".announcing-facts")), this.factsOf(one));
    });
  }

  /** @param {any} one */
  create(one) {
    return el("li", { class: "announced", "data-announcement": one.id },
      el("div", { class: "announced-words" },
        el("p", { class: "announced-text" }, name(one.text)), el("p", { class: "announcing-facts" })),
      el("button", { type: "button", class: "button", onclick: () => this.withdraw(one) }, t("Tarik")));
  }

  /** @param {any} one */
  factsOf(one) {
    const own = this.zones.filter((zone) => one.zones.includes(zone.id)).map((zone) => name(zone.name));
    const where = own.length === this.zones.length ? t("semua zona") : own.join(", ");
    const until = one.until
      ? t("sampai {time}", { time: formatClock(one.until) })
      : t("sampai ditarik atau hari berakhir");
    return [one.full_screen ? t("Layar penuh") : t("Teks berjalan"), where, until].join(", ");
  }

  async send() {
    if (this.busy || this.stale) return;
    const body = this.form.body(this.now);
    if (!body) return;
    await this.run(async () => {
      await this.api.post("/announcements", body, { key: newKey() });
      this.form.clear();
      this.told(t("Diumumkan."), null);
    });
  }

  /** @param {any} one */
  async withdraw(one) {
    if (this.busy || this.stale) return;
    await this.run(async () => {
      await this.api.delete(`/announcements/${encodeURIComponent(one.id)}`);
      const { text, until, full_screen } = one;
      const zones = one.zones.length < this.zones.length ? one.zones : undefined;
      this.told(t("Ditarik."), { text, until, full_screen, zones });
      this.again.focus();
    });
  }

  /** What was withdrawn by mistake is told again. */
  async repeat() {
    if (this.busy || this.stale || !this.gone) return;
    const body = this.gone;
    await this.run(async () => {
      await this.api.post("/announcements", body, { key: newKey() });
      this.told(t("Diumumkan lagi."), null);
      // The button that had the focus is gone.
      this.form.focus();
    });
  }

  /** @param {string} words @param {any} gone what can be announced again */
  told(words, gone) {
    setText(this.said, words);
    this.gone = gone;
    this.again.hidden = !gone;
  }

  /** @param {() => Promise<void>} work */
  async run(work) {
    this.busy = true;
    setText(this.form.refused, "");
    try {
      await work();
    } catch (error) {
      setText(this.said, "");
      refuse(this.form.refused, error);
    }
    this.busy = false;
  }
}

/**
 * What runs, from the topics of all zones.
 * @param {{id: string}[]} zones
 * @param {(zone: string) => any} stateOf
 */
export function runningOf(zones, stateOf) {
  /** @type {Object<string, any>} */
  const found = {};
  for (const { id } of zones) {
    const state = stateOf(id);
    for (const [which, one] of Object.entries((state && state.announcements) || {})) {
      found[which] = found[which] || { ...one, id: which, zones: [] };
      found[which].zones.push(id);
    }
  }
  return Object.values(found).sort((a, b) => (a.id < b.id ? 1 : -1));
}
