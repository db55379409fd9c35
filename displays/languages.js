// @ts-check
// Which languages stand on the screen: both, one, or one after the other.
import { LANGUAGES, language, otherLanguage, setLanguage } from "../clients/lib/words.js";
import { setAlone } from "./words.js";

/** How long each language stands where they alternate, ms. */
const SWAP_MS = 8000;
/** Nothing changes under the eyes of whoever reads a new call, ms. */
const KEEP_MS = 5000;

export class Languages {
  /**
   * @param {string[]} site the site's languages
   * @param {() => void} onSwap the first language is another one
   */
  constructor(site, onSwap) {
    const known = site.filter((lang) => LANGUAGES.indexOf(lang) >= 0);
    this.site = known.length > 0 ? known : [LANGUAGES[0]];
    this.onSwap = onSwap;
    this.alternating = false;
    this.key = "";
    /** Of what takes turns anyway, such as running text; in one order, whichever stands first now. @type {string[]} */
    this.spoken = [];
  }

  /** @param {{lang: string, languages: string}} options */
  choose(options) {
    const key = `${options.lang} ${options.languages}`;
    if (key === this.key) return;
    this.key = key;
    this.stop();
    setLanguage(options.lang, { remember: false });
    const several = this.site.length > 1;
    this.alternating = several && options.languages === "alternating";
    setAlone(!several || options.languages !== "both");
    const only = !several || LANGUAGES.indexOf(options.languages) >= 0;
    this.spoken = only ? [language()] : [language(), otherLanguage()];
    if (this.alternating) this._wait(SWAP_MS);
  }

  /** A call is new on the screen. */
  keep() {
    if (this.alternating) this._wait(Math.max(KEEP_MS, this.due - performance.now()));
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** @param {number} ms */
  _wait(ms) {
    this.stop();
    this.due = performance.now() + ms;
    this.timer = setTimeout(() => {
      setLanguage(otherLanguage(), { remember: false });
      this._wait(SWAP_MS);
      this.onSwap();
    }, ms);
  }
}
