// @ts-check
/** The right side: the line that this counter serves, those held, those who missed the call. */

import { el, keyed, setAttr, setText } from "../lib/dom.js";
import { bullet, plate, updatePlate } from "../lib/plate.js";
import { t } from "../lib/words.js";
import { keyCap, redraw } from "./draw.js";

/**
 * @typedef {import("./line.js").Row} Row
 * @typedef {import("./view.js").View} View
 */

/** More rows than fit on any screen; the rest of a long line is counted. */
const DRAWN = 40;

/** Digits on the keyboard: as many of those held and missed have a key. */
const DIGITS = 9;

export class Side {
  /** @param {(ticket: string) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.waiting = makeSection("waiting");
    this.held = makeSection("held");
    this.missed = makeSection("missed");
    this.more = el("p", { class: "side-more" });
    this.shut = el("ul", { class: "side-shut" });
    this.waiting.list.before(this.shut);
    this.waiting.root.append(this.more);
    this.aside = el("div", { class: "side-aside" }, this.held.root, this.missed.root);
    this.root = el("aside", { class: "side", "aria-label": t("Antrean loket ini") }, this.waiting.root, this.aside);
    /** @type {string[]} ids in the order of the digit keys */
    this.digits = [];
    this.waiting.list.addEventListener("scroll", () => this.count(), { passive: true });
    new ResizeObserver(() => this.count()).observe(this.waiting.root);
    this.total = 0;
  }

  /** @param {View} view */
  update(view) {
    const { lists, now, said } = view;
    setText(this.waiting.title, t("Menunggu {count}", { count: String(lists.waiting.length) }));
    const oldest = lists.longest === null ? "" : t("terlama {minutes}", { minutes: said.minutes(now - lists.longest) });
    setText(this.waiting.beside, view.live ? oldest : [t("saat itu"), oldest].filter(Boolean).join(", "));
    drawShut(this.shut, view);
    this.rows(this.waiting, lists.waiting.slice(0, DRAWN), view, 0);
    setText(this.held.title, t("Ditahan {count}", { count: String(lists.held.length) }));
    setText(this.missed.title, t("Terlewat {count}", { count: String(lists.missed.length) }));
    setText(this.missed.beside, lists.missed.length ? t("dipanggil lagi setelah kembali") : "");
    this.held.root.hidden = lists.held.length === 0;
    this.missed.root.hidden = lists.missed.length === 0;
    this.rows(this.held, lists.held, view, 1);
    this.rows(this.missed, lists.missed, view, lists.held.length + 1);
    this.digits = [...lists.held, ...lists.missed].slice(0, DIGITS).map((row) => row.ticket.id);
    this.total = lists.waiting.length;
    this.count();
  }

  /**
   * To the next row or the one before, from anywhere else to the first.
   * @param {1 | -1} step
   * @returns {boolean} whether there was one
   */
  move(step) {
    const rows = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(".row")]);
    const at = rows.findIndex((row) => row === document.activeElement);
    const row = at < 0 ? rows[0] : rows[at + step];
    row?.focus();
    return row !== undefined;
  }

  /** Says how many wait below those that can be seen. */
  count() {
    const rest = this.total - this.fit();
    if (this.total === 0) setText(this.more, t("Belum ada yang menunggu."));
    else setText(this.more, rest > 0 ? t("dan {count} lagi", { count: String(rest) }) : "");
  }

  /**
   * Shows whole rows alone, as many as have room.
   * @returns {number} how many rows stand above the end of what is seen
   */
  fit() {
    const { root, list } = this.waiting;
    const rows = /** @type {HTMLElement[]} */ ([...list.children]);
    // Enlarged type flows down the page instead.
    const flows = getComputedStyle(list).overflowY === "visible";
    const room = root.clientHeight - list.offsetTop + root.offsetTop - this.more.offsetHeight;
    let fits = 0;
    for (const row of rows) {
      if (fits + row.offsetHeight > room) break;
      fits += row.offsetHeight;
    }
    list.style.setProperty("max-height", fits && !flows ? `${fits}px` : "none");
    const bottom = list.scrollTop + (fits || list.clientHeight) + 2;
    return flows ? rows.length : rows.filter((row) => row.offsetTop + row.offsetHeight <= bottom).length;
  }

  /**
   * @param {ReturnType<typeof makeSection>} section
   * @param {Row[]} rows
   * @param {View} view
   * @param {number} digit of the first row; 0: none
   */
  rows(section, rows, view, digit) {
    keyed(
      section.list,
      rows.map((row, index) => ({ row, digit: digit && digit + index <= DIGITS ? digit + index : 0 })),
      ({ row }) => row.ticket.id,
      ({ row }) => makeRow(row, this.choose),
      (item, { row, digit: key }) => drawRow(item, row, view, key),
    );
  }
}

/**
 * Services of this counter that give no numbers now, and why; those who wait are served all the same.
 * @param {HTMLElement} list
 * @param {View} view
 */
function drawShut(list, { desk, said }) {
  const shut = desk.counter.services
    .map((id) => desk.services[id])
    .filter((service) => service && service.status !== "open");
  const key = shut.map(({ id, status, note, opens_at: opens }) => [id, status, said.name(note), opens].join()).join(";");
  redraw(list, key, () =>
    shut.map((service) => el("li", {}, bullet(service), el("span", {}, shutWords(service, said)))),
  );
}

/**
 * @param {import("./desk.js").Service} service
 * @param {View["said"]} said
 */
function shutWords({ name, status, note, opens_at: opens }, said) {
  const service = said.name(name);
  const words = {
    paused: t("{service} dijeda, tidak memberi nomor", { service }),
    closed: t("{service} tutup, tidak memberi nomor", { service }),
    not_operating: t("{service} belum beroperasi", { service }),
    open: "",
  }[status];
  if (note) return `${words}: ${said.name(note)}`;
  return opens ? `${words}. ${t("Buka lagi {time}.", { time: said.time(opens) })}` : words;
}

/** @param {string} name */
function makeSection(name) {
  const title = el("span", {});
  const beside = el("small", {});
  const list = el("ol", { class: "rows" });
  const root = el("section", { class: `side-part is-${name}` }, el("h2", {}, title, beside), list);
  return { root, title, beside, list };
}

/**
 * @param {Row} row
 * @param {(ticket: string) => void} choose
 */
function makeRow({ ticket }, choose) {
  const button = el(
    "button",
    { class: "row", type: "button" },
    plate({}),
    el("span", { class: "row-what" }),
    el("span", { class: "row-end" }),
  );
  button.addEventListener("click", () => {
    // Enter is now for the panel that opens.
    button.blur();
    choose(ticket.id);
  });
  return el("li", { "data-id": ticket.id }, button);
}

/**
 * @param {Element} item
 * @param {Row} row
 * @param {View} view
 * @param {number} digit
 */
function drawRow(item, row, view, digit) {
  const { ticket } = row;
  const button = /** @type {HTMLElement} */ (item.firstElementChild);
  const [at, what, end] = /** @type {HTMLElement[]} */ ([...button.children]);
  const service = view.desk.services[ticket.service];
  const tile = service?.tile ?? "arang";
  updatePlate(at, { number: ticket.number, tile, state: ticket.state, counter: ticket.counter });
  const name = service ? view.said.name(service.name) : ticket.service;
  const beside = ticket.state === "waiting" ? "" : lastCall(ticket, view);
  const chips = chipsOf(row, view);
  redraw(what, JSON.stringify([name, beside, chips, service?.prefix]), () => [
    foreign(ticket, service) ? bullet(service) : "",
    name,
    beside ? el("small", {}, ` ${beside}`) : "",
    ...chips.map((chip) => el("span", { class: "badge" }, chip)),
  ]);
  button.classList.toggle("is-passed", row.passed !== null);
  setAttr(button, "aria-current", view.chosen === ticket.id ? "true" : null);
  setAttr(button, "aria-keyshortcuts", digit ? String(digit) : null);
  if (digit) redraw(end, `key ${digit}`, () => [keyCap(String(digit))]);
  else {
    const words = row.passed === "absent" ? t("belum datang") : view.said.minutes(view.now - row.since);
    redraw(end, words, () => [words]);
  }
}

/**
 * Its number carries another service's letter: it came by a journey or a transfer.
 * @param {import("./line.js").Ticket} ticket
 * @param {import("./desk.js").Service | undefined} service
 * @returns {service is import("./desk.js").Service}
 */
function foreign(ticket, service) {
  return service !== undefined && ticket.number.split("-")[0] !== service.prefix;
}

/**
 * @param {import("./line.js").Ticket} ticket
 * @param {View} view
 */
function lastCall(ticket, { said }) {
  const at = ticket.state === "held" ? ticket.started_at ?? ticket.called_at : ticket.called_at;
  return at ? said.time(at) : "";
}

/**
 * @param {Row} row
 * @param {View} view
 */
function chipsOf({ ticket }, { classes, desk, said }) {
  const chips = ticket.class === "regular" ? [] : [classes(ticket.class)];
  if (ticket.for_counter && ticket.for_counter !== desk.counter.id) {
    const other = desk.counters.find((counter) => counter.id === ticket.for_counter);
    chips.push(t("untuk {counter}", { counter: other ? said.name(other.name) : ticket.for_counter }));
  }
  return chips;
}
