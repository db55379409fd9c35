// @ts-check
/** Fits by measuring: prefixes have one to three letters, numbers three digits or more. */

/**
 * Makes a custom property as large as the parent's width allows, in steps, never below a fifth.
 * @param {HTMLElement} element what must fit
 * @param {HTMLElement} parent
 * @param {string} property a length, taken as the largest
 */
export function fitWidth(element, parent, property) {
  element.style.removeProperty(property);
  const style = getComputedStyle(parent);
  const room = parent.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const largest = element.getBoundingClientRect().width;
  if (largest <= room || largest === 0) return;
  const scale = Math.max(0.2, room / largest);
  element.style.setProperty(property, `calc(${getComputedStyle(element).getPropertyValue(property)} * ${scale.toFixed(3)})`);
}
