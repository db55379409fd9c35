// @ts-check
// What a zone plays: in which order, how long, and between which times of the day.
import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { clockTime } from "../lib/form.js";
import { tell } from "../lib/refusal.js";
import { t } from "../lib/words.js";
import { createItem, updateItem } from "./item.js";

const SECONDS = { least: 3, most: 600, usual: 10 };

/** @typedef {{media: string, seconds: number, start?: string | null, end?: string | null}} Item */

export class Order {
  /** @param {(playlist: Item[], before: Item[]) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {Item[]} */
    this.items = [];
    /** @type {Object<string, any>} */
    this.media = {};
    this.off = false;
    this.said = el("p", { class: "sr-only", role: "status" });
    this.empty = el("p", { class: "set-hint" }, t("Belum ada yang diputar. Pilih dari daftar media."));
    this.list = el("ol", { class: "order" });
    this.node = el("section", { class: "order-part", "aria-labelledby": "order-title" },
      el("h3", { class: "part-title", id: "order-title" }, t("Daftar putar"),
        el("small", null, t("tampil di TV dengan tata letak Panggilan dan media, sepanjang hari bila jamnya kosong"))),
      this.empty, this.list, this.said);
  }

  /** @param {any[]} playlist as the topic has it @param {Object<string, any>} media by id */
  set(playlist, media) {
    this.media = media;
    this.types = Object.fromEntries(playlist.map((item) => [item.media, item]));
    this.items = playlist.map(({ media: id, seconds, start, end }) => clean({ media: id, seconds, start, end }));
    this.draw();
  }

  /** @param {boolean} off */
  disable(off) {
    this.off = off;
    for (const input of this.list.querySelectorAll("input")) input.disabled = off;
    this.mark();
  }

  draw() {
    this.empty.hidden = this.items.length > 0;
    /** @type {Object<string, number>} */
    const seen = {};
    // The same file may stand in the list twice.
    const rows = this.items.map((item, index) => {
      seen[item.media] = (seen[item.media] || 0) + 1;
      return { item, index, key: `${item.media} ${seen[item.media]}` };
    });
    keyed(this.list, rows, (row) => row.key, (row) => this.create(row.item), (node, row) => {
      updateItem(node, row.item, row.index, this.media[row.item.media]);
    });
    this.mark();
  }

  /** @param {Item} item */
  create(item) {
    const media = this.media[item.media] || this.types[item.media];
    return createItem(item, media, SECONDS, {
      move: (at, step) => this.move(at, step),
      remove: (at) => this.remove(at),
      setSeconds: (node, at, input) => this.setSeconds(node, at, input),
      setTime: (node, at, member, input) => this.setTime(node, at, member, input),
    });
  }

  mark() {
    for (const button of this.list.querySelectorAll("button")) {
      const node = /** @type {HTMLElement} */ (button.closest(".item"));
      const at = Number(node.dataset.index);
      const end = (button.dataset.way === "up" && at === 0)
        || (button.dataset.way === "down" && at === this.items.length - 1);
      setAttr(button, "aria-disabled", this.off || end ? "true" : null);
    }
  }

  /** @param {any} media */
  add(media) {
    if (this.off) return;
    this.media = { ...this.media, [media.id]: media };
    this.change([...this.items, { media: media.id, seconds: SECONDS.usual }]);
    setText(this.said, t("{name} ditambahkan sebagai nomor {place}", { name: media.name, place: this.items.length }));
  }

  /** @param {number} at @param {number} step */
  move(at, step) {
    const to = at + step;
    if (this.off || to < 0 || to >= this.items.length) return;
    const items = [...this.items];
    const [moved] = items.splice(at, 1);
    items.splice(to, 0, moved);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const { way, member } = focused?.dataset || {};
    this.change(items);
    // A node that is moved in the document loses the focus.
    const node = this.list.children[to];
    const same = way ? `[data-way="${way}"]` : `[data-member="${member}"]`;
    /** @type {HTMLElement | null} */ (node && node.querySelector(same))?.focus();
    const name = this.media[moved.media]?.name || "";
    setText(this.said, t("{name} sekarang nomor {place} dari {count}", { name, place: to + 1, count: items.length }));
  }

  /** @param {number} at */
  remove(at) {
    if (this.off) return;
    this.change(this.items.filter((_, index) => index !== at));
    const next = this.list.children[Math.min(at, this.items.length - 1)];
    /** @type {HTMLElement | null} */ (next && next.querySelector('[data-way="remove"]'))?.focus();
  }

  /** @param {HTMLElement} node @param {number} at @param {HTMLInputElement} input */
  setSeconds(node, at, input) {
    const seconds = Math.round(Number(input.value));
    const right = seconds >= SECONDS.least && seconds <= SECONDS.most;
    if (!this.check(node, input, right, t("Lama tampil {least} sampai {most} detik.", SECONDS))) return;
    this.replaceAt(at, { seconds });
  }

  /** @param {HTMLElement} node @param {number} at @param {"start" | "end"} member @param {HTMLInputElement} input */
  setTime(node, at, member, input) {
    const typed = input.value.trim();
    const time = clockTime(typed);
    const form = member === "start" ? t("Waktu mulai: tulis seperti 15.30.") : t("Waktu selesai: tulis seperti 15.30.");
    if (!this.check(node, input, time !== "" || typed === "", form)) return;
    const after = { ...this.items[at], [member]: time || null };
    const ordered = !after.start || !after.end || after.start < after.end;
    if (!this.check(node, input, ordered, t("Waktu selesai harus sesudah waktu mulai."))) return;
    this.replaceAt(at, { [member]: time || null });
    // The other one may have been wrong because of this one alone.
    const other = member === "start" ? "end" : "start";
    const wrong = /** @type {HTMLInputElement | null} */ (
      node.querySelector(`[data-member="${other}"][aria-invalid]`));
    if (wrong) this.setTime(node, at, other, wrong);
  }

  /** @param {HTMLElement} node @param {HTMLInputElement} input @param {boolean} right @param {string} words */
  check(node, input, right, words) {
    markWrong(node, input, right ? "" : words);
    return right;
  }

  /** For the list of another zone, which may hold the same files. */
  begin() {
    for (const input of this.list.querySelectorAll("input[aria-invalid]")) {
      const node = /** @type {HTMLElement} */ (input.closest(".item"));
      markWrong(node, /** @type {HTMLInputElement} */ (input), "");
    }
  }

  /** @param {number} at @param {Object<string, any>} members */
  replaceAt(at, members) {
    this.change(this.items.map((item, index) => (index === at ? { ...item, ...members } : item)));
  }

  /** @param {Item[]} items */
  change(items) {
    const before = this.items;
    this.items = items.map(clean);
    this.draw();
    this.onChange(this.items, before);
  }
}

/**
 * Says what is wrong with a field, or what still is with another one of its line.
 * @param {HTMLElement} node
 * @param {HTMLInputElement} input
 * @param {string} words "" for nothing
 */
function markWrong(node, input, words) {
  const place = /** @type {Element} */ (node.querySelector(".refusal"));
  setAttr(input, "aria-invalid", words ? "true" : null);
  setAttr(input, "aria-describedby", words ? place.id : null);
  setAttr(input, "data-wrong", words || null);
  const other = /** @type {HTMLElement | null} */ (node.querySelector("[data-wrong]"));
  const left = words || (other && other.dataset.wrong);
  if (left) tell(place, left);
  else setText(place, "");
}

/** Times that are not there are left out. @param {Item} item @returns {Item} */
function clean({ media, seconds, start, end }) {
  return { media, seconds, ...(start ? { start } : {}), ...(end ? { end } : {}) };
}
