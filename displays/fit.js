// @ts-check
// Measured steps: sizes follow from what stands on the screen, never from assumed widths, so that
// every layout holds with another font, four digits, three letters, "Loket 10A" and long names.
// Only the sizes here are tried; none is below what ten metres ask for (pixels of a 1080 screen).

/** Height of the digits of the called number. */
const CALLED = 190;
/** "Loket 5": font sizes; digits are 0.7 of them, so the last one is 73 high. */
const COUNTER_SIZES = [183, 172, 160, 148, 136, 126, 116, 105];
/** Names at the called number: agency, service, second language; then the most that is left to the
 * counter, and the share left to the number. What matters more gives way later. */
const NAME_STEPS = [
  { agency: 58, service: 46, english: 37, counter: Infinity, called: 1 },
  { agency: 50, service: 42, english: 34, counter: Infinity, called: 1 },
  { agency: 44, service: 40, english: 30, counter: Infinity, called: 1 },
  { agency: 40, service: 40, english: 28, counter: Infinity, called: 1 },
  { agency: 40, service: 40, english: 28, counter: 198, called: 1 },
  { agency: 40, service: 40, english: 28, counter: 183, called: 1 },
  // Where it is a line, not a counter, its words may be smaller: more of them then stay.
  { agency: 50, service: 42, english: 34, counter: 92, called: 1, line: true },
  { agency: 44, service: 40, english: 30, counter: 76, called: 1, line: true },
  { agency: 40, service: 40, english: 28, counter: 64, called: 1, line: true },
  { agency: 40, service: 40, english: 0, counter: 183, called: 1 },
  { agency: 40, service: 40, english: 0, counter: 160, called: 1 },
  { agency: 40, service: 40, english: 0, counter: 136, called: 1 },
  { agency: 40, service: 40, english: 0, counter: 136, called: 0.9 },
  { agency: 40, service: 40, english: 0, counter: 136, called: 0.8 },
  { agency: 40, service: 40, english: 0, counter: 136, called: 0.66 },
];
/** A counter name is bigger on an upright screen, where the width is its own. */
const UPRIGHT_COUNTER_SIZES = [212, 198].concat(COUNTER_SIZES);
/** The second language of a heading, as shares of the first: as the style sheet has it, then down to 28. */
const HEADING_SECONDS = ["", "0.7em", "0.61em"];
/** The zone's name in the head, where its usual size is too wide: font sizes. */
const ZONE_SIZES = [44, 40];
/** Digits in the layout "counters": at most, at least (10 minutes of arc at 10 m; then pages turn). */
const CELL = [120, 46];
/** Between cells; a cell's own padding above and below its plate, as a share of the digits' height. */
export const CELL_GAP = 36;
const CELL_AIR = 0.3;
const PLATE_HEIGHT = 1.6;
const MAX_COLUMNS = 6;

/** One pixel of a 1080 screen, in CSS pixels. @param {HTMLElement} ruler an element 1000 units wide */
export function unit(ruler) {
  return ruler.getBoundingClientRect().width / 1000;
}

/**
 * @typedef {Object} CallParts
 * @property {HTMLElement} section
 * @property {HTMLElement} plate
 * @property {HTMLElement} counter
 * @property {HTMLElement} agency
 * @property {string[]} agencyNames the full name, then the short one
 * @property {boolean} isLine where to go is a line or a hall: a name, which may be long
 */

/**
 * Sizes the called number and its words so that nothing leaves its section.
 * @param {CallParts} parts
 * @param {number} u
 * @param {boolean} upright
 */
export function fitCall(parts, u, upright) {
  const { section, plate } = parts;
  const style = getComputedStyle(section);
  const width =
    section.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  set(plate, "--plate-h", CALLED * u);
  const called = CALLED * Math.min(1, width / plate.getBoundingClientRect().width);
  const counterSize = fitLine(parts.counter, upright ? UPRIGHT_COUNTER_SIZES : COUNTER_SIZES, u, width);
  for (const step of NAME_STEPS) {
    if (step.line && !parts.isLine) continue;
    // Half a pixel of the digits' height would blur the edges of the plate.
    set(plate, "--plate-h", Math.floor(called * step.called * u * 2) / 2);
    set(section, "--size-agency", step.agency * u);
    set(section, "--size-service", step.service * u);
    set(section, "--size-english", step.english * u);
    set(section, "--size-counter", Math.min(counterSize, step.counter) * u);
    section.setAttribute("data-english", step.english ? "shown" : "left out");
    // Once: a full name that came back with smaller letters would keep them small.
    if (step === NAME_STEPS[0]) fitName(parts, width);
    if (section.scrollHeight <= section.clientHeight) return;
  }
}

/**
 * A heading has one line, or the plate below it would jump: the second language gets smaller, then
 * gives way.
 * @param {HTMLElement} heading
 */
export function fitHeading(heading) {
  const english = /** @type {HTMLElement|null} */ (heading.querySelector(".second"));
  if (!english) return;
  const head = /** @type {HTMLElement} */ (heading.parentElement);
  english.hidden = false;
  for (const size of HEADING_SECONDS) {
    english.style.fontSize = size;
    if (head.scrollWidth <= head.clientWidth) return;
  }
  english.hidden = true;
}

/** @param {HTMLElement} line @param {number[]} sizes @param {number} u @param {number} width */
function fitLine(line, sizes, u, width) {
  line.style.whiteSpace = "nowrap";
  line.style.display = "inline-flex";
  let fitting = 0;
  for (const size of sizes) {
    set(line, "--size-counter", size * u);
    fitting = size;
    if (line.getBoundingClientRect().width <= width) break;
  }
  line.style.removeProperty("--size-counter");
  line.style.removeProperty("white-space");
  line.style.removeProperty("display");
  return fitting;
}

/** The agency's full name where one line holds it, else its short one. */
function fitName(/** @type {CallParts} */ parts, /** @type {number} */ width) {
  const { agency, agencyNames } = parts;
  agency.textContent = agencyNames[0];
  if (agencyNames.length < 2 || agencyNames[1] === agencyNames[0]) return;
  agency.style.whiteSpace = "nowrap";
  agency.style.display = "inline-block";
  const fits = agency.getBoundingClientRect().width <= width;
  agency.style.removeProperty("white-space");
  agency.style.removeProperty("display");
  if (!fits) agency.textContent = agencyNames[1];
}

/**
 * @typedef {Object} Grid
 * @property {number} columns
 * @property {number} rows
 * @property {number} pages
 * @property {number} height of the digits, CSS pixels
 */

/**
 * The grid with the largest digits for so many cells; more pages only where the digits would be
 * too small. Pure.
 * @param {number} cells
 * @param {{width: number, height: number}} board
 * @param {{label: number, plate: number}} ratios widths as multiples of the digits' height
 * @param {number} u
 * @returns {Grid}
 */
export function fitGrid(cells, board, ratios, u) {
  for (let pages = 1; ; pages += 1) {
    const each = Math.max(1, Math.ceil(cells / pages));
    const best = bestGrid(each, board, ratios, u);
    if (best.height >= CELL[1] * u || each === 1) return Object.assign(best, { pages });
  }
}

/**
 * @param {number} cells
 * @param {{width: number, height: number}} board
 * @param {{label: number, plate: number}} ratios
 * @param {number} u
 */
function bestGrid(cells, board, ratios, u) {
  let best = { columns: 1, rows: cells, height: 0 };
  for (let columns = 1; columns <= Math.min(MAX_COLUMNS, cells); columns += 1) {
    const rows = Math.ceil(cells / columns);
    const width = (board.width - (columns - 1) * CELL_GAP * u) / columns;
    const height = Math.min(
      CELL[0] * u,
      board.height / rows / (PLATE_HEIGHT + CELL_AIR),
      // The label's padding, and what rims and rounding add.
      (width - 22 * u) / (ratios.label + ratios.plate),
    );
    if (height > best.height) best = { columns, rows, height: Math.floor(height * 2) / 2 };
  }
  return best;
}

/**
 * Whose hall it is: the site gives way first, then the zone's name takes smaller letters, then two
 * lines.
 * @param {HTMLElement} title holds both
 * @param {HTMLElement} zone
 * @param {HTMLElement} site
 * @param {number} u
 */
export function fitTitle(title, zone, site, u) {
  site.hidden = false;
  zone.style.removeProperty("font-size");
  title.style.whiteSpace = "nowrap";
  const fits = () => title.scrollWidth <= title.clientWidth;
  site.hidden = !fits();
  for (const size of ZONE_SIZES) {
    if (fits()) break;
    set(zone, "font-size", size * u);
  }
  if (!fits()) title.style.removeProperty("white-space");
}

/** @param {HTMLElement} element @param {string} name @param {number} pixels */
export function set(element, name, pixels) {
  element.style.setProperty(name, `${pixels}px`);
}
