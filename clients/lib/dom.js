// @ts-check
/**
 * Making and changing elements, by text alone: nothing here parses markup, so whatever a name or a
 * note holds stays text.
 */

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Child | Child[] | Child[][]} Children
 */

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Object<string, any> | null} [props] attributes; `on…` with a function is a listener;
 *   `true` is the empty attribute; null, undefined and false leave it out
 * @param {...Children} children null, undefined and false are left out
 * @returns {HTMLElement}
 */
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  const given = props || {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

/**
 * Puts other children in the place of a node's own.
 * @param {Element} node
 * @param {...Children} children
 */
export function replace(node, ...children) {
  while (node.lastChild) node.removeChild(node.lastChild);
  add(node, children);
}

/**
 * Changes a text only where it differs: an equal one would be told again by a screen reader.
 * @param {Element} node
 * @param {string | number} text
 */
export function setText(node, text) {
  const wanted = String(text);
  if (node.textContent !== wanted) node.textContent = wanted;
}

/**
 * Sets an attribute, or takes it away for null, undefined and false; touches nothing that is so.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function setAttr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const wanted = value === true ? "" : String(value);
  if (node.getAttribute(name) !== wanted) node.setAttribute(name, wanted);
}

/** The element of each key, by parent. @type {WeakMap<Element, Map<string, HTMLElement>>} */
const rows = new WeakMap();

/**
 * Makes the children of `parent` follow a list. An item that stays keeps its element, so that focus
 * and a press in progress survive; what moved is moved, what left is removed.
 *
 * @template T
 * @param {Element} parent holds nothing else
 * @param {T[]} items
 * @param {(item: T) => string} key unique
 * @param {(item: T) => HTMLElement} create
 * @param {(node: HTMLElement, item: T) => void} [update] called for new and kept ones
 */
export function keyed(parent, items, key, create, update) {
  const before = rows.get(parent) || new Map();
  /** @type {Map<string, HTMLElement>} */
  const after = new Map();
  for (const item of items) {
    const id = key(item);
    const node = before.get(id) || create(item);
    before.delete(id);
    after.set(id, node);
    if (update) update(node, item);
  }
  // Removed first: else a row that moves up past them would be taken out and put back, and lose
  // the focus, although it only stayed where it was.
  before.forEach((node) => node.remove());
  let place = parent.firstChild;
  after.forEach((node) => {
    if (node === place) place = node.nextSibling;
    else parent.insertBefore(node, place);
  });
  rows.set(parent, after);
}

/**
 * Returns a function that runs `draw` once soon, however often it is called: with the next frame,
 * or within 100 ms in a tab that nobody sees (its title and favicon still carry the state).
 * @param {() => void} draw
 * @returns {() => void}
 */
export function soon(draw) {
  let waiting = false;
  const run = () => {
    if (!waiting) return;
    waiting = false;
    draw();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    // Frames stop when the tab is hidden in between; the timer catches that.
    if (!document.hidden) requestAnimationFrame(run);
    setTimeout(run, 100);
  };
}

/**
 * An element that must be there.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`no element #${id}`);
  return node;
}

/** What the server told this page: the JSON block `#page`. @returns {Object<string, any>} */
export function pageFacts() {
  const block = document.getElementById("page");
  return block ? JSON.parse(block.textContent || "{}") : {};
}

/**
 * @param {Element} node
 * @param {any} children
 */
function add(node, children) {
  if (Array.isArray(children)) {
    for (const child of children) add(node, child);
  } else if (children !== null && children !== undefined && children !== false) {
    node.appendChild(children instanceof Node ? children : document.createTextNode(String(children)));
  }
}
