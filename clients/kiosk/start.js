// @ts-check
/**
 * The first page: every agency on one page, a search, and the way to check in.
 */
import { el, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { bullet } from "../lib/plate.js";
import { parseScan } from "../lib/scan.js";
import { secondLine } from "../lib/lines.js";
import { name as nameOf, t } from "../lib/words.js";
import { heading } from "./say.js";
import { screenKeys } from "./keys.js";
import { doors, isFree, refusal, search } from "./model.js";
import { dayAndClock } from "./moment.js";
import { serviceRow } from "./service-row.js";

/** Longer names give way to the agency's short one, so that the rows stay in line. */
const LONGEST_NAME = 21;

/**
 * @typedef {import("./kiosk.js").App} App
 * @param {App} app
 * @returns {import("./kiosk.js").Screen}
 */
export function startScreen(app) {
  return new StartScreen(app);
}

class StartScreen {
  /** @param {App} app */
  constructor(app) {
    this._app = app;
    this._field = searchField();
    this._closed = el("p", { class: "notice", hidden: true });
    this._doors = el("ul", { class: "doors" });
    this._found = el("ul", { class: "services", hidden: true });
    this._none = el("p", { class: "notice", role: "status", hidden: true });
    this._keys = this._drawKeys();
    /** @type {Map<string, Door>} */
    this._rows = new Map();
    /** @type {Map<string, import("./service-row.js").Row>} */
    this._hits = new Map();
    this._listen();
    this.node = el("div", { class: "screen start" }, heading("Mau ke instansi mana?"),
      el("div", { class: "search" }, icon("search"), this._field),
      checkInBar(() => app.go({ name: "check-in" })),
      this._closed, this._none, this._doors, this._found, this._keys);
    this.update();
  }

  /** Draws what is known now; called for every news of the services. */
  update() {
    const all = this._all();
    const query = this._field.value.trim();
    this._doors.hidden = query !== "";
    this._found.hidden = query === "";
    if (query === "") {
      this._hits.clear();
      this._found.replaceChildren();
      this._say(all.length > 0 ? "" : t("Belum ada layanan."));
      sync(this._doors, all, this._rows, (door) => doorRow(door.id, this._app),
        (row, door) => row.update(door));
    } else {
      this._drawHits(all, query);
    }
    drawClosed(this._closed, all, this._app);
  }

  _all() {
    return doors(this._app.agencies, this._app.services);
  }

  _drawKeys() {
    const leave = el("button", { type: "button", class: "key key-done", id: "search-done" },
      t("Kembali"));
    leave.addEventListener("click", () => this._clear());
    const keys = screenKeys(this._field,
      { space: t("spasi"), erase: t("Hapus"), done: leave });
    keys.hidden = true;
    return keys;
  }

  _listen() {
    this._field.addEventListener("focus", () => { this._keys.hidden = false; });
    this._field.addEventListener("input", () => this.update());
    this._field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this._clear();
      if (event.key === "Enter") this._submit();
    });
  }

  _clear() {
    this._field.value = "";
    this._field.blur();
    this._keys.hidden = true;
    this.update();
  }

  /** A scan lands here when the search has the focus. */
  _submit() {
    const scan = parseScan(this._field.value);
    if (!scan) return;
    if ("number" in scan && search(this._all(), this._field.value).length > 0) return;
    this._clear();
    void this._app.scanned(scan);
  }

  /**
   * @param {import("./model.js").Door[]} all
   * @param {string} query
   */
  _drawHits(all, query) {
    const hits = search(all, query).map((hit) => Object.assign({ id: hit.service.id }, hit));
    this._say(hits.length > 0 ? "" : t(
      "Tidak ada layanan “{query}”. Coba kata lain, atau tanyakan di meja depan.", { query }));
    const app = this._app;
    sync(this._found, hits, this._hits, (hit) => serviceRow({
      channel: app.channel, agency: hit.door.short, today: () => app.today(),
      exhausted: (id) => app.isExhausted(id),
      onPick: (id) => app.pick(id),
    }), (row, hit) => row.update(hit.service));
  }

  /** @param {string} text "" for nothing */
  _say(text) {
    this._none.hidden = text === "";
    setText(this._none, text);
  }
}

function searchField() {
  return /** @type {HTMLInputElement} */ (el("input", {
    id: "search", type: "search", autocomplete: "off", spellcheck: "false", maxlength: "600",
    enterkeyhint: "search", placeholder: t("Cari, misalnya: KTP, SKCK, listrik"),
    "aria-label": t("Cari layanan"),
  }));
}

/** @param {() => void} press */
function checkInBar(press) {
  const bar = el("button", { type: "button", class: "check-in-bar", id: "check-in" },
    icon("phone"),
    el("span", { class: "check-in-text" },
      el("strong", {}, t("Sudah punya nomor? Pindai di sini")),
      secondLine("Sudah punya nomor? Pindai di sini")),
    icon("arrow-right"));
  bar.addEventListener("click", press);
  return bar;
}

/**
 * @typedef {{node: HTMLElement, update: (door: import("./model.js").Door) => void}} Door
 * @param {string} id
 * @param {import("./kiosk.js").App} app
 * @returns {Door}
 */
function doorRow(id, app) {
  const button = el("button", { type: "button", class: "door", "data-agency": id });
  button.addEventListener("click", () => app.go({ name: "services", agency: id }));
  let drawn = "";
  return {
    node: el("li", {}, button),
    update(door) {
      const state = JSON.stringify([door, app.today()]);
      if (state === drawn) return;
      drawn = state;
      const name = nameOf(door.name);
      const here = door.services.filter((service) => service.channels.includes(app.channel));
      const shown = here.length > 0 ? here : door.services;
      button.replaceChildren(
        el("span", { class: "door-text" },
          el("strong", {}, name.length > LONGEST_NAME ? nameOf(door.short) : name),
          el("span", {}, doorFacts(door, app))),
        el("span", { class: "door-bullets", "aria-hidden": "true" },
          ...shown.map((service) => bullet({ prefix: service.prefix, tile: service.tile }))));
    },
  };
}

/**
 * Who waits, or why nobody can: one short line.
 * @param {import("./model.js").Door} door
 * @param {import("./kiosk.js").App} app
 */
function doorFacts(door, app) {
  const open = door.services.filter((service) => refusal(service, app.channel) === null);
  if (open.length === 0) return closedFacts(door, app);
  const waiting = open.reduce((sum, service) => sum + service.waiting, 0);
  if (open.every(isFree)) return t("Kosong, langsung dilayani");
  return waiting === 0 ? t("Belum ada yang menunggu") : t("{count} menunggu", { count: waiting });
}

/**
 * @param {import("./model.js").Door} door
 * @param {import("./kiosk.js").App} app
 */
function closedFacts(door, app) {
  const whys = door.services.map((service) => refusal(service, app.channel));
  const opening = door.services.map((service) => service.opens_at).filter(Boolean).sort()[0];
  if (whys.includes("outside") && opening) {
    return t("Tutup, buka lagi {when}", { when: dayAndClock(opening, app.today()) });
  }
  if (whys.includes("paused")) return t("Dijeda sementara");
  if (whys.includes("byHand")) return t("Sedang tutup");
  if (whys.includes("not_operating")) return t("Tidak beroperasi");
  return t("Nomornya di meja depan");
}

/**
 * Says once, above all doors, that nothing is open and when it will be.
 * @param {HTMLElement} notice
 * @param {import("./model.js").Door[]} all
 * @param {import("./kiosk.js").App} app
 */
function drawClosed(notice, all, app) {
  const services = all.reduce((list, door) => list.concat(door.services),
    /** @type {import("./model.js").Service[]} */ ([]));
  const shut = services.length > 0
    && services.every((service) => refusal(service, app.channel) !== null);
  notice.hidden = !shut;
  if (!shut) return;
  const opening = services.map((service) => service.opens_at).filter(Boolean).sort()[0];
  notice.textContent = opening
    ? t("Semua layanan sedang tutup. Buka lagi {when}.",
      { when: dayAndClock(opening, app.today()) })
    : t("Semua layanan sedang tutup. Silakan ke meja depan.");
}

/**
 * Brings the children of `list` in line with `items`: kept nodes stay the same elements, so that
 * focus and a press in progress survive every update.
 * @template {{id: string}} Item
 * @template {{node: HTMLElement}} Row
 * @param {HTMLElement} list
 * @param {Item[]} items
 * @param {Map<string, Row>} rows
 * @param {(item: Item) => Row} make
 * @param {(row: Row, item: Item) => void} update
 */
export function sync(list, items, rows, make, update) {
  const wanted = new Set(items.map((item) => item.id));
  for (const [id, row] of rows) {
    if (!wanted.has(id)) {
      row.node.remove();
      rows.delete(id);
    }
  }
  items.forEach((item, index) => {
    let row = rows.get(item.id);
    if (!row) {
      row = make(item);
      rows.set(item.id, row);
    }
    update(row, item);
    if (list.children[index] !== row.node) list.insertBefore(row.node, list.children[index] || null);
  });
}
