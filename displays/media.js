// @ts-check
// Plays the images and films of a playlist, one after the other, in one box. What cannot be played is
// passed over and tried again later; nothing here ever waits for a person, or holds up a call.
import { el } from "../clients/lib/dom.js";
import { playable } from "./playlist.js";

/** How long an image stays where nobody said, s. */
const IMAGE_S = 10;
/** What has not begun, or stands still for so long, is broken, ms. */
const STALL_MS = 15000;
/** What was broken is tried again after this, ms: the file may have been put in order. */
const RETRY_MS = 60000;
const LOOK_MS = 1000;
/** The share of the volume that is left while the voice speaks. */
const DUCKED = 0.15;

/** @typedef {import("./playlist.js").PlaylistItem} PlaylistItem */

export class Media {
  /** @param {() => void} onChange it begins or ceases to play anything */
  constructor(onChange) {
    this.onChange = onChange;
    this.box = el("div", { class: "media", "aria-hidden": "true" });
    /** @type {PlaylistItem[]} what may play now */
    this.items = [];
    this.key = "[]";
    /** @type {PlaylistItem|null} what plays or is about to */
    this.item = null;
    /** Its place in `items`. */
    this.at = -1;
    /** @type {HTMLImageElement|HTMLVideoElement|null} what is seen */
    this.shown = null;
    /** @type {HTMLImageElement|HTMLVideoElement|null} what is to be seen as soon as it can */
    this.coming = null;
    /** When each broken file was last tried, by its address. @type {Object<string, number>} */
    this.broken = {};
    this.volume = 0;
    this.ducked = false;
  }

  /** Something is seen. */
  get isPlaying() {
    return this.shown !== null;
  }

  /**
   * @param {PlaylistItem[]} playlist of the zone; [] plays nothing
   * @param {string} iso the server's time; "" before it was told
   */
  play(playlist, iso) {
    const items = playable(playlist, iso.slice(11, 16));
    const key = JSON.stringify(items);
    if (key === this.key) return;
    this.key = key;
    this.items = items;
    this.at = items.findIndex((item) => same(item, this.item));
    if (this.at < 0) this._next();
    else if (this.shown && "loop" in this.shown) this.shown.loop = items.length === 1;
  }

  /** @param {boolean} on the voice speaks */
  duck(on) {
    this.ducked = on;
    this._sound();
  }

  /** @param {number} percent */
  setVolume(percent) {
    const wasMute = this.volume === 0;
    this.volume = Math.min(Math.max(percent / 100, 0), 1);
    this._sound();
    if (!wasMute || this.volume === 0 || !this.item || !isFilm(this.item)) return;
    // A browser that wants a press first stops a film that is unmuted: it begins anew.
    clearTimeout(this.timer);
    this._load(this.item);
  }

  stop() {
    this.items = [];
    this.key = "[]";
    this._clear();
  }

  _sound() {
    for (const element of [this.shown, this.coming]) {
      if (!(element instanceof HTMLVideoElement)) continue;
      element.volume = this.volume * (this.ducked ? DUCKED : 1);
      if (this.volume === 0) element.muted = true;
    }
  }

  /** Begins the file after the present one that is not broken. */
  _next() {
    clearTimeout(this.timer);
    const now = performance.now();
    const count = this.items.length;
    for (let step = 1; step <= count; step += 1) {
      const at = (this.at + step) % count;
      if (now - this.broken[this.items[at].url] < RETRY_MS) continue;
      this.at = at;
      this._load(this.items[at]);
      return;
    }
    this._clear();
    if (this.items.length > 0) this.timer = setTimeout(() => this._next(), RETRY_MS);
  }

  /** @param {PlaylistItem} item */
  _load(item) {
    this.item = item;
    if (this.coming) dispose(this.coming);
    const element = isFilm(item) ? this._video(item) : this._image(item);
    this.coming = element;
    element.onerror = () => this._fail(element, item);
    this.timer = setTimeout(() => this._fail(element, item), STALL_MS);
    element.src = item.url;
    if (element instanceof HTMLVideoElement) this._start(element, item);
  }

  /** @param {PlaylistItem} item */
  _image(item) {
    const image = new Image();
    image.alt = "";
    image.onload = () => {
      if (!this._show(image)) return;
      const over = () => {
        if (this.items.length > 1) this._next();
        else this.timer = setTimeout(over, LOOK_MS);
      };
      this.timer = setTimeout(over, (item.seconds || IMAGE_S) * 1000);
    };
    return image;
  }

  /** @param {PlaylistItem} item */
  _video(item) {
    const video = document.createElement("video");
    video.setAttribute("playsinline", "");
    video.loop = this.items.length === 1;
    video.muted = this.volume === 0;
    video.volume = this.volume * (this.ducked ? DUCKED : 1);
    video.onplaying = () => {
      if (video !== this.shown && this._show(video)) this._watch(video, item);
    };
    video.onended = () => {
      if (video === this.shown) this._next();
    };
    return video;
  }

  /** @param {HTMLVideoElement} video @param {PlaylistItem} item */
  _start(video, item) {
    video.play().catch((error) => {
      if (video !== this.coming) return;
      // Sound without a press is not allowed here: the picture alone then.
      if (error.name === "NotAllowedError" && !video.muted) {
        video.muted = true;
        this._start(video, item);
      } else {
        this._fail(video, item);
      }
    });
  }

  /** A film that stands still is over. @param {HTMLVideoElement} video @param {PlaylistItem} item */
  _watch(video, item) {
    let at = -1;
    let since = performance.now();
    const look = () => {
      const now = performance.now();
      if (video.currentTime !== at) {
        at = video.currentTime;
        since = now;
      }
      if (now - since > STALL_MS) this._fail(video, item);
      else this.timer = setTimeout(look, LOOK_MS);
    };
    look();
  }

  /** @param {HTMLImageElement|HTMLVideoElement} element @returns {boolean} false: it is no longer wanted */
  _show(element) {
    if (element !== this.coming) return false;
    clearTimeout(this.timer);
    const before = this.shown;
    this.shown = element;
    this.coming = null;
    this.box.appendChild(element);
    if (before) dispose(before);
    else this.onChange();
    return true;
  }

  /** @param {HTMLImageElement|HTMLVideoElement} element @param {PlaylistItem} item */
  _fail(element, item) {
    if (element !== this.coming && element !== this.shown) return;
    this.broken[item.url] = performance.now();
    this._next();
  }

  _clear() {
    clearTimeout(this.timer);
    const { shown } = this;
    for (const element of [this.shown, this.coming]) if (element) dispose(element);
    this.item = null;
    this.shown = null;
    this.coming = null;
    if (shown) this.onChange();
  }
}

/** @param {PlaylistItem} item */
function isFilm(item) {
  return /^video\//.test(item.type);
}

/** @param {PlaylistItem} one @param {PlaylistItem|null} other */
function same(one, other) {
  return other !== null && JSON.stringify(one) === JSON.stringify(other);
}

/** A film that is only forgotten goes on to sound, and keeps its buffers. */
function dispose(/** @type {HTMLImageElement|HTMLVideoElement} */ element) {
  element.onerror = null;
  element.onload = null;
  if (element instanceof HTMLVideoElement) {
    element.onended = null;
    element.onplaying = null;
    element.pause();
    element.removeAttribute("src");
    element.load();
  }
  element.remove();
}
