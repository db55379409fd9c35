// @ts-check
// What the halls are told: a new text, and those that run, which can be taken back.
import { newKey } from "../lib/api.js";
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { choices, clockTime, refuse, tell } from "../lib/form.js";
import { formatClock } from "../lib/time.js";
import { name, t } from "../lib/words.js";

const LONGEST = 1000;

export class Announcements {
  /**
   * @param {import("../lib/api.js").Api} api
   * @param {Object<string, any>} facts of the page
   * @param {() => void} close
   */
  constructor(api, facts, close) {
    this.api = api;
    this.zones = facts.zones;
    this.languages = facts.languages || ["id"];
    this.stale = false;
    this.busy = false;
    this.now = "";
    this.fields = this.languages.slice(0, 2).map((lang) => field(lang));
    this.until = /** @type {HTMLInputElement} */ (el("input", {
      class: "input announcing-until", id: "announce-until", autocomplete: "off", maxlength: 5, placeholder: "15.30",
      "aria-describedby": "announce-refusal",
    }));
    this.kind = choices({
      legend: t("Tampil sebagai"), options: [[false, t("Teks berjalan")], [true, t("Layar penuh")]], onChange: () => undefined,
    });
    this.speak = checkbox(t("Suarakan juga"), false);
    this.boxes = this.zones.map((zone) => checkbox(name(zone.name), true));
    this.button = el("button", { type: "submit", class: "button button-now announcing-send" }, t("Umumkan"));
    this.said = el("p", { class: "announcing-said", role: "status" });
    this.again = el("button", { type: "button", class: "button", hidden: true, onclick: () => this.repeat() }, t("Umumkan lagi"));
    this.refused = el("p", { class: "refusal", role: "alert", id: "announce-refusal" });
    this.empty = el("p", { class: "announcing-empty" }, t("Tidak ada pengumuman yang tampil sekarang."));
    this.list = el("ul", { class: "announcing-list" });
    this.form = this.makeForm();
    this.kind.set(false);
    this.node = el(
      "section",
      { class: "announcing", id: "announcing", "aria-label": t("Pengumuman"), hidden: true,
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === "Escape") close();
        } },
      el("div", { class: "panel-head" }, el("h2", { class: "announcing-title" }, t("Pengumuman")),
        el("button", { type: "button", class: "button button-quiet", onclick: close }, t("Selesai"))),
      this.form,
      el("h3", { class: "announcing-running" }, t("Sedang tampil")),
      this.empty,
      this.list,
    );
  }

  makeForm() {
    const form = el(
      "form",
      { class: "announcing-form", novalidate: true },
      el("div", { class: "announcing-texts" }, this.fields.map((one) => one.node)),
      el("div", { class: "announcing-row" }, this.kind.node,
        el("div", { class: "announcing-when" },
          el("label", { class: "set-name", for: "announce-until" }, t("Sampai pukul"), el("small", null, t("boleh kosong"))),
          this.until)),
      el("fieldset", { class: "announcing-zones", hidden: this.zones.length < 2 },
        el("legend", { class: "sr-only" }, t("Di zona")), this.boxes.map((box) => box.node)),
      el("div", { class: "announcing-row" }, this.speak.node, this.button),
      el("div", { class: "announcing-told" }, this.said, this.again, this.refused),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    return form;
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {boolean} open */
  show(open) {
    this.node.hidden = !open;
    if (open) this.fields[0].input.focus();
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
    setAttr(this.button, "aria-disabled", off);
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
    const where = one.zones.length === this.zones.length
      ? t("semua zona") : this.zones.filter((zone) => one.zones.includes(zone.id)).map((zone) => name(zone.name)).join(", ");
    const until = one.until ? t("sampai {time}", { time: formatClock(one.until) }) : t("sampai ditarik atau hari berakhir");
    return [one.full_screen ? t("Layar penuh") : t("Teks berjalan"), where, until].join(", ");
  }

  async send() {
    if (this.busy || this.stale) return;
    const body = this.body();
    if (!body) return;
    await this.run(async () => {
      await this.api.post("/announcements", body, { key: newKey() });
      for (const { input } of this.fields) input.value = "";
      this.until.value = "";
      this.told(t("Diumumkan."), null);
    });
  }

  /** What is to be sent; null where something lacks, which is then told. */
  body() {
    const [first, second] = this.fields.map(({ input }) => input.value.trim());
    const zones = this.zones.filter((_, index) => this.boxes[index].input.checked).map((zone) => zone.id);
    const typed = this.until.value.trim();
    const time = clockTime(typed);
    const until = time && `${this.now.slice(0, 10)}T${time}:00.000${this.now.slice(-6)}`;
    setText(this.refused, "");
    if (!first) return this.lacks(this.fields[0].input, t("Tulis pengumumannya."), "");
    if (zones.length === 0) return this.lacks(this.boxes[0].input, t("Pilih zonanya."), "");
    if (typed && !time) return this.lacks(this.until, t("Tulis waktunya seperti 15.30."), "");
    if (until && Date.parse(until) <= Date.parse(this.now)) {
      return this.lacks(this.until, t("Pukul itu sudah lewat."), t("Pilih waktu nanti hari ini, atau kosongkan."));
    }
    /** @type {Object<string, any>} */
    const body = { text: second ? { [this.languages[0]]: first, [this.languages[1]]: second } : first, speak: this.speak.input.checked };
    if (zones.length < this.zones.length) body.zones = zones;
    if (until) body.until = until;
    if (this.kind.get()) body.full_screen = true;
    return body;
  }

  /** @param {HTMLElement} input @param {string} what @param {string} hint @returns {null} */
  lacks(input, what, hint) {
    tell(this.refused, what, hint);
    input.focus();
    return null;
  }

  /** @param {any} one */
  async withdraw(one) {
    if (this.busy || this.stale) return;
    await this.run(async () => {
      await this.api.delete(`/announcements/${encodeURIComponent(one.id)}`);
      const { text, until, full_screen, zones } = one;
      this.told(t("Ditarik."), { text, until, full_screen, zones: zones.length < this.zones.length ? zones : undefined });
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
      this.fields[0].input.focus();
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
    setText(this.refused, "");
    try {
      await work();
    } catch (error) {
      refuse(this.refused, error);
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

/** @param {string} lang */
function field(lang) {
  const id = `announce-${lang}`;
  const words = { id: t("Teks Indonesia"), en: t("Teks Inggris") }[lang] || lang;
  const input = /** @type {HTMLTextAreaElement} */ (el("textarea", {
    class: "input announcing-text", id, lang, rows: 3, maxlength: LONGEST,
  }));
  return { input, node: el("div", null, el("label", { class: "set-name", for: id }, words), input) };
}

/** @param {string} words @param {boolean} on */
function checkbox(words, on) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox" }));
  input.checked = on;
  return { input, node: el("label", { class: "check" }, input, el("span", null, words)) };
}
