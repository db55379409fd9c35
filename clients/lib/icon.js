// @ts-check
/**
 * The few signs that screens share, drawn as strokes on a grid of 24 units in the text's colour.
 *
 * They repeat what words beside them say, so they are hidden from screen readers.
 */

const SVG = "http://www.w3.org/2000/svg";

/** Each sign: paths that are stroked, and circles (x, y, radius) that are stroked too. */
const SIGNS = {
  "arrow-right": { paths: ["M3 12h17M13 5l7 7-7 7"] },
  "arrow-left": { paths: ["M21 12H4M11 5l-7 7 7 7"] },
  "arrow-up": { paths: ["M12 21V4M5 11l7-7 7 7"] },
  cross: { paths: ["M5 5l14 14M19 5L5 19"] },
  "arrow-down": { paths: ["M12 3v17M5 13l7 7 7-7"] },
  "arrow-up-right": { paths: ["M5 19L19 5M8 5h11v11"] },
  speaker: { paths: ["M3 9.2h4L13 4v16l-6-5.2H3z", "M16.2 8.6a5 5 0 0 1 0 6.8M19 5.6a9 9 0 0 1 0 12.8"] },
  search: { paths: ["M15 15l6 6"], circles: [[10, 10, 6.5]] },
  display: { paths: ["M2.5 5h19v12h-19zM8 20.5h8"] },
  "speaker-off": { paths: ["M3 9v6h4l5 4.5v-15L7 9zM15.5 9.5l6 5.5M21.5 9.5l-6 5.5"] },
  phone: { paths: ["M6.5 2.5h11v19h-11zM10 18h4"] },
  note: { paths: ["M5 2.5h14v19H5zM8.5 8h7M8.5 12h7M8.5 16h4"] },
  pause: { paths: ["M8 4v16M16 4v16"] },
  check: { paths: ["M4 12.5l5.5 5.5L20.5 6"] },
  minus: { paths: ["M5 12h14"] },
  alert: { paths: ["M12 3.5L22 20.5H2zM12 10v5M12 17v1.4"] },
  "plug-off": { paths: ["M8 2v5M16 2v5M5 7h14M6 7v4a6 6 0 0 0 12 0V7M12 17v5M2 2l20 20"] },
  backspace: { paths: ["M8.5 5H22v14H8.5L2 12zM12 9l6 6M18 9l-6 6"] },
  printer: { paths: ["M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z"] },
  lansia: { paths: ["M10 7v7M10 14l3 4v4M10 14l-3 8M10 8l5 4M17 12v10"], circles: [[10, 3.8, 2.1]] },
  disabilitas: {
    paths: ["M10 7v8h6l3 6h2.5M10 10h6M8 12.3A5.3 5.3 0 1 0 14.6 19"],
    circles: [[10, 3.8, 2.1]],
  },
  ibu_hamil: { paths: ["M11 7v15M11 8c5 1 7 4 5.4 7H11"], circles: [[11, 3.8, 2.1]] },
  ibu_menyusui: {
    paths: ["M9 7v15M9 9l4 4 3-2.4"],
    circles: [[9, 3.8, 2.1], [17, 8.4, 1.9]],
  },
  balita: {
    paths: ["M8 7v15M8 9l8 4.5M17 13v9M13.5 16l3.5-2.5"],
    circles: [[8, 3.8, 2.1], [17, 10, 1.9]],
  },
};

/**
 * @param {string} name one of the signs; an unknown one draws nothing
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = /** @type {SVGSVGElement} */ (document.createElementNS(SVG, "svg"));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.setAttribute("fill", "none");
  svg.setAttribute("stroke", "currentColor");
  svg.setAttribute("stroke-width", "2.4");
  const sign = SIGNS[name] || { paths: [] };
  for (const d of sign.paths) {
    svg.appendChild(element("path", { d }));
  }
  for (const [cx, cy, r] of sign.circles || []) {
    svg.appendChild(element("circle", { cx, cy, r }));
  }
  return svg;
}

/** @param {string} name whether there is such a sign */
export function hasIcon(name) {
  return Object.prototype.hasOwnProperty.call(SIGNS, name);
}

/**
 * @param {string} tag
 * @param {Object<string, string | number>} attributes
 */
function element(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const name of Object.keys(attributes)) node.setAttribute(name, String(attributes[name]));
  return node;
}
