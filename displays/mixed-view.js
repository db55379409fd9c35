// @ts-check
// Layout "mixed": the call, and beside it what the playlist plays, above the last calls. While
// nothing plays, the list has the whole place.
import { setAttr } from "../clients/lib/dom.js";
import { LISTED } from "./announcer.js";
import { CallView } from "./call-view.js";

/** Rows that are left below what plays. */
const BELOW = 2;
const BELOW_UPRIGHT = 1;

export class MixedView extends CallView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler @param {import("./media.js").Media} media */
  constructor(main, ruler, media) {
    super(main, ruler);
    this.media = media;
    const { aside, section } = this.earlier;
    aside.insertBefore(media.box, section);
    this.arrange();
  }

  /** Asked before each drawing: other when something plays, or the screen was turned. */
  get listed() {
    this.arrange();
    return this.earlier.size;
  }

  arrange() {
    const upright = getComputedStyle(this.main).flexDirection === "column";
    const playing = this.media.isPlaying;
    setAttr(this.main, "data-media", playing ? "plays" : null);
    const rows = playing ? (upright ? BELOW_UPRIGHT : BELOW) : LISTED;
    if (rows !== this.earlier.size) this.earlier.resize(rows);
    return `${playing} ${upright}`;
  }
}
