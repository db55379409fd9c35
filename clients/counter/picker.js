// @ts-check
/** Asks where one sits today: every counter that one may operate, who sits there, one press. */

import { connectionWord, showConnection } from "../lib/connection.js";
import { el, keyed, replace, setAttr, setText, soon } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { bullet } from "../lib/plate.js";
import { languageSwitch, name, t } from "../lib/words.js";
import { redraw } from "./draw.js";

/** How often the clock is looked at, ms. */
const TICK_MS = 1_000;

/** Characters typed within this time belong together, ms. */
const TYPING_MS = 1_000;

export class Picker {
  /**
   * @param {HTMLElement} root
   * @param {object} known
   * @param {import("../lib/api.js").Api} known.api
   * @param {{user: string, name: string, counters: string[] | null}} known.session
   * @param {any} known.site
   * @param {ReturnType<typeof import("./said.js").saidOf>} known.said
   * @param {() => void} known.onSignedOut
   */
  constructor(root, known) {
    this.known = known;
    /** @type {import("./desk.js").Counter[] | null} */
    this.counters = null;
    /** @type {Record<string, import("./desk.js").Service>} */
    this.services = {};
    this.draw = soon(() => this.drawNow());
    this.clock = el("span", { class: "bar-clock" });
    this.connection = connectionWord();
    this.told = el("p", { class: "pick-told", role: "status" });
    this.list = el("ul", { class: "pick-list" });
    this.root = root;
    replace(root, this.header(), this.main());
    const zones = known.site.zones.map((/** @type {{id: string}} */ zone) => `zone:${zone.id}`);
    this.live = connect({
      topics: ["services", ...zones],
      onState: (topic, state, event) => this.onState(topic, state, event),
      onStatus: () => this.draw(),
      onSignedOut: known.onSignedOut,
    });
    setInterval(this.draw, TICK_MS);
    this.typed = "";
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.learn();
  }

  header() {
    const leave = el("button", { type: "button", class: "button bar-button", onclick: () => this.signOut() }, t("Keluar"));
    return el(
      "header",
      { class: "bar" },
      el("span", { class: "bar-name" }, name(this.known.site.name)),
      el("span", { class: "bar-agency" }),
      this.connection,
      el("span", { class: "bar-clerk" }, this.known.session.name),
      languageSwitch(),
      leave,
      this.clock,
    );
  }

  main() {
    return el(
      "main",
      { class: "pick", id: "main" },
      el("h1", {}, t("Anda duduk di mana hari ini?")),
      el("p", { class: "pick-hint" }, t("Satu tekanan membuka loket. Loket yang dipakai orang lain bisa Anda gantikan.")),
      this.told,
      this.list,
    );
  }

  /**
   * @param {string} topic
   * @param {any} state
   * @param {any} event
   */
  onState(topic, state, event) {
    if (topic === "services") this.services = state.services ?? {};
    else if (!event || event.type.startsWith("counter.")) this.learn();
    this.draw();
  }

  async learn() {
    const answer = await this.known.api.get("/counters?limit=200").catch(() => null);
    if (answer) {
      const { counters } = this.known.session;
      const may = counters && new Set(counters);
      this.counters = answer.items.filter((/** @type {{id: string}} */ counter) => !may || may.has(counter.id));
    }
    this.draw();
  }

  drawNow() {
    const { live, known } = this;
    const isLive = live.status === "live";
    setText(this.clock, known.said.timeOf(live.serverNow()));
    showConnection(live);
    if (!this.counters) return;
    const mine = (/** @type {any} */ counter) => (counter.clerk?.user === known.session.user ? 0 : 1);
    const sorted = [...this.counters].sort((a, b) => mine(a) - mine(b));
    keyed(this.list, sorted, ({ id }) => id, (counter) => this.door(counter.id), (item, counter) => {
      this.drawDoor(item, counter, isLive);
    });
    if (sorted.length === 0) {
      setText(this.told, t("Belum ada loket untuk Anda. Hubungi pengawas."));
    }
  }

  /**
   * Typing a counter's label goes to it; Enter then opens it.
   * @param {KeyboardEvent} event
   */
  onKey({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey || !/^[\p{L}\p{N}]$/u.test(key)) return;
    this.typed += key.toLowerCase();
    clearTimeout(this.forget);
    this.forget = setTimeout(() => (this.typed = ""), TYPING_MS);
    const found = this.counters?.find(({ label }) => label.toLowerCase().startsWith(this.typed));
    const door = found && this.list.querySelector(`[data-counter="${CSS.escape(found.id)}"]`);
    if (door instanceof HTMLElement) door.focus();
  }

  /** @param {string} id */
  door(id) {
    const button = el(
      "button",
      { type: "button", class: "pick-door", "data-counter": id, onclick: () => this.choose(id) },
      el("strong", { class: "pick-name" }),
      el("span", { class: "pick-services" }),
      el("span", { class: "pick-what" }),
      el("span", { class: "pick-who" }),
    );
    return el("li", {}, button);
  }

  /**
   * @param {HTMLElement} item
   * @param {import("./desk.js").Counter} counter
   * @param {boolean} isLive
   */
  drawDoor(item, counter, isLive) {
    const button = /** @type {HTMLElement} */ (item.firstElementChild);
    const [label, bullets, what, who] = /** @type {HTMLElement[]} */ ([...button.children]);
    const services = counter.services.map((id) => this.services[id]).filter(Boolean);
    setText(label, name(counter.name));
    redraw(bullets, services.map((service) => service.prefix + service.tile).join(), () => services.map(bullet));
    setText(what, services.map((service) => name(service.name)).join(", "));
    setText(who, this.whoWords(counter));
    const isMine = counter.clerk?.user === this.known.session.user;
    setAttr(item, "data-seat", isMine ? "mine" : counter.clerk ? "taken" : "free");
    setAttr(button, "aria-disabled", isLive ? null : "true");
  }

  /** @param {import("./desk.js").Counter} counter */
  whoWords({ clerk, state }) {
    if (clerk?.user === this.known.session.user) return t("Anda duduk di sini");
    if (!clerk) return state === "closed" ? t("kosong") : "";
    return state === "paused" ? t("{name}, dijeda", { name: clerk.name }) : clerk.name;
  }

  /**
   * A free counter opens at once; one where somebody sits is looked at first.
   * @param {string} id
   */
  async choose(id) {
    if (this.leaving || this.live.status !== "live") return;
    const counter = this.counters?.find((known) => known.id === id);
    if (!counter) return;
    this.leaving = true;
    const path = `/counter/${encodeURIComponent(id)}`;
    if (counter.clerk) return location.assign(path);
    try {
      await this.known.api.post(`/counters/${encodeURIComponent(id)}/open`);
      location.assign(path);
    } catch (error) {
      this.leaving = false;
      this.refused(error);
    }
  }

  /** @param {any} error */
  refused(error) {
    const own = this.counters?.find((counter) => counter.clerk?.user === this.known.session.user);
    if (error.code !== "counter_busy" || !own) {
      return setText(this.told, error.detail || t("Server belum menjawab. Coba lagi."));
    }
    const link = el("a", { href: `/counter/${encodeURIComponent(own.id)}` }, name(own.name));
    replace(this.told, t("Anda masih memegang nomor di loket lain. Selesaikan dulu di sana:"), " ", link);
  }

  async signOut() {
    await this.known.api.signOut().catch(() => null);
    location.assign("/");
  }
}
