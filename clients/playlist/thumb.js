// @ts-check
/** A file, small. A film shows its first picture; nothing of it plays. */
import { el } from "../lib/dom.js";
import { isFilm } from "./wording.js";

/** @param {{type: string, url: string} | null | undefined} media */
export function thumb(media) {
  if (!media) return el("span", { class: "thumb" });
  if (!isFilm(media.type)) return el("img", { class: "thumb", src: media.url, alt: "", loading: "lazy" });
  const film = /** @type {HTMLVideoElement} */ (el("video", {
    class: "thumb", src: media.url, preload: "metadata", tabindex: "-1", "aria-hidden": "true",
  }));
  film.muted = true;
  return film;
}
