// @ts-check
/** As large as fits: names of counters have four letters or forty. */

/** Below this share of the sheet's size a name is read no better on one line than on two. */
const SMALLEST = 0.42;

/**
 * Makes each `[data-fit]` as large as its line allows, at most as large as the sheet says.
 * @param {HTMLElement} parent
 */
export function fitNames(parent) {
  for (const node of Array.from(parent.querySelectorAll("[data-fit]"))) {
    const line = /** @type {HTMLElement} */ (node);
    line.style.removeProperty("font-size");
    line.style.setProperty("white-space", "nowrap");
    const share = line.clientWidth / Math.max(line.scrollWidth, 1);
    line.style.removeProperty("white-space");
    if (share >= 1) continue;
    const size = parseFloat(getComputedStyle(line).fontSize);
    line.style.setProperty("font-size", `${size * Math.max(share, SMALLEST)}px`);
  }
}
