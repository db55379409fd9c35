// @ts-check
/**
 * The first page: every agency on one page, a search, and the way to check in.
 */
import { el } from "../lib/dom.js";
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
 * @param {import("./kiosk.js").App} app
 * @returns {import("./kiosk.js").Screen}
 */
export function startScreen(app) {
  const field = /** @type {HTMLInputElement} */ (el("input", {
    id: "search", type: "search", autocomplete: "off", spellcheck: "false", maxlength: "200",
    enterkeyhint: "search", placeholder: t("Cari, misalnya: KTP, SKCK, listrik"),
    "aria-label": t("Cari layanan"),
  }));
  const box = el("div", { class: "search" }, icon("search"), field);
  const leave = el("button", { type: "button", class: "key key-done", id: "search-done" },
    t("Kembali"));
  leave.addEventListener("click", () => clear());
  const keys = screenKeys(field, { space: t("spasi"), erase: t("Hapus"), done: leave });
  const checkIn = checkInBar(() => app.go({ name: "check-in" }));
  const closed = el("p", { class: "notice", hidden: "" });
  const list = el("ul", { class: "doors" });
  const found = el("ul", { class: "services", hidden: "" });
  const none = el("p", { class: "notice", role: "status" });
  none.hidden = true;
  keys.hidden = true;
  field.addEventListener("focus", () => { keys.hidden = false; });
  field.addEventListener("input", () => draw());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key === "Enter") submit();
  });

  function clear() {
    field.value = "";
    field.blur();
    keys.hidden = true;
    draw();
  }

  // A scan lands here when the search has the focus.
  function submit() {
    const scan = parseScan(field.value);
    if (!scan) return;
    if ("number" in scan && search(currentDoors(), field.value).length > 0) return;
    clear();
    app.scanned(scan);
  }

  const currentDoors = () => doors(app.agencies, app.services);
  /** @type {Map<string, Door>} */
  const rows = new Map();
  /** @type {Map<string, import("./service-row.js").Row>} */
  const hits = new Map();

  function draw() {
    const all = currentDoors();
    const query = field.value.trim();
    list.hidden = query !== "";
    found.hidden = query === "";
    if (query === "") {
      hits.clear();
      none.hidden = all.length > 0;
      none.textContent = all.length > 0 ? "" : t("Belum ada layanan.");
      sync(list, all, rows, (door) => doorRow(door.id, app), (row, door) => row.update(door));
    } else {
      drawHits(all, query);
    }
    drawClosed(closed, all, app);
  }

  /**
   * @param {import("./model.js").Door[]} all
   * @param {string} query
   */
  function drawHits(all, query) {
    const services = search(all, query);
    none.hidden = services.length > 0;
    none.textContent = services.length > 0 ? "" : t(
      "Tidak ada layanan “{query}”. Coba kata lain, atau tanyakan di meja depan.", { query });
    const items = services.map((hit) => Object.assign({ id: hit.service.id }, hit));
    sync(found, items, hits, (hit) => serviceRow({
      channel: app.channel, agency: hit.door.short, today: () => app.today(),
      exhausted: (id) => app.isExhausted(id),
      onPick: (id) => app.pick(id),
    }), (row, hit) => row.update(hit.service));
  }

  draw();
  const node = el("div", { class: "screen start" },
    heading("Mau ke instansi mana?"), box, checkIn, closed, none, list, found, keys);
  return { node, update: draw };
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
