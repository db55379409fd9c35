// @ts-check
// What a device says of itself upon the board: who it is when it is asked, that it waits for its
// server, and that its sound is blocked.
import { el, replace, setAttr } from "../../clients/lib/dom.js";
import { icon } from "../../clients/lib/icon.js";
import { pair } from "../../clients/lib/lines.js";

const IDENTIFY_MS = 10000;
/** A server that answers sooner is not waited for in words, ms. */
const WAIT_MS = 1500;
/** A browser that is busy starting may take a while to sound, ms. */
const BLOCKED_MS = 2000;
/** Letters of its name, pixels of a 1080 screen: the first that hold it whole; where it waits, below the head. */
const SIZES = [190, 150, 120, 96, 76, 58];
const MOST_WAITING = 120;

export class Overlay {
  /**
   * @param {HTMLElement} root of the board
   * @param {() => void} onUncovered the board is seen again
   */
  constructor(root, onUncovered) {
    this.root = root;
    this.onUncovered = onUncovered;
    this.cover = el("div", { class: "device-cover", role: "status", hidden: true });
    this.bar = el("p", { class: "device-bar", role: "status", hidden: true });
    document.body.append(this.cover, this.bar);
    this.name = "";
    this.waits = false;
    this.identified = false;
    this.isBlocked = false;
    const refit = () => this._fit();
    addEventListener("resize", refit);
    document.fonts.addEventListener("loadingdone", refit);
  }

  /** @param {{id: string, name: string}} device @param {string} zone its name */
  identify(device, zone) {
    clearTimeout(this.timer);
    this.identified = true;
    this._cover(
      el("p", { class: "device-name" }, device.name),
      el("p", { class: "device-facts" }, zone),
      el("p", { class: "device-number" }, device.id),
    );
    this.timer = setTimeout(() => {
      this.uncover();
      this.onUncovered();
    }, IDENTIFY_MS);
  }

  /** It has said long enough who it is. */
  uncover() {
    if (!this.identified) return;
    clearTimeout(this.timer);
    this.identified = false;
    this._waiting();
  }

  /**
   * Nothing is known of the zone yet, as after a restart without network.
   * @param {string} name of the device
   */
  wait(name) {
    this.name = name;
    clearTimeout(this.delay);
    this.delay = setTimeout(() => {
      this.waits = true;
      if (!this.identified) this._waiting();
    }, WAIT_MS);
  }

  /** The board is there. */
  ready() {
    clearTimeout(this.delay);
    if (!this.waits) return;
    this.waits = false;
    if (!this.identified) this._waiting();
  }

  /** @param {boolean} on whether sound has to be unlocked by a press */
  blocked(on) {
    if (on === this.isBlocked) return;
    this.isBlocked = on;
    clearTimeout(this.blocking);
    if (on) this.blocking = setTimeout(() => this._bar(true), BLOCKED_MS);
    else this._bar(false);
  }

  clear() {
    clearTimeout(this.timer);
    clearTimeout(this.delay);
    this.waits = false;
    this.identified = false;
    this._cover();
    this.blocked(false);
  }

  /** @param {boolean} on */
  _bar(on) {
    const words = pair("Suara diblokir: sentuh layar atau tekan OK");
    replace(this.bar, on && icon("alert"), on && el("span", null, words));
    setAttr(this.bar, "hidden", !on);
    // The board makes room and fits itself anew: nothing of it is hidden.
    setAttr(this.root, "data-bar", on);
    dispatchEvent(new Event("resize"));
  }

  _waiting() {
    if (!this.waits) this._cover();
    else {
      this._cover(
        el("p", { class: "device-name" }, this.name),
        el("p", { class: "device-facts" }, pair("Menunggu server")),
      );
    }
  }

  /** @param {...HTMLElement} children none: nothing is covered */
  _cover(...children) {
    replace(this.cover, ...children);
    setAttr(this.cover, "hidden", children.length === 0);
    setAttr(this.cover, "data-state", this.identified ? "identify" : this.waits ? "waiting" : null);
    this._fit();
  }

  _fit() {
    const name = /** @type {HTMLElement|null} */ (this.cover.querySelector(".device-name"));
    if (!name) return;
    for (const size of SIZES.filter((one) => this.identified || one <= MOST_WAITING)) {
      this.cover.style.setProperty("--name-size", String(size));
      if (this._holds(name)) return;
    }
  }

  /** No word is broken, and all of it is where a television does not crop. @param {HTMLElement} name */
  _holds(name) {
    name.style.overflowWrap = "normal";
    const isWhole = name.scrollWidth <= name.clientWidth;
    name.style.removeProperty("overflow-wrap");
    const top = this.cover.getBoundingClientRect().top + parseFloat(getComputedStyle(this.cover).paddingTop);
    // What stands in the middle leaves at the top as much as below.
    return isWhole && name.getBoundingClientRect().top >= top;
  }
}
