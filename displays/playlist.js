// @ts-check
// Which files of a zone's playlist play at a time of day. Pure.

/**
 * @typedef {Object} PlaylistItem a member of `playlist` in the topic `zone:ID`
 * @property {string} media its id
 * @property {string} type such as `image/png` or `video/mp4`
 * @property {string} url
 * @property {number} [seconds] how long an image stays
 * @property {string} [start] `HH:MM`, from then on
 * @property {string} [end] `HH:MM`, before it; one that is earlier than `start` is of the next day
 */

/**
 * @param {PlaylistItem[]} playlist
 * @param {string} time `HH:MM` by the site's clock; "" when it is not known: only what always plays
 */
export function playable(playlist, time) {
  return playlist.filter((item) => {
    if (!item.url || !/^(image|video)\//.test(item.type || "")) return false;
    if (!item.start && !item.end) return true;
    if (!time) return false;
    const from = item.start || "00:00";
    const until = item.end || "24:00";
    return from < until ? time >= from && time < until : time >= from || time < until;
  });
}
