// @ts-check
/** Fits by measuring: prefixes have one to three letters, numbers three digits or more. */

/**
 * Makes a custom property, such as `--plate-h`, smaller until its element fits into its parent.
 * @param {HTMLElement} element what must fit
 * @param {HTMLElement} parent
 * @param {string} property a length; what the style sheet says is the most
 */
export function fitWidth(element, parent, property) {
  element.style.removeProperty(property);
  const style = getComputedStyle(parent);
  const room = parent.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const width = element.getBoundingClientRect().width;
  if (width <= room || width === 0) return;
  const most = getComputedStyle(element).getPropertyValue(property);
  element.style.setProperty(property, `calc(${most} * ${(room / width).toFixed(3)})`);
}
