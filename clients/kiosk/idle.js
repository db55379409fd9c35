// @ts-check
/** Whether anybody is still there: asked aloud before the kiosk goes back to its start. */
import { replace } from "../lib/dom.js";
import { pair } from "../lib/lines.js";
import { Countdown, QUIET_MS, WARNING_MS } from "./clock.js";

export class Idle {
  /**
   * @param {HTMLElement} node where the question stands
   * @param {{isAway: () => boolean, onEnd: () => void}} listener `isAway`: there is nothing to
   *   return from
   */
  constructor(node, listener) {
    this._node = node;
    this._listener = listener;
    this._held = false;
    this._warning = new Countdown({
      ms: WARNING_MS,
      onTick: (seconds) => this._ask(seconds),
      onEnd: () => {
        this._node.textContent = "";
        listener.onEnd();
      },
    });
    this._quiet = new Countdown({
      ms: QUIET_MS, onTick: () => undefined, onEnd: () => this._warning.start(),
    });
  }

  touch() {
    this._warning.stop();
    this._node.textContent = "";
    if (this._held || this._listener.isAway()) this._quiet.stop();
    else this._quiet.start();
  }

  /** @param {boolean} on */
  hold(on) {
    this._held = on;
    this.touch();
  }

  /** @param {number} seconds */
  _ask(seconds) {
    // Said aloud once; the seconds that follow are only seen.
    this._node.setAttribute("aria-live", seconds * 1000 === WARNING_MS ? "assertive" : "off");
    replace(this._node, pair("Masih di sini? Kembali ke awal dalam {seconds} detik.", { seconds }));
  }
}
