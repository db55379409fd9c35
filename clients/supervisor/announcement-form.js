// @ts-check
// A new announcement: its text in both languages, where, until when, how, and whether it is spoken.
import { el, setAttr, setText } from "../lib/dom.js";
import { choices, clockTime } from "../lib/form.js";
import { tell } from "../lib/refusal.js";
import { name, t } from "../lib/words.js";

const LONGEST = 1000;

export class AnnouncementForm {
  /**
   * @param {{id: string, name: import("../lib/words.js").Text}[]} zones
   * @param {string[]} languages of the site
   * @param {() => void} onSend
   */
  constructor(zones, languages, onSend) {
    this.zones = zones;
    this.languages = languages;
    this.fields = languages.slice(0, 2).map((lang, index) => field(lang, index > 0));
    this.until = /** @type {HTMLInputElement} */ (el("input", {
      class: "input announcing-until", id: "announce-until", autocomplete: "off", maxlength: 5,
      placeholder: "15.30",
    }));
    this.kind = choices({
      legend: t("Tampil sebagai"),
      options: [[false, t("Teks berjalan")], [true, t("Layar penuh")]],
      onChange: () => undefined,
    });
    this.kind.set(false);
    this.speak = checkbox(t("Suarakan juga"), false);
    this.boxes = zones.map((zone) => checkbox(name(zone.name), true));
    this.button = el("button", { type: "submit", class: "button button-now announcing-send" }, t("Umumkan"));
    /** What the server says. */
    this.refused = el("p", { class: "refusal", role: "alert" });
    /** What a field lacks; it stands below that field. */
    this.lack = el("p", { class: "refusal announcing-lack", role: "alert", id: "announce-lack" });
    /** @type {HTMLElement | null} */
    this.wrong = null;
    this.node = this.make();
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      onSend();
    });
  }

  make() {
    return el(
      "form",
      { class: "announcing-form", novalidate: true },
      el("div", { class: "announcing-texts" }, this.fields.map((one) => one.node)),
      el("div", { class: "announcing-row" }, this.kind.node,
        el("div", { class: "announcing-when" },
          el("label", { class: "set-name", for: "announce-until" },
            t("Sampai pukul"), el("small", null, t("boleh kosong"))),
          this.until)),
      el("fieldset", { class: "announcing-zones", hidden: this.zones.length < 2 },
        el("legend", { class: "set-name" }, t("Di zona")), this.boxes.map((box) => box.node)),
      el("div", { class: "announcing-row" }, this.speak.node, this.button),
    );
  }

  focus() {
    this.fields[0].input.focus();
  }

  /** What was typed and chosen, for the form in another language. */
  kept() {
    return {
      texts: this.fields.map(({ input }) => input.value),
      until: this.until.value,
      full: this.kind.get(),
      speak: this.speak.input.checked,
      zones: this.boxes.map((box) => box.input.checked),
    };
  }

  /** @param {ReturnType<AnnouncementForm["kept"]>} kept */
  fill(kept) {
    this.fields.forEach(({ input }, index) => {
      input.value = kept.texts[index];
    });
    this.until.value = kept.until;
    this.kind.set(kept.full);
    this.speak.input.checked = kept.speak;
    this.boxes.forEach((box, index) => {
      box.input.checked = kept.zones[index];
    });
  }

  clear() {
    for (const { input } of this.fields) input.value = "";
    this.until.value = "";
  }

  /**
   * What is to be sent; null where something lacks, which is then told.
   * @param {string} now a wire time
   * @returns {Object<string, any> | null}
   */
  body(now) {
    const [first, second] = this.fields.map(({ input }) => input.value.trim());
    const zones = this.zones.filter((_, index) => this.boxes[index].input.checked).map(({ id }) => id);
    const typed = this.until.value.trim();
    const time = clockTime(typed);
    const until = time && `${now.slice(0, 10)}T${time}:00.000${now.slice(-6)}`;
    setText(this.refused, "");
    this.lacksNothing();
    if (!first) return this.lacks(this.fields[0].input, t("Tulis pengumumannya."), "");
    if (zones.length === 0) return this.lacks(this.boxes[0].input, t("Pilih zonanya."), "");
    if (typed && !time) return this.lacks(this.until, t("Tulis waktunya seperti 15.30."), "");
    if (until && Date.parse(until) <= Date.parse(now)) {
      const hint = t("Pilih waktu nanti hari ini, atau kosongkan.");
      return this.lacks(this.until, t("Pukul itu sudah lewat."), hint);
    }
    const [own, other] = this.languages;
    return {
      text: second ? { [own]: first, [other]: second } : first,
      speak: this.speak.input.checked,
      ...(zones.length < this.zones.length ? { zones } : {}),
      ...(until ? { until } : {}),
      ...(this.kind.get() ? { full_screen: true } : {}),
    };
  }

  /** @param {HTMLElement} input @param {string} what @param {string} hint @returns {null} */
  lacks(input, what, hint) {
    this.wrong = input;
    setAttr(input, "aria-invalid", "true");
    setAttr(input, "aria-describedby", this.lack.id);
    const place = /** @type {Element} */ (input.closest(".announcing-zones") || input.parentNode);
    place.appendChild(this.lack);
    tell(this.lack, what, hint);
    input.focus();
    return null;
  }

  lacksNothing() {
    setText(this.lack, "");
    if (!this.wrong) return;
    setAttr(this.wrong, "aria-invalid", null);
    setAttr(this.wrong, "aria-describedby", null);
    this.wrong = null;
  }
}

/** @param {string} lang @param {boolean} optional */
function field(lang, optional) {
  const id = `announce-${lang}`;
  const words = { id: t("Teks Indonesia"), en: t("Teks Inggris") }[lang] || lang;
  const input = /** @type {HTMLTextAreaElement} */ (el("textarea", {
    class: "input announcing-text", id, lang, rows: 3, maxlength: LONGEST,
  }));
  const label = el("label", { class: "set-name", for: id }, words, optional ? el("small", null, t("boleh kosong")) : null);
  return { input, node: el("div", null, label, input) };
}

/** @param {string} words @param {boolean} on */
function checkbox(words, on) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox" }));
  input.checked = on;
  return { input, node: el("label", { class: "check" }, input, el("span", null, words)) };
}
