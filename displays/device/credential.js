// @ts-check
// Who this device is: its token and what the server told of it last, over reloads and restarts.
//
// In localStorage; where a browser refuses that, in the state of the tab's history, which at least
// a reload leaves alone and no other page can read.

const KEY = "antrean-device";

/** @typedef {{token: string, device: any}} Credential */

/** @returns {Credential|null} */
export function recall() {
  return read(stored()) || read((history.state || {})[KEY]);
}

/** @param {Credential} credential */
export function keep(credential) {
  const text = JSON.stringify(credential);
  try {
    localStorage.setItem(KEY, text);
  } catch (error) {
    history.replaceState({ [KEY]: text }, "");
  }
}

export function forget() {
  if (history.state) history.replaceState(null, "");
  try {
    localStorage.removeItem(KEY);
  } catch (error) {
    // Then it is not there.
  }
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch (error) {
    return null;
  }
}

/** @param {any} text @returns {Credential|null} null for what nobody here has written */
function read(text) {
  try {
    const found = JSON.parse(text);
    return found && typeof found.token === "string" && found.device ? found : null;
  } catch (error) {
    return null;
  }
}
