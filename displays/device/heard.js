// @ts-check
// What the server told this device to say of late. A cable that is pulled closes nothing: the server
// goes by this to find out what a dead line swallowed, and tells that once more. Kept over a reload,
// as what was told before must not be said again after it. A device that does not know does not
// tell, and is never asked twice.

const KEY = "antrean-heard";
/** Ids, the newest last; a call lives for a minute. */
const KEPT = 50;

export class Heard {
  constructor() {
    /** The browser keeps what it is given. */
    this.keeps = true;
    /** null: not known. @type {string[]|null} */
    this.ids = read();
    this._keep();
  }

  /** @param {string} id */
  add(id) {
    if (!this.keeps) return;
    this.ids = (this.ids || []).filter((other) => other !== id).concat([id]).slice(-KEPT);
    this._keep();
  }

  /** Turns to come are others, whatever their id; of those before nothing is known any more. */
  forget() {
    this.ids = null;
    this._keep();
  }

  _keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.ids));
    } catch (error) {
      this.keeps = false;
      this.ids = null;
    }
  }
}

/** @returns {string[]|null} */
function read() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(found) ? found.filter((id) => typeof id === "string").slice(-KEPT) : null;
  } catch (error) {
    return null;
  }
}
