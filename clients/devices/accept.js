// @ts-check
// A new TV: the code on its screen, a name, its zone and layout.
import { Refusal, isUnknown, newKey } from "../lib/api.js";
import { el, setAttr, setText } from "../lib/dom.js";
import { refuse, tell } from "../lib/refusal.js";
import { formatDuration } from "../lib/time.js";
import { name, t } from "../lib/words.js";
import { cleanCode, faultOf, keptCode } from "./code.js";
import { displayAddress, layouts } from "./wording.js";

const FIELDS = ["code", "name", "zone", "layout"];

export class Accept {
  /**
   * @param {import("../lib/staff.js").Staff} staff
   * @param {(device: any) => void} onPaired
   */
  constructor(staff, onPaired) {
    this.staff = staff;
    this.onPaired = onPaired;
    this.may = staff.session.role === "admin";
    this.busy = false;
    this.stale = false;
    /** A code came with the address. */
    this.came = false;
    /** What gets the focus with the next draw. @type {HTMLElement | null} */
    this.focus = null;
    this.title = el("h2", null, t("Pasangkan TV"));
    this.code = /** @type {HTMLInputElement} */ (el("input", {
      class: "input code-input", id: "pair-code", autocomplete: "off", autocapitalize: "characters",
      spellcheck: "false", maxlength: 20, "aria-describedby": "pair-code-hint pair-code-refusal",
      oninput: () => this.clear("code"),
    }));
    this.name = /** @type {HTMLInputElement} */ (el("input", {
      class: "input", id: "pair-name", autocomplete: "off", maxlength: 100, placeholder: t("misalnya TV Depan"),
      "aria-describedby": "pair-name-refusal", oninput: () => this.clear("name"),
    }));
    this.zone = picker("pair-zone", staff.facts.zones.map((zone) => [zone.id, name(zone.name)]));
    this.layout = picker("pair-layout", layouts());
    /** @type {Object<string, HTMLElement>} */
    this.refusals = {};
    for (const field of [...FIELDS, "all"]) {
      this.refusals[field] = el("p", { class: "refusal", role: "alert", id: `pair-${field}-refusal` });
    }
    this.button = el("button", { type: "submit", class: "button button-now button-wide" },
      t("Pasangkan"), el("kbd", { "aria-hidden": "true" }, "Enter"));
    this.node = el("section", { class: "accept", "aria-label": t("Pasangkan TV") },
      this.may ? this.form() : el("p", { class: "note" },
        t("Hanya admin yang bisa memasangkan TV."), " ",
        t("Anda bisa mengatur dan menguji TV yang sudah dipasangkan: pilih TV di daftar.")));
    this.takeCode();
  }

  form() {
    const form = el(
      "form",
      { class: "accept-form", novalidate: true },
      this.title,
      el("p", { class: "set-hint", id: "pair-code-hint" },
        t("Di peramban TV buka"), " ",
        el("b", { class: "pair-address" }, displayAddress(this.staff.facts.address)), ". ",
        t("Kodenya enam huruf dan angka di layar TV itu, dan berganti tiap 10 menit.")),
      row("pair-code", t("Kode di layar TV"), this.code, this.refusals.code),
      row("pair-name", t("Nama TV"), this.name, this.refusals.name),
      el("div", { class: "accept-pair" },
        row("pair-zone", t("Zona"), this.zone, this.refusals.zone),
        row("pair-layout", t("Tata letak"), this.layout, this.refusals.layout)),
      this.button,
      this.refusals.all,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    return form;
  }

  /** What was typed and chosen. */
  kept() {
    return FIELDS.map((field) => this[field].value);
  }

  /** @param {string[]} kept */
  fill(kept) {
    FIELDS.forEach((field, index) => {
      this[field].value = kept[index];
    });
  }

  /** A code that came with the address: then the name is what is missing. */
  takeCode() {
    const code = keptCode();
    if (!code) return;
    this.code.value = code;
    this.came = true;
    this.focus = this.name;
  }

  /** @param {boolean} stale */
  draw(stale) {
    this.stale = stale;
    setAttr(this.button, "aria-disabled", stale || this.busy ? "true" : null);
    if (this.focus && !this.node.hidden) {
      this.focus.focus();
      this.focus = null;
    }
  }

  async send() {
    if (this.busy || this.stale || !this.isFilled()) return;
    this.busy = true;
    setText(this.refusals.all, "");
    this.staff.redraw();
    try {
      const body = {
        code: cleanCode(this.code.value), name: this.name.value.trim(),
        zone: this.zone.value, layout: this.layout.value,
      };
      const { device } = await this.staff.api.post("/devices", body, { key: newKey() });
      this.code.value = "";
      this.name.value = "";
      this.came = false;
      this.onPaired(device);
    } catch (error) {
      this.explain(error);
    }
    this.busy = false;
    this.staff.redraw();
  }

  isFilled() {
    this.code.value = cleanCode(this.code.value);
    const fault = faultOf(this.code.value);
    if (fault) this.refuse("code", ...codeWords(fault));
    if (!this.name.value.trim()) {
      this.refuse("name", t("Beri TV ini nama."), t("Sebaiknya pakai nama tempatnya, misalnya TV Depan."));
    }
    if (fault) this.code.focus();
    else if (!this.name.value.trim()) this.name.focus();
    return !fault && this.name.value.trim() !== "";
  }

  /** @param {any} error */
  explain(error) {
    if (isUnknown(error) || !(error instanceof Refusal)) {
      tell(this.refusals.all, t("Belum pasti terpasang."),
        t("Lihat apakah TV sudah ada di daftar, lalu coba lagi."));
    } else if (error.code === "unknown_code") {
      this.refuse("code", t("Kode itu tidak dikenal atau sudah berakhir."),
        t("Ketik kode yang sekarang tampil di layar TV."));
      this.code.focus();
      this.code.select();
    } else if (error.status === 429) {
      const time = formatDuration(error.retryAfter || 60);
      this.refuse("code", t("Terlalu banyak kode yang salah."), t("Coba lagi dalam {time}.", { time }));
    } else if (error.errors.length > 0 && FIELDS.includes(error.errors[0].field)) {
      this.refuse(error.errors[0].field, error.errors[0].detail, error.errors[0].code);
    } else {
      refuse(this.refusals.all, error);
    }
  }

  /** @param {string} field @param {string} what @param {string} hint */
  refuse(field, what, hint) {
    tell(this.refusals[field], what, hint);
    setAttr(this[field], "aria-invalid", "true");
  }

  /** @param {string} field */
  clear(field) {
    setText(this.refusals[field], "");
    setAttr(this[field], "aria-invalid", null);
  }
}

/** @param {"empty" | "length" | "character"} fault @returns {[string, string]} */
function codeWords(fault) {
  if (fault === "empty") {
    return [t("Ketik kode dari layar TV."), t("Kodenya tampil di TV yang belum terpasang.")];
  }
  if (fault === "length") return [t("Kode itu belum enam huruf dan angka."), t("Periksa di layar TV.")];
  return [t("Kode tidak memakai I, L, O, 0, 1 atau tanda baca."), t("Periksa di layar TV.")];
}

/** @param {string} id @param {[string, string][]} options */
function picker(id, options) {
  return /** @type {HTMLSelectElement} */ (el("select", { class: "input", id },
    options.map(([value, words]) => el("option", { value }, words))));
}

/** @param {string} id @param {string} label @param {HTMLElement} input @param {HTMLElement} refusal */
function row(id, label, input, refusal) {
  return el("div", { class: "accept-row" },
    el("label", { class: "set-name", for: id }, label), input, refusal);
}
