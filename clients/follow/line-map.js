// @ts-check
/** The line as a train's map: the counter, those before, and you. */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

/** More stops than this do not fit beside each other on a small phone. */
const MOST_STOPS = 6;

/** Of a longer line, those near the counter and those right before you are drawn. */
const STOPS_EACH_SIDE = 2;

/**
 * @param {number} ahead
 * @param {string} tile colour of the track
 * @param {{counter: string, you: string}} words
 * @returns {HTMLElement}
 */
export function lineMap(ahead, tile, words) {
  const track = el("div", { class: "line-track" }, el("span", { class: "sign line-counter" },
    icon("arrow-left")));
  const long = ahead > MOST_STOPS;
  const stops = long ? STOPS_EACH_SIDE : ahead;
  for (let n = 0; n < stops; n += 1) track.append(el("span", { class: "line-stop" }));
  if (long) {
    const hidden = ahead - 2 * STOPS_EACH_SIDE;
    track.append(el("span", { class: "line-more" }, `+${hidden}`));
    for (let n = 0; n < stops; n += 1) track.append(el("span", { class: "line-stop" }));
  }
  track.append(el("span", { class: "line-you" }));
  return el("div", { class: "line-map", "data-tile": tile, "aria-hidden": "true" }, track,
    el("div", { class: "line-words" }, el("span", {}, words.counter),
      el("strong", {}, words.you)));
}
