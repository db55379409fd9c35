// @ts-check
// Layout "call": the call large, the last ones beside it. A new call moves the old plate into the
// list in one step of 300 ms; everything else stays where it is.
import { CallPanel } from "./call-panel.js";
import { Earlier } from "./earlier.js";
import { LISTED } from "./announcer.js";
import { unit } from "./fit.js";

/** One step, long enough to be followed, short enough to keep nobody from reading, ms. */
const STEP_MS = 300;

/** @typedef {import("./board.js").Scene} Scene */

export class CallView {
  /** @param {HTMLElement} main @param {HTMLElement} ruler */
  constructor(main, ruler) {
    this.main = main;
    this.ruler = ruler;
    this.panel = new CallPanel();
    this.earlier = new Earlier(LISTED);
    /** Other numbers can be read now although nothing happened. */
    this.onTurn = () => {};
    this.earlier.onTurn = () => {
      this.fit();
      this.onTurn();
    };
    main.append(this.panel.section, this.earlier.aside, this.panel.said);
    this.key = "";
  }

  /** How many calls the list shows at a time. */
  get listed() {
    return this.earlier.size;
  }

  /** What else stands beside the call, for layouts that have more. @returns {string} other when it is */
  arrange() {
    return "";
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { shown, state, stale, options } = scene;
    const numbers = shown.list.map((row) => row.number).concat(shown.large || []);
    const calls = numbers.map((number) => state.calls[number]);
    const beside = this.arrange();
    const key = JSON.stringify([shown, stale, calls, options, scene.language, scene.speaking, beside]);
    if (key === this.key) return;
    this.key = key;
    const old = this.panel.plate && this.panel.plate.getBoundingClientRect();
    const tops = this.earlier.tops();
    const isFirst = this.panel.announced === 0;
    const another = this.panel.draw(scene);
    this.earlier.draw(scene);
    this.fit();
    if (another && !isFirst && old) this._step(old, tops);
  }

  /** Sizes follow from the screen: to be called when it was turned or resized, or the font came. */
  fit() {
    const u = unit(this.ruler);
    const upright = getComputedStyle(this.main).flexDirection === "column";
    this.earlier.fit(u);
    this.panel.fit(u, upright);
  }

  /** Numbers that stand on the screen now. @returns {string[]} */
  numbers() {
    const large = this.panel.plate && this.panel.plate.getAttribute("data-number");
    return this.earlier.numbers().concat(large || []);
  }

  stop() {
    this.earlier.turns.stop();
  }

  /**
   * The plate that stood large goes to its row, and the rows that were there make room.
   * @param {ClientRect} old where the large plate stood
   * @param {Object<string, number>} tops where the rows stood
   */
  _step(old, tops) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { rows } = this.earlier;
    for (const number of Object.keys(rows)) {
      const { row, plate } = rows[number];
      const now = plate.getBoundingClientRect();
      if (number in tops) {
        animate(row, `translateY(${tops[number] - row.getBoundingClientRect().top}px)`);
      } else if (now.height > 0) {
        const scale = old.height / now.height;
        animate(plate, `translate(${old.left - now.left}px, ${old.top - now.top}px) scale(${scale})`);
      }
    }
  }
}

/** @param {HTMLElement} element @param {string} from */
function animate(element, from) {
  element.animate([{ transform: from }, { transform: "none" }], {
    duration: STEP_MS,
    easing: "cubic-bezier(0.2, 0, 0, 1)",
  });
}
