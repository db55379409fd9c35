// @ts-check
/**
 * What the hall saw and heard of the call: when a TV showed it and when one spoke it, or why not.
 * Only what the topic of the counter tells; nothing is guessed from the time that passed.
 */

import { el, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { whyUnspoken } from "../lib/unspoken.js";
import { t } from "../lib/words.js";
import { redraw } from "./draw.js";

/**
 * @typedef {object} Heard of the ticket's present call
 * @property {string | null} [shown_at]
 * @property {string | null} [spoken_at]
 * @property {string | null} [unspoken] why no TV could speak it
 *
 * @typedef {{sign: string, words: string, time: string, why: string}} Part
 */

/**
 * @param {Heard} heard
 * @param {(iso: string) => string} clock `10.02.31`
 * @returns {[Part, Part]} seen, spoken
 */
export function heardParts(heard, clock) {
  return [seen(heard, clock), spoken(heard, clock)];
}

/** @param {Heard} heard @param {(iso: string) => string} clock @returns {Part} */
function seen({ shown_at: at, unspoken }, clock) {
  const part = { sign: "display", words: t("Tampil"), time: "–", why: "" };
  if (at) return { ...part, time: clock(at) };
  if (unspoken === "offline") return { ...part, words: t("TV mati"), time: "" };
  return unspoken ? { ...part, words: t("Tanpa kabar dari TV"), time: "" } : part;
}

/** @param {Heard} heard @param {(iso: string) => string} clock @returns {Part} */
function spoken({ spoken_at: at, unspoken }, clock) {
  const part = { sign: "speaker", words: t("Disuarakan"), time: "–", why: "" };
  if (at) return { ...part, time: clock(at) };
  if (!unspoken) return part;
  return { sign: "speaker-off", words: t("Tidak disuarakan"), time: "", why: whyUnspoken(unspoken) };
}

/** The line below the facts. Its place is there in every state, so that nothing jumps. */
export class HeardLine {
  constructor() {
    this.parts = [0, 1].map(() => {
      const sign = el("span", { class: "heard-sign" });
      const words = el("span", {});
      const time = el("strong", {});
      const why = el("small", {});
      const root = el("span", { class: "heard-part" }, sign, words, " ", time, " ", why);
      return { root, sign, words, time, why };
    });
    this.remedy = el("span", { class: "heard-remedy" });
    this.root = el("p", { class: "heard" }, ...this.parts.map((part) => part.root), this.remedy);
  }

  /**
   * @param {[Part, Part] | null} parts null: nobody is called here
   * @param {boolean} called and not here yet
   */
  update(parts, called) {
    const unheard = called && Boolean(parts?.[1].why);
    setText(this.remedy, unheard ? t("Panggil langsung dari loket.") : "");
    setAttr(this.root, "data-empty", parts === null);
    this.parts.forEach((node, index) => {
      const part = parts?.[index] ?? { sign: "", words: "", time: "", why: "" };
      redraw(node.sign, part.sign, () => (part.sign ? [icon(part.sign)] : []));
      setText(node.words, part.words);
      setText(node.time, part.time);
      setText(node.why, part.why);
      setAttr(node.root, "data-trouble", part.why !== "");
    });
  }
}
