// @ts-check
// The page as a whole: left the TVs by zone, right a new one or the settings of one.
import { el, setAttr } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { Accept } from "./accept.js";
import { keepCode } from "./code.js";
import { List } from "./list.js";
import { Settings } from "./settings.js";

/** Addresses and clocks are no part of the topic; they are asked for this often, ms. */
const ASK_MS = 10_000;
/** A device that comes tells several things at once, ms. */
const SETTLE_MS = 300;

export class DevicesView {
  /**
   * @param {import("../lib/staff.js").Staff} staff
   * @param {string[] | null} kept what was typed for a new TV, in another language
   */
  constructor(staff, kept) {
    this.staff = staff;
    /** What only `GET /devices` tells, by id. @type {Object<string, any>} */
    this.facts = {};
    /** The id of the TV whose settings are shown. @type {string | null} */
    this.shown = null;
    this.list = new List(staff.facts.zones);
    this.accept = new Accept(staff, (device) => {
      location.hash = device.id;
    });
    if (kept) this.accept.fill(kept);
    this.settings = new Settings(staff, (gone) => {
      this.settings.leave();
      this.list.say(t("{name} dilepaskan.", { name: gone }));
      location.hash = "";
    });
    this.right = el("div", { class: "staff-right" }, this.accept.node, this.settings.node);
    this.node = el("main", { class: "staff-main devices" },
      el("div", { class: "staff-left" }, this.list.node), this.right);
    this.onHash = () => {
      if (keepCode()) this.accept.takeCode();
      if (location.hash === "#pair") this.accept.focus = this.accept.code;
      if (this.chosen) this.list.say("");
      staff.redraw();
    };
    addEventListener("hashchange", this.onHash);
    this.asking = setInterval(() => this.ask(), ASK_MS);
  }

  kept() {
    return this.accept.kept();
  }

  end() {
    removeEventListener("hashchange", this.onHash);
    clearTimeout(this.soon);
    clearInterval(this.asking);
  }

  /** The id in the address. */
  get chosen() {
    return decodeURIComponent(location.hash.slice(1));
  }

  async ask() {
    if (document.hidden && Object.keys(this.facts).length > 0) return;
    const answer = await this.staff.api.get("/devices?limit=200").catch(() => null);
    if (!answer) return;
    this.facts = {};
    for (const device of answer.items) this.facts[device.id] = device;
    this.staff.redraw();
  }

  draw() {
    const { live } = this.staff;
    const site = live.state("site");
    if (!site) return;
    const devices = this.devices(site.devices || {});
    const stale = live.status !== "live";
    const today = live.serverIso().slice(0, 10);
    const chosen = devices.find((device) => device.id === this.chosen) || null;
    this.list.draw(devices, this.chosen, today, this.accept.may);
    this.accept.draw(stale);
    this.settings.draw(chosen, { site, stale, today });
    this.accept.node.hidden = chosen !== null;
    const from = this.shown;
    this.shown = chosen && chosen.id;
    setAttr(this.node, "data-chosen", chosen !== null);
    // On a phone the form comes first only for who is about to use it.
    const pairing = this.accept.may && (this.chosen === "pair" || this.accept.came || devices.length === 0);
    setAttr(this.node, "data-pairing", pairing);
    // However far down the list one was: what was chosen from it begins at its beginning.
    if (this.shown && this.shown !== from) {
      this.right.scrollTop = 0;
      scrollTo(0, 0);
    }
  }

  /**
   * The topic is the newer of the two, and says which devices there are; what it does not carry is
   * asked for whenever one came, went or told something.
   * @param {Object<string, any>} live
   */
  devices(live) {
    const told = JSON.stringify(Object.values(live)
      .map(({ id, online, sound, version }) => [id, online, sound, version]));
    if (told !== this.told) this.askSoon();
    this.told = told;
    return Object.keys(live)
      .map((id) => {
        const { address, clock_offset, seen_at } = this.facts[id] || {};
        return { address, clock_offset, seen_at, ...live[id], id };
      })
      .sort((a, b) => a.name.localeCompare(b.name, "id", { numeric: true }));
  }

  askSoon() {
    if (this.soon) return;
    this.soon = setTimeout(() => {
      this.soon = 0;
      this.ask();
    }, SETTLE_MS);
  }
}
