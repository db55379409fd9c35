// @ts-check
/** What a file is, in words. */
import { formatNumber } from "../lib/time.js";
import { t } from "../lib/words.js";

const MEGA = 1_000_000;

/** `240 kB`, `12,4 MB`. @param {number} bytes */
export function sizeWords(bytes) {
  if (bytes < MEGA) return `${formatNumber(Math.max(1, Math.round(bytes / 1000)))} kB`;
  return `${formatNumber(bytes / MEGA, bytes < 100 * MEGA ? 1 : 0)} MB`;
}

/** @param {string} type a MIME type */
export function isFilm(type) {
  return type.startsWith("video/");
}

/** @param {any} media */
export function mediaWords(media) {
  const pixels = media.width && media.height ? `${media.width} × ${media.height}` : "";
  return [isFilm(media.type) ? t("Film") : t("Gambar"), pixels, sizeWords(media.size)].filter(Boolean).join(", ");
}
