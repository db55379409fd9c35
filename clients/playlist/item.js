// @ts-check
/** One line of a playlist: the file, how long and when it plays, and its three buttons. */
import { el, setAttr, setText } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { thumb } from "./thumb.js";
import { isFilm } from "./wording.js";

let made = 0;

/** @typedef {import("./order.js").Item} Item */
/**
 * @typedef {object} Ways what is done with it, at the place where it then stands
 * @property {(at: number, step: number) => void} move
 * @property {(at: number) => void} remove
 * @property {(node: HTMLElement, at: number, input: HTMLInputElement) => void} setSeconds
 * @property {(node: HTMLElement, at: number, member: "start" | "end", input: HTMLInputElement) => void} setTime
 */

/**
 * @param {Item} item
 * @param {any} media undefined where its file is not known
 * @param {{least: number, most: number}} seconds
 * @param {Ways} ways
 */
export function createItem(item, media, seconds, ways) {
  const node = el("li", { class: "item", "data-media": item.media });
  const at = () => Number(node.dataset.index);
  node.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    ways.move(at(), event.key === "ArrowUp" ? -1 : 1);
  });
  node.append(
    el("span", { class: "item-place", "aria-hidden": "true" }),
    thumb(media),
    el("div", { class: "item-what" },
      el("p", { class: "media-name" }, el("span", { class: "item-name" }), " ",
        el("small", { class: "item-always" })),
      el("div", { class: "item-when" },
        media && isFilm(media.type)
          ? el("span", { class: "item-time" }, t("sampai selesai"))
          : secondsField(seconds, (input) => ways.setSeconds(node, at(), input)),
        timeField("start", t("pukul"), t("tampil dari pukul"), (input) => ways.setTime(node, at(), "start", input)),
        timeField("end", "–", t("tampil sampai pukul"), (input) => ways.setTime(node, at(), "end", input))),
      el("p", { class: "refusal", role: "alert", id: `item-refusal-${(made += 1)}` })),
    el("div", { class: "item-ways" },
      wayButton("up", "arrow-up", t("Naikkan"), () => ways.move(at(), -1)),
      wayButton("down", "arrow-down", t("Turunkan"), () => ways.move(at(), 1)),
      wayButton("remove", "cross", t("Keluarkan"), () => ways.remove(at()))),
  );
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {Item} item
 * @param {number} index
 * @param {any} media
 */
export function updateItem(node, item, index, media) {
  setAttr(node, "data-index", index);
  setText(/** @type {Element} */ (node.querySelector(".item-place")), index + 1);
  setText(/** @type {Element} */ (node.querySelector(".item-name")), media ? media.name : item.media);
  const always = item.start || item.end ? "" : t("sepanjang hari");
  setText(/** @type {Element} */ (node.querySelector(".item-always")), always);
  for (const input of node.querySelectorAll("input")) {
    // What is wrong stays until it is put right: beside another value its refusal would make no sense.
    if (input.hasAttribute("aria-invalid")) continue;
    const value = item[input.dataset.member || ""];
    const words = value === undefined || value === null ? "" : String(value).replace(":", ".");
    if (document.activeElement !== input && input.value !== words) input.value = words;
  }
}

/** @param {{least: number, most: number}} bounds @param {(input: HTMLInputElement) => void} onChange */
function secondsField({ least, most }, onChange) {
  const input = /** @type {HTMLInputElement} */ (el("input", {
    class: "input", type: "number", "data-member": "seconds", min: least, max: most,
    "aria-label": t("lama tampil, detik"), onchange: () => onChange(input),
  }));
  return el("label", { class: "item-time" }, input, el("span", { "aria-hidden": "true" }, t("dtk")));
}

/**
 * @param {"start" | "end"} member
 * @param {string} sign what stands before it
 * @param {string} words what screen readers say
 * @param {(input: HTMLInputElement) => void} onChange
 */
function timeField(member, sign, words, onChange) {
  const input = /** @type {HTMLInputElement} */ (el("input", {
    class: "input", "data-member": member, "aria-label": words, autocomplete: "off", maxlength: 5,
    onchange: () => onChange(input),
  }));
  return el("label", { class: "item-time" }, el("span", null, sign), input);
}

/** @param {string} id @param {string} sign @param {string} words @param {() => void} press */
function wayButton(id, sign, words, press) {
  return el("button", {
    type: "button", class: "button item-way", "data-way": id, "aria-label": words, title: words,
    onclick: press,
  }, icon(sign));
}
