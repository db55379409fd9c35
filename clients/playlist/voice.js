// @ts-check
// How a zone speaks, with what it then says as an example.
import { el, replace } from "../lib/dom.js";
import { choices, slider } from "../lib/form.js";
import { formatNumber } from "../lib/time.js";
import { name, t } from "../lib/words.js";

/** The example's ticket, as it is spelled and as it is read. */
const NUMBERS = {
  id: { eja: "A satu dua lima", bilangan: "A seratus dua puluh lima" },
  en: { eja: "A one two five", bilangan: "A one hundred twenty-five" },
};
const PHRASES = {
  id: "Nomor antrean {number}, silakan menuju ke Loket tiga{who}.",
  en: "Queue number {number}, please proceed to Counter three{who}.",
};
const WHO = {
  id: { true: ", Dinas Kependudukan", service: ", KTP elektronik" },
  en: { true: ", Civil Registry", service: ", Electronic ID card" },
};

export class Voice {
  /** @param {string[]} languages of the site @param {(voice: any, before: any) => void} onChange */
  constructor(languages, onChange) {
    /** @type {any} */
    this.voice = null;
    const setting = (/** @type {string} */ member, /** @type {(value: any) => any} */ wire = (value) => value) =>
      (/** @type {any} */ value) => onChange({ [member]: wire(value) }, { [member]: this.voice[member] });
    this.controls = {
      spelling: choices({
        legend: t("Nomor diucapkan"), options: [["eja", t("per angka")], ["bilangan", t("sebagai bilangan")]],
        onChange: setting("spelling"),
      }),
      agency: choices({
        legend: t("Setelah loket, sebutkan juga"),
        options: [[false, t("tidak ada")], [true, t("instansi")], ["service", t("layanan")]],
        onChange: setting("agency"),
      }),
      languages: choices({
        legend: t("Bahasa suara"), options: languageOptions(languages),
        onChange: setting("languages", (value) => value.split(" ")),
      }),
      repeats: choices({
        legend: t("Diucapkan"), options: [1, 2, 3].map((count) => [count, t("{count} kali", { count })]),
        onChange: setting("repeats"),
      }),
      gap_seconds: slider({
        label: t("Jeda di antaranya"), min: 0, max: 10, step: 0.5,
        words: (value) => t("{seconds} dtk", { seconds: formatNumber(value, value % 1 ? 1 : 0) }),
        onChange: setting("gap_seconds"),
      }),
      volume: slider({
        label: t("Volume suara zona"), hint: t("tiap TV punya volumenya sendiri"), min: 0, max: 100, step: 5,
        words: (value) => `${value} %`, onChange: setting("volume"),
      }),
    };
    this.example = el("div", { class: "example" });
    this.node = el("section", { class: "voice-part", "aria-labelledby": "voice-title" },
      el("h3", { class: "part-title", id: "voice-title" }, t("Suara")),
      el("figure", { class: "note example-note" }, el("figcaption", { class: "set-hint" }, t("Contoh")), this.example),
      Object.values(this.controls).map((control) => control.node));
    this.node.hidden = true;
  }

  /** @param {any} voice undefined: not known yet */
  set(voice) {
    if (!voice) return;
    this.node.hidden = false;
    this.voice = voice;
    for (const [member, control] of Object.entries(this.controls)) {
      control.set(member === "languages" ? voice.languages.join(" ") : voice[member]);
    }
    const key = JSON.stringify(voice);
    if (key === this.drawn) return;
    this.drawn = key;
    replace(this.example, voice.languages.map((lang) => el("p", { lang }, phraseOf(voice, lang))));
  }

  /** @param {boolean} off */
  disable(off) {
    for (const control of Object.values(this.controls)) control.disable(off);
  }
}

/** What is said for a call. @param {any} voice @param {string} lang */
export function phraseOf({ spelling, agency }, lang) {
  const known = PHRASES[lang] ? lang : "id";
  const who = WHO[known][String(agency)] || "";
  return PHRASES[known].replace("{number}", NUMBERS[known][spelling]).replace("{who}", who);
}

/** One language, or both in either order. @param {string[]} languages @returns {[string, string][]} */
function languageOptions(languages) {
  const words = (/** @type {string} */ lang) => ({ id: t("Indonesia"), en: t("Inggris") }[lang] || name(lang));
  const [first, second] = languages;
  if (!second) return [[first, words(first)]];
  const then = (/** @type {string} */ a, /** @type {string} */ b) =>
    t("{first}, lalu {second}", { first: words(a), second: words(b) });
  return [
    [first, words(first)],
    [`${first} ${second}`, then(first, second)],
    [`${second} ${first}`, then(second, first)],
    [second, words(second)],
  ];
}
