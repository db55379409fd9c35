// @ts-check
// What is done to a TV from afar. Taking it away wants a second press in place of a question.
import { isUnknown, newKey } from "../lib/api.js";
import { el, setAttr, setText } from "../lib/dom.js";
import { tell } from "../lib/refusal.js";
import { t } from "../lib/words.js";
import { pressWords } from "./wording.js";

/** The second press counts for so long, ms. */
const SECOND_MS = 5_000;

export class Remote {
  /** @param {import("../lib/staff.js").Staff} staff @param {(name: string) => void} onRemoved */
  constructor(staff, onRemoved) {
    this.staff = staff;
    this.onRemoved = onRemoved;
    /** @type {any} */
    this.device = null;
    this.busy = false;
    this.stale = false;
    this.buttons = [
      ["identify", t("Tampilkan nama di TV"), t("Nama TV tampil besar di layarnya.")],
      ["test-sound", t("Uji suara"), t("TV itu membunyikan suara uji.")],
      ["reload", t("Muat ulang"), t("TV itu memuat ulang halamannya.")],
    ].map(([what, words, done]) => el("button", {
      type: "button", class: "button", "data-do": what, onclick: () => this.do(what, done),
    }, words));
    this.said = el("p", { class: "remote-said", role: "status" });
    this.refused = el("p", { class: "refusal", role: "alert" });
    this.node = el("div", { class: "remote" },
      el("div", { class: "remote-row" }, this.buttons),
      el("div", { class: "remote-answer" }, this.said, this.refused));
    this.removeWords = el("span", null, t("Lepaskan TV ini"));
    this.remove = el("button", { type: "button", class: "button", "data-do": "remove", onclick: () => this.press() },
      this.removeWords);
    this.removeRefused = el("p", { class: "refusal", role: "alert" });
    this.removal = el("div", { class: "removal" }, this.remove,
      el("p", { class: "set-hint" }, t("TV itu berhenti bersuara dan meminta kode baru.")), this.removeRefused);
  }

  begin() {
    setText(this.said, "");
    setText(this.refused, "");
    setText(this.removeRefused, "");
    this.disarm();
  }

  /** @param {any} device @param {boolean} stale */
  draw(device, stale) {
    this.device = device;
    this.stale = stale;
    const off = stale || this.busy || !device.online;
    for (const button of this.buttons) {
      setAttr(button, "aria-disabled", off ? "true" : null);
      setAttr(button, "title", device.online ? null : t("TV itu tidak tersambung."));
    }
    setAttr(this.remove, "aria-disabled", stale || this.busy ? "true" : null);
  }

  /** @param {string} what @param {string} done */
  async do(what, done) {
    if (this.busy || this.stale) return;
    setText(this.refused, "");
    setText(this.said, this.device.online ? t("dikirim…") : t("TV itu tidak tersambung."));
    if (!this.device.online) return;
    const { id, sound } = this.device;
    await this.run(this.refused, async () => {
      await this.staff.api.post(`/devices/${encodeURIComponent(id)}/${what}`, {}, { key: newKey() });
      // It is silent then, and has no way to say so.
      setText(this.said, what === "test-sound" && sound === "blocked" ? pressWords() : done);
    });
  }

  press() {
    if (this.busy || this.stale) return;
    if (!this.armed) {
      this.armed = setTimeout(() => this.disarm(), SECOND_MS);
      setText(this.removeWords, t("Tekan sekali lagi untuk melepaskan {name}", { name: this.device.name }));
      setAttr(this.remove, "data-armed", true);
      return;
    }
    this.disarm();
    const { id, name } = this.device;
    this.run(this.removeRefused, async () => {
      await this.staff.api.delete(`/devices/${encodeURIComponent(id)}`);
      this.onRemoved(name);
    });
  }

  disarm() {
    clearTimeout(this.armed);
    this.armed = 0;
    setText(this.removeWords, t("Lepaskan TV ini"));
    setAttr(this.remove, "data-armed", null);
  }

  /** @param {HTMLElement} place @param {() => Promise<void>} work */
  async run(place, work) {
    this.busy = true;
    setText(place, "");
    try {
      await work();
    } catch (error) {
      setText(this.said, "");
      this.explain(place, error);
    }
    this.busy = false;
    this.staff.redraw();
  }

  /** @param {HTMLElement} place @param {any} error */
  explain(place, error) {
    if (isUnknown(error)) tell(place, t("Belum pasti sampai."), t("Coba lagi setelah tersambung."));
    else if (error.code === "offline") {
      tell(place, t("TV itu tidak tersambung."), t("Periksa listrik dan jaringannya."));
    } else tell(place, error.detail || t("Tidak dilakukan."), error.code);
  }
}
