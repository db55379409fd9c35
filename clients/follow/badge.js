// @ts-check
/**
 * The state in the tab: title and favicon, for those who look at something else meanwhile.
 */

const SVG = "http://www.w3.org/2000/svg";

/** Favicons are 32 units wide; a text of one to three characters fits in these sizes. */
const SIZES = [25, 25, 20, 15];

/**
 * @param {string} title
 * @param {{text: string, ground: string, ink: string}} sign drawn as a rounded tile
 */
export function showBadge(title, sign) {
  if (document.title !== title) document.title = title;
  const address = `data:image/svg+xml,${encodeURIComponent(draw(sign))}`;
  let link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel~=icon]"));
  if (!link) {
    link = document.createElement("link");
    link.rel = "icon";
    document.head.append(link);
  }
  link.type = "image/svg+xml";
  if (link.getAttribute("href") !== address) link.setAttribute("href", address);
}

/** @param {{text: string, ground: string, ink: string}} sign */
function draw(sign) {
  const svg = node("svg", { viewBox: "0 0 32 32" });
  svg.append(node("rect", { width: 32, height: 32, rx: 6, fill: sign.ground }));
  const text = node("text", {
    x: 16, y: 16, fill: sign.ink, "font-family": "Overpass, sans-serif", "font-weight": 700,
    "font-size": SIZES[Math.min(sign.text.length, SIZES.length - 1)],
    "text-anchor": "middle", "dominant-baseline": "central",
  });
  text.textContent = sign.text;
  svg.append(text);
  return new XMLSerializer().serializeToString(svg);
}

/**
 * @param {string} tag
 * @param {Object<string, string | number>} attributes
 */
function node(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, String(attributes[name]));
  return element;
}
