// Parses every script as the oldest browser that runs it would, since one SyntaxError is a blank
// hall; also holds them to the interfaces such a browser has, to relative imports, and to DOM
// calls that cannot inject markup.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parse } from "acorn";

/** A path's beginning and what it may be written in; the first that fits holds. */
const FLOORS = [
  // TVs of 2019 have Chromium 63.
  { path: "displays/", year: 2017 },
  { path: "clients/lib/", year: 2017 },
  // Kiosk PCs and the phones of the public are older than the clerks' browsers.
  { path: "clients/kiosk/", year: 2020 },
  { path: "clients/follow/", year: 2020 },
  { path: "clients/", year: 2022 },
];

/** Names with the Chromium that first had them, all later than 63: refused at ES2017. */
const NEWER_NAMES = {
  AbortController: 66,
  AbortSignal: 66,
  ResizeObserver: 64,
  globalThis: 71,
  queueMicrotask: 71,
  structuredClone: 98,
};
const NEWER_CALLS = {
  allSettled: 76,
  any: 85,
  at: 92,
  findLast: 97,
  flat: 69,
  flatMap: 69,
  fromEntries: 73,
  hasOwn: 93,
  matchAll: 73,
  randomUUID: 92,
  replaceAll: 85,
  replaceChildren: 86,
  toSorted: 110,
  toggleAttribute: 69,
  trimEnd: 66,
  trimStart: 66,
};
const NEWER_OPTIONS = { dateStyle: 76, timeStyle: 76, hourCycle: 73 };
const MARKUP = new Set(["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"]);

const faults = [];

function fault(file, node, text) {
  const { line, column } = node.loc ? node.loc.start : node;
  faults.push(`${file}:${line}:${column + 1}: ${text}`);
}

function scripts(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return scripts(path);
    return /\.m?js$/.test(entry.name) ? [path] : [];
  });
}

function floor(path) {
  return FLOORS.find((candidate) => path.startsWith(candidate.path));
}

function* nodes(node) {
  if (Array.isArray(node)) {
    for (const child of node) yield* nodes(child);
  } else if (node && typeof node.type === "string") {
    yield node;
    for (const value of Object.values(node)) {
      if (value && typeof value === "object") yield* nodes(value);
    }
  }
}

function checkImport(file, node, year) {
  const name = node.source.value;
  if (!/^\.\.?\//.test(name)) {
    fault(file, node, `import "${name}" is not relative: old screens have no import maps`);
    return;
  }
  const target = floor(normalize(join(dirname(file), name)));
  if (target && target.year > year) {
    fault(file, node, `ES${year} imports ${name}, which may be written in ES${target.year}`);
  }
}

function checkOldBrowser(file, node) {
  const name = (key, table) => Object.hasOwn(table, key) && table[key] > 63;
  if (node.type === "Identifier" && name(node.name, NEWER_NAMES)) {
    fault(file, node, `${node.name} needs Chromium ${NEWER_NAMES[node.name]}`);
  }
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
    const called = node.callee.property.name;
    if (name(called, NEWER_CALLS)) {
      fault(file, node, `.${called}() needs Chromium ${NEWER_CALLS[called]}`);
    }
  }
  if (node.type === "Property" && name(node.key.name, NEWER_OPTIONS)) {
    fault(file, node, `the option ${node.key.name} needs Chromium ${NEWER_OPTIONS[node.key.name]}`);
  }
}

function checkMarkup(file, node) {
  if (node.type === "MemberExpression" && MARKUP.has(node.property.name)) {
    const target = node.object.name;
    const isDocument = target === "document";
    if (isDocument || !node.property.name.startsWith("write")) {
      fault(file, node, `${node.property.name} can inject markup: use textContent`);
    }
  }
  if (node.type === "NewExpression" && node.callee.name === "Function") {
    fault(file, node, "new Function is refused by the CSP");
  }
  if (node.type === "CallExpression" && node.callee.name === "eval") {
    fault(file, node, "eval is refused by the CSP");
  }
}

function check(file) {
  const { year } = floor(file);
  let tree;
  try {
    tree = parse(readFileSync(file, "utf8"), {
      ecmaVersion: year,
      sourceType: "module",
      locations: true,
    });
  } catch (error) {
    fault(file, error.loc ?? { line: 1, column: 0 }, `not ES${year}: ${error.message}`);
    return;
  }
  for (const node of nodes(tree)) {
    if (node.source && /^(Import|Export)/.test(node.type)) checkImport(file, node, year);
    if (year === 2017) checkOldBrowser(file, node);
    checkMarkup(file, node);
  }
}

const files = ["clients", "displays"].flatMap((folder) => {
  try {
    return scripts(folder);
  } catch {
    return [];
  }
});
files.forEach(check);
for (const line of faults) console.error(line);
if (faults.length === 0) console.log(`${files.length} scripts are what their screens understand`);
process.exitCode = faults.length ? 1 : 0;
