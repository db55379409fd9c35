// @ts-check
/**
 * Asks this server for something, and lets go of the connection when no answer comes in time.
 *
 * `fetch` of Chromium 63 cannot be stopped. A browser has six connections for one server: six
 * questions on a line that died keep all that follow waiting, long after the line is well again.
 */

/**
 * @param {string} address
 * @param {number} patience ms, for the whole of the answer
 * @param {XMLHttpRequestResponseType} [type] of `response`
 * @returns {Promise<XMLHttpRequest>} rejected where no answer came; a refusal is an answer
 */
export function ask(address, patience, type) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Error(`${address}: no answer`));
    request.open("GET", address);
    request.responseType = type || "";
    request.timeout = patience;
    request.onload = () => resolve(request);
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = fail;
    request.send();
  });
}
