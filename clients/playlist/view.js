// @ts-check
// The page as a whole: left what there is, right what a zone plays and how it speaks.
import { el, setAttr, setText } from "../lib/dom.js";
import { Saver } from "../lib/saver.js";
import { name, t } from "../lib/words.js";
import { Library } from "./library.js";
import { Order } from "./order.js";
import { Voice } from "./voice.js";

/** Files and voices are in no topic: what others change is asked for when one comes back to the page,
 * and this often, ms. */
const ASK_MS = 60_000;

export class PlaylistView {
  /**
   * @param {import("../lib/staff.js").Staff} staff
   * @param {import("./library.js").Transit | null} kept files on their way
   */
  constructor(staff, kept) {
    this.staff = staff;
    this.zones = staff.facts.zones;
    /** Voice settings by zone. @type {Object<string, any>} */
    this.voices = {};
    this.library = new Library(staff, {
      add: (media) => this.order.add(media),
      usedIn: (id) => this.zones.filter((zone) => this.playlistOf(zone.id).some((item) => item.media === id))
        .map((zone) => name(zone.name)),
      zoneName: () => this.zoneName,
    }, kept);
    this.saver = new Saver({
      send: (change) => this.send(change),
      now: () => staff.live.serverIso(),
      done: staff.redraw,
    });
    this.order = new Order((playlist, before) => this.change({ playlist }, { playlist: before }));
    this.voice = new Voice(staff.facts.languages || ["id"], (voice, before) =>
      this.change({ voice }, { voice: before }));
    this.links = this.zones.map((zone) =>
      el("a", { class: "zone-link", href: `#${encodeURIComponent(zone.id)}` }, name(zone.name)));
    this.title = el("h2", { class: "sr-only" });
    this.node = el("main", { class: "staff-main playlists" },
      el("div", { class: "staff-left" }, this.library.node),
      el("div", { class: "staff-right" },
        el("nav", { class: "zone-links", "aria-label": t("Zona"), hidden: this.zones.length < 2 }, this.links),
        this.title, this.saver.node, this.order.node, this.voice.node));
    this.onHash = () => {
      this.saver.begin();
      this.order.begin();
      staff.redraw();
    };
    addEventListener("hashchange", this.onHash);
    // In another language: no snapshot will come that asks for them.
    if (staff.live) this.library.ask();
    this.onSeen = () => this.poll();
    addEventListener("focus", this.onSeen);
    this.polling = setInterval(this.onSeen, ASK_MS);
  }

  poll() {
    if (document.hidden || this.saver.busy || this.staff.live.status !== "live") return;
    this.learnVoice(this.zone);
    this.library.ask();
  }

  kept() {
    return this.library.transit;
  }

  end() {
    clearInterval(this.polling);
    removeEventListener("focus", this.onSeen);
    removeEventListener("hashchange", this.onHash);
  }

  /** The zone in the address, else the first. */
  get zone() {
    const wanted = decodeURIComponent(location.hash.slice(1));
    return this.zones.some((zone) => zone.id === wanted) ? wanted : this.zones[0].id;
  }

  get zoneName() {
    const { zone } = this;
    return name(this.zones.find((one) => one.id === zone).name);
  }

  /** @param {string} zone @returns {any[]} */
  playlistOf(zone) {
    const state = this.staff.live && this.staff.live.state(`zone:${zone}`);
    return (state && state.playlist) || [];
  }

  /** @param {string} topic @param {string} type */
  onEvent(topic, type) {
    // After a drop, too, what was missed is asked for.
    if (type === "media.removed" || (type === "" && topic === "site")) this.library.ask();
    if (type === "") delete this.voices[topic.replace("zone:", "")];
  }

  /** @param {any} body @param {any} before */
  change(body, before) {
    const { zone } = this;
    this.saver.change({ zone, body }, { zone, body: before });
  }

  /** @param {{zone: string, body: any}} change */
  async send({ zone, body }) {
    const answer = await this.staff.api.patch(`/zones/${encodeURIComponent(zone)}`, body);
    this.voices[zone] = answer.zone.voice;
  }

  /** How a zone speaks is in no topic. @param {string} zone */
  async learnVoice(zone) {
    if (this.asking === zone) return;
    this.asking = zone;
    const answer = await this.staff.api.get(`/zones/${encodeURIComponent(zone)}`).catch(() => null);
    this.asking = "";
    // What was changed meanwhile is newer than this answer.
    if (!answer || this.saver.busy) return;
    this.voices[zone] = answer.voice;
    this.staff.redraw();
  }

  draw() {
    const { zone, staff } = this;
    const stale = staff.live.status !== "live";
    this.links.forEach((link, index) => setAttr(link, "aria-current", this.zones[index].id === zone ? "page" : null));
    setText(this.title, this.zoneName);
    this.library.draw(stale);
    if (!this.voices[zone] && !stale) this.learnVoice(zone);
    if (!this.saver.busy) {
      this.order.set(this.playlistOf(zone), this.library.byId);
      this.voice.set(this.voices[zone]);
    }
    this.order.disable(stale);
    this.voice.disable(stale);
  }
}
