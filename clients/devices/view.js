// @ts-check
// The page as a whole: left the TVs by zone, right a new one or the settings of one.
import { el, setAttr } from "../lib/dom.js";
import { Accept } from "./accept.js";
import { keepCode } from "./code.js";
import { List } from "./list.js";
import { Settings } from "./settings.js";

/** Addresses and clocks are no part of the topic; they are asked for this often, ms. */
const ASK_MS = 10_000;

export class DevicesView {
  /** @param {import("../lib/staff.js").Staff} staff */
  constructor(staff) {
    this.staff = staff;
    /** What only `GET /devices` tells, by id. @type {Object<string, any>} */
    this.facts = {};
    this.list = new List(staff.facts.zones);
    this.accept = new Accept(staff, (device) => {
      location.hash = device.id;
    });
    this.settings = new Settings(staff, () => {
      this.settings.leave();
      location.hash = "";
    });
    this.right = el("div", { class: "staff-right" }, this.accept.node, this.settings.node);
    this.node = el("main", { class: "staff-main devices" },
      el("div", { class: "staff-left" }, this.list.node), this.right);
    this.onHash = () => {
      if (keepCode()) this.accept.takeCode();
      if (location.hash === "#pair") this.accept.focus = this.accept.code;
      staff.redraw();
      if (this.chosen) this.right.scrollIntoView({ block: "nearest" });
    };
    addEventListener("hashchange", this.onHash);
    this.asking = setInterval(() => this.ask(), ASK_MS);
    this.ask();
  }

  end() {
    removeEventListener("hashchange", this.onHash);
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
    this.accept.draw(stale, devices.length);
    this.settings.draw(chosen, { site, stale, today });
    this.accept.node.hidden = chosen !== null;
    setAttr(this.node, "data-chosen", chosen !== null);
  }

  /**
   * The topic is the newer of the two; a device that only one of them knows was added or removed
   * just now, and the topic says which.
   * @param {Object<string, any>} live
   */
  devices(live) {
    if (Object.keys(live).some((id) => !this.facts[id]) && Object.keys(this.facts).length > 0) this.askSoon();
    return Object.keys(live)
      .map((id) => {
        const { address, clock_offset, seen_at } = this.facts[id] || {};
        return { address, clock_offset, seen_at, ...live[id], id };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  askSoon() {
    if (this.soon) return;
    this.soon = setTimeout(() => {
      this.soon = 0;
      this.ask();
    }, 1000);
  }
}
