// @ts-check
/** Where to go after signing in. */

/**
 * The path if it leads to this site, else null: a link that someone sends must not carry a clerk
 * who just typed a password to a page that looks like ours.
 * @param {unknown} given
 * @returns {string | null}
 */
export function localPath(given) {
  // "//host" and "/\host" are other sites to a browser, which also drops tabs and line breaks.
  if (typeof given !== "string" || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(given)) return null;
  const address = new URL(given, location.origin);
  if (address.origin !== location.origin || address.pathname === "/sign-in") return null;
  return address.pathname + address.search + address.hash;
}
