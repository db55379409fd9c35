// @ts-check
/**
 * The left side: the plate, its facts, notices, the primary action and the five beside it. Every
 * node is made once and stays where it is; `update` changes words and marks alone, so that nothing
 * jumps, no focus is lost and a screen reader hears only what is new.
 */

import { el, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { plate, updatePlate } from "../lib/plate.js";
import { t } from "../lib/words.js";
import { aboutOf, titleOf } from "./about.js";
import { OTHERS } from "./actions.js";
import { keyButton, mark, redraw, showBullet } from "./draw.js";
import { HeardLine } from "./heard.js";
import { undoLeft } from "./undo.js";
import { otherWords, primaryWords, whyWords } from "./wording.js";

/** @typedef {import("./view.js").View} View */

const FACTS = 4;

/** Reasons that all five share: told when asked, not five times on the screen. */
const SHARED = new Set(["no_ticket", "offline", "taken"]);

export class Work {
  /** @param {(action: string) => void} press */
  constructor(press) {
    this.title = el("span", {});
    this.subtitle = el("small", {});
    this.plate = plate({});
    this.heading = el("h2", {});
    this.line = el("p", {});
    this.chips = el("ul", { class: "chips" });
    this.facts = Array.from({ length: FACTS }, makeFact);
    this.heard = new HeardLine();
    this.notices = el("div", { class: "notices" });
    this.primary = keyButton("primary", "Enter", press, "primary");
    this.others = OTHERS.map(({ id, key }) => keyButton(id, key, press));
    this.root = el(
      "section",
      { class: "now" },
      el("h1", { class: "now-title" }, this.title, " ", this.subtitle),
      el(
        "div",
        { class: "now-who" },
        el("div", { class: "now-plate" }, this.plate),
        el("div", { class: "now-about" }, this.heading, this.line, this.chips),
      ),
      el("dl", { class: "facts" }, ...this.facts.map((fact) => fact.root)),
      this.heard.root,
      this.notices,
      this.primary.root,
      el("div", { class: "others" }, ...this.others.map((other) => other.root)),
    );
  }

  /** @param {View} view */
  update(view) {
    const [title, subtitle] = titleOf(view);
    setText(this.title, title);
    setText(this.subtitle, subtitle);
    updatePlate(this.plate, plateOf(view));
    const about = aboutOf(view);
    setText(this.heading, about.heading);
    setText(this.line, about.line);
    redraw(this.chips, JSON.stringify(about.chips), () =>
      about.chips.map(({ text, strong }) => el("li", { class: strong ? "badge is-strong" : "badge" }, text)),
    );
    this.facts.forEach((fact, index) => drawFact(fact, view.facts[index]));
    this.heard.update(view.heard, view.desk.counter.ticket?.state === "called");
    drawNotices(this.notices, view.notices);
    // Long notes scroll; then the arrow keys must reach them.
    setAttr(this.notices, "tabindex", this.notices.scrollHeight > this.notices.clientHeight ? "0" : null);
    this.drawActions(view);
  }

  /** @param {View} view */
  drawActions({ primary, others, phase, names, pending, desk, now }) {
    const words = primaryWords(primary, phase, names);
    setText(this.primary.label, words.label);
    setText(this.primary.sub, words.sub);
    mark(this.primary.root, primary.why === null, pending !== null);
    const late = desk.undo !== null && undoLeft(desk.undo, now) === 0;
    others.forEach((action, index) => {
      const button = this.others[index];
      const { label, sub } = otherWords(action, desk.undo?.number ?? "", late);
      const shared = action.why !== null && SHARED.has(action.why);
      setText(button.label, label);
      setText(button.sub, shared ? "" : sub);
      setAttr(button.root, "title", shared ? whyWords(action) : null);
      mark(button.root, action.why === null);
    });
  }
}

/** @param {View} view */
function plateOf({ desk }) {
  const ticket = desk.counter.ticket;
  if (!ticket) return { empty: t("belum ada nomor") };
  const tile = desk.services[ticket.service]?.tile ?? "arang";
  return { number: ticket.number, tile, state: ticket.state, counter: desk.counter.id };
}

function makeFact() {
  const label = el("dt", {});
  const bullet = el("span", { class: "fact-bullet" });
  const value = el("strong", {});
  const beside = el("small", {});
  const root = el("div", { class: "fact" }, label, el("dd", {}, bullet, value, " ", beside));
  return { root, label, bullet, value, beside };
}

/**
 * @param {ReturnType<typeof makeFact>} node
 * @param {import("./facts.js").Fact | undefined} fact
 */
function drawFact(node, fact) {
  setText(node.label, fact?.label ?? "");
  setText(node.value, fact?.value ?? "");
  setText(node.beside, fact?.beside ?? "");
  node.root.classList.toggle("is-late", Boolean(fact?.late));
  showBullet(node.bullet, fact?.service);
}

/**
 * @param {HTMLElement} box
 * @param {import("./notices.js").Notice[]} notices
 */
function drawNotices(box, notices) {
  redraw(box, JSON.stringify(notices), () =>
    notices.map(({ kind, sign, strong, text, code }) =>
      el(
        "p",
        { class: `note notice is-${kind}` },
        icon(sign),
        el(
          "span",
          {},
          strong ? el("strong", {}, strong) : null,
          strong ? " " : null,
          text,
          code ? el("small", {}, ` ${code}`) : null,
        ),
      ),
    ),
  );
}
