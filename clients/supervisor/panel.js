// @ts-check
// What can be done about one service, below its line: open, pause, close, and the reason that the
// public reads. No question "are you sure": opening again undoes both others.
import { NoAnswer, newKey } from "../lib/api.js";
import { el, replace, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { name, t } from "../lib/words.js";

/** What a press does; `status`: the service is so already. */
const ACTIONS = [
  { what: "open", words: "Buka layanan", status: "open" },
  { what: "pause", words: "Jeda layanan", status: "paused" },
  { what: "close", words: "Tutup layanan", status: "closed" },
];
/** Reasons that come up every day, to be chosen instead of typed. */
const REASONS = ["Istirahat", "Gangguan sistem", "Petugas tidak ada", "Kuota hari ini habis"];

let panels = 0;

export class Panel {
  /** @param {import("../lib/api.js").Api} api @param {() => void} close */
  constructor(api, close) {
    this.api = api;
    this.id = `panel-${(panels += 1)}`;
    /** @type {any} */
    this.service = null;
    this.stale = false;
    /** A command is on its way. */
    this.busy = false;
    this.title = el("p", { class: "panel-title" });
    this.reason = /** @type {HTMLInputElement} */ (el("input", {
      class: "input panel-reason", id: `${this.id}-reason`, list: `${this.id}-reasons`,
      maxlength: 500, autocomplete: "off",
    }));
    this.buttons = ACTIONS.map((action) => el("button", {
      type: "button", class: "button", "data-action": action.what, onclick: () => this._do(action),
    }, el("span", null, t(action.words), el("span", { class: "button-sub" }))));
    this.said = el("p", { class: "panel-said", role: "status" });
    this.refused = el("p", { class: "refusal panel-refused", role: "alert" });
    const done = el("button", { type: "button", class: "button button-quiet", onclick: close },
      t("Selesai mengatur"));
    this.node = el("div", { class: "panel", onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") close();
    } },
      el("div", { class: "panel-head" }, this.title, done),
      el("label", { class: "panel-label", for: `${this.id}-reason` },
        t("Alasan, dibaca pengunjung"), el("span", { class: "second" }, t("boleh kosong"))),
      el("div", { class: "panel-row" }, this.reason, this.buttons),
      el("datalist", { id: `${this.id}-reasons` },
        REASONS.map((reason) => el("option", { value: t(reason) }))),
      this.said,
      this.refused,
    );
  }

  /** @param {any} service */
  begin(service) {
    this.reason.value = "";
    replace(this.refused);
    setText(this.said, "");
    this.draw(service, this.stale);
    this.reason.focus({ preventScroll: true });
  }

  /** @param {any} service @param {boolean} stale */
  draw(service, stale) {
    this.service = service;
    this.stale = stale;
    setText(this.title, t("Pengambilan nomor {service}. Yang sudah punya nomor tetap dilayani.",
      { service: name(service.name) }));
    this.buttons.forEach((button, index) => {
      const why = this._whyNot(ACTIONS[index]);
      setAttr(button, "aria-disabled", why ? "true" : null);
      setText(/** @type {Element} */ (button.querySelector(".button-sub")), why);
    });
  }

  /** Why it can't be done now; empty when it can. @param {{status: string}} action */
  _whyNot(action) {
    if (this.stale) return t("tidak tersambung");
    if (this.service.status === "not_operating") return t("tidak beroperasi");
    if (this.busy) return t("dikirim…");
    if (action.status !== this.service.status) return "";
    if (action.status === "open") return t("sudah buka");
    // Another reason may be given for what is paused or closed already.
    return "";
  }

  /** @param {{what: string, words: string, status: string}} action */
  async _do(action) {
    if (this._whyNot(action)) return;
    const { service } = this;
    const reason = this.reason.value.trim();
    const body = reason && action.what !== "open" ? { reason } : {};
    this.busy = true;
    replace(this.refused);
    setText(this.said, t("dikirim…"));
    this.draw(service, this.stale);
    try {
      await this.api.post(`/services/${encodeURIComponent(service.id)}/${action.what}`, body, {
        key: newKey(),
        onRepeat: () => setText(this.said, t("Belum ada jawaban. Dikirim ulang satu kali.")),
      });
      setText(this.said, done(action.what));
      this.reason.value = "";
    } catch (error) {
      setText(this.said, "");
      this._refuse(error);
    } finally {
      this.busy = false;
      if (this.service) this.draw(this.service, this.stale);
    }
  }

  /** @param {any} error */
  _refuse(error) {
    const unknown = error instanceof NoAnswer || error.status >= 500;
    const what = unknown
      ? t("Belum pasti tercatat.")
      : error.detail || t("Tidak dilakukan.");
    const hint = unknown ? t("Lihat keadaan layanan setelah tersambung.") : error.code;
    replace(this.refused, icon("alert"),
      el("span", null, what, el("span", { class: "refusal-hint" }, hint)));
  }
}

/** @param {string} what */
function done(what) {
  if (what === "open") return t("Nomor bisa diambil lagi.");
  if (what === "pause") return t("Dijeda. Urungkan dengan Buka layanan.");
  return t("Ditutup. Urungkan dengan Buka layanan.");
}
