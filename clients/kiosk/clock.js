// @ts-check
/**
 * The return to the start when nobody is there any more, said before it happens.
 */

/** Without a touch for so long, the kiosk asks whether anybody is there. */
export const QUIET_MS = 45000;

/** From the question to the start page. */
export const WARNING_MS = 15000;

/** How long a number or an answer stays, with the seconds told all the time. */
export const NUMBER_MS = 25000;

/**
 * A countdown that any touch begins anew. `onTick` hears whole seconds that are left, `onEnd` the
 * end; a page that was asleep ends at once on waking.
 */
export class Countdown {
  /**
   * @param {{ms: number, onTick: (seconds: number) => void, onEnd: () => void}} options
   */
  constructor(options) {
    this._options = options;
    this._until = 0;
    this._shown = -1;
    /** @type {number | undefined} */
    this._timer = undefined;
  }

  start() {
    this.stop();
    this._until = performance.now() + this._options.ms;
    this._shown = -1;
    this._tick();
  }

  stop() {
    clearTimeout(this._timer);
    this._timer = undefined;
  }

  get running() {
    return this._timer !== undefined;
  }

  _tick() {
    const left = this._until - performance.now();
    if (left <= 0) {
      this.stop();
      this._options.onEnd();
      return;
    }
    const seconds = Math.ceil(left / 1000);
    if (seconds !== this._shown) {
      this._shown = seconds;
      this._options.onTick(seconds);
    }
    this._timer = window.setTimeout(() => this._tick(), left - (seconds - 1) * 1000);
  }
}
