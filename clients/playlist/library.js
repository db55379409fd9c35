// @ts-check
// The files that there are, and those that are on their way.
import { isUnknown } from "../lib/api.js";
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { tell } from "../lib/refusal.js";
import { t } from "../lib/words.js";
import { comingRow, faultOf, tooLarge } from "./coming.js";
import { thumb } from "./thumb.js";
import { TYPES, upload } from "./upload.js";
import { mediaWords } from "./wording.js";

/** The second press counts for so long, ms. */
const SECOND_MS = 5_000;

/**
 * @typedef {{node: HTMLElement, queue: Promise<void>, arrived: () => Promise<void>}} Transit files on
 *   their way, one after the other; they stay so when the page changes its language
 */

export class Library {
  /**
   * @param {import("../lib/staff.js").Staff} staff
   * @param {{add: (media: any) => void, usedIn: (id: string) => string[], zoneName: () => string}} parts
   * @param {Transit | null} kept
   */
  constructor(staff, parts, kept) {
    this.staff = staff;
    this.parts = parts;
    /** @type {any[] | null} newest first */
    this.items = null;
    /** @type {Object<string, any>} */
    this.byId = {};
    const arrived = () => this.ask();
    /** @type {Transit} */
    this.transit = kept || { node: el("ul", { class: "uploads" }), queue: Promise.resolve(), arrived };
    this.transit.arrived = arrived;
    this.input = /** @type {HTMLInputElement} */ (el("input", {
      type: "file", class: "upload-input", id: "upload", multiple: true, accept: TYPES.join(","),
      "aria-describedby": "upload-hint", onchange: () => this.take(this.input.files),
    }));
    this.refused = el("p", { class: "refusal", role: "alert" });
    this.empty = el("p", { class: "library-empty" }, t("Belum ada gambar atau film."));
    this.list = el("ul", { class: "library" });
    this.node = el(
      "section",
      { class: "library-part", "aria-label": t("Media"),
        ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
        ondrop: (/** @type {DragEvent} */ event) => {
          event.preventDefault();
          this.take(event.dataTransfer && event.dataTransfer.files);
        } },
      el("div", { class: "library-head" },
        el("h2", null, t("Media")),
        el("span", { class: "upload" }, this.input,
          el("label", { class: "button button-now upload-button", for: "upload" }, t("Unggah")))),
      el("p", { class: "set-hint", id: "upload-hint" },
        t("Gambar PNG, JPEG, WebP atau film MP4, paling besar 200 MB. Bisa juga diseret ke sini.")),
      this.transit.node,
      this.refused,
      this.empty,
      this.list,
    );
  }

  async ask() {
    /** @type {any[]} */
    const items = [];
    let query = "?limit=200";
    try {
      while (query) {
        const page = await this.staff.api.get(`/media${query}`);
        items.push(...page.items);
        query = page.next ? `?limit=200&cursor=${encodeURIComponent(page.next)}` : "";
      }
    } catch {
      return;
    }
    this.items = items.reverse();
    this.byId = Object.fromEntries(items.map((media) => [media.id, media]));
    this.staff.redraw();
  }

  /** @param {boolean} stale */
  draw(stale) {
    this.stale = stale;
    this.input.disabled = stale;
    setAttr(this.input.nextElementSibling || this.input, "aria-disabled", stale ? "true" : null);
    this.empty.hidden = this.items === null || this.items.length > 0;
    keyed(this.list, this.items || [], (media) => media.id, (media) => this.create(media), (node, media) => {
      const used = this.parts.usedIn(media.id);
      const words = media.missing ? t("berkasnya hilang dari server") : mediaWords(media);
      setText(/** @type {Element} */ (node.querySelector(".media-facts")),
        used.length ? `${words}. ${t("Dipakai di {zones}", { zones: used.join(", ") })}` : words);
      const zone = this.parts.zoneName();
      setText(/** @type {Element} */ (node.querySelector(".media-add")), t("Tambahkan ke {zone}", { zone }));
      for (const button of node.querySelectorAll("button")) setAttr(button, "aria-disabled", stale ? "true" : null);
    });
  }

  /** @param {any} media */
  create(media) {
    const remove = el("button", {
      type: "button", class: "button", onclick: () => this.remove(media, remove),
    }, t("Hapus"));
    return el(
      "li",
      { class: "media", "data-media": media.id },
      thumb(media),
      el("div", { class: "media-what" },
        el("p", { class: "media-name" }, media.name), el("p", { class: "media-facts" })),
      el("div", { class: "media-ways" },
        el("button", {
          type: "button", class: "button media-add", onclick: () => !this.stale && this.parts.add(media),
        }),
        remove),
    );
  }

  /** No question: a second press. @param {any} media @param {HTMLElement} button */
  async remove(media, button) {
    if (this.stale) return;
    if (!button.dataset.armed) {
      button.dataset.armed = "true";
      setText(button, t("Tekan lagi untuk menghapus"));
      setTimeout(() => {
        delete button.dataset.armed;
        setText(button, t("Hapus"));
      }, SECOND_MS);
      return;
    }
    setText(this.refused, "");
    try {
      await this.staff.api.delete(`/media/${encodeURIComponent(media.id)}`);
      this.items = (this.items || []).filter((one) => one.id !== media.id);
      this.staff.redraw();
    } catch (error) {
      const why = isUnknown(error) ? t("Belum pasti terhapus. Lihat setelah tersambung.") : error.detail;
      tell(this.refused, media.name, why);
    }
  }

  /** @param {FileList | null | undefined} files */
  take(files) {
    if (this.stale) return;
    for (const file of Array.from(files || [])) this.enqueue(file);
    // The same file may be chosen again after it was refused.
    this.input.value = "";
  }

  /** @param {File} file */
  enqueue(file) {
    const row = comingRow(file);
    this.transit.node.appendChild(row.node);
    const fault = faultOf(file);
    if (fault) return void row.refuse(...fault);
    let stopped = false;
    row.onStop(() => {
      stopped = true;
      row.node.remove();
    });
    this.transit.queue = this.transit.queue.then(() => (stopped ? undefined : this.send(file, row)));
  }

  /** @param {File} file @param {ReturnType<typeof comingRow>} row */
  async send(file, row) {
    try {
      await upload(file, {
        api: this.staff.api,
        csrf: () => this.staff.api.csrf,
        onProgress: row.progress,
        onBegin: (stop) => row.onStop(() => {
          stop();
          row.node.remove();
        }),
      });
      row.node.remove();
      await this.transit.arrived();
    } catch (error) {
      const first = error.errors && error.errors[0];
      if (error.code === "stopped") return;
      if (isUnknown(error)) row.refuse(t("Sambungan putus sebelum selesai."), t("Unggah lagi setelah tersambung."));
      else if (error.code === "too_large") row.refuse(...tooLarge(file));
      else row.refuse((first && first.detail) || error.detail || t("Tidak diterima."), "");
    }
  }
}
