// @ts-check
// What surrounds the calls: whose hall it is, date and clock, what does not operate, running text,
// the state of the connection, and what covers all of it for a while.
import { connectionWord, showConnection } from "../clients/lib/connection.js";
import { el, replace, setAttr, setText } from "../clients/lib/dom.js";
import { formatClock, formatClockSeconds, formatDate, weekday } from "../clients/lib/time.js";
import { both, language, otherLanguage, t } from "../clients/lib/words.js";
import { fitTitle, unit } from "./fit.js";
import { InfoView } from "./info-view.js";
import { NoticesView } from "./notices-view.js";
import { Panel } from "./panel.js";
import { first, shownLanguages } from "./words.js";

export class Frame {
  /**
   * @param {HTMLElement} root
   * @param {any} site its name
   * @param {any} zone its name as far as the page knows it
   */
  constructor(root, site, zone) {
    this.siteName = site;
    this.zoneName = zone;
    this.site = el("span", { class: "hall-site" });
    this.zone = el("h1", { class: "hall-zone" });
    this.date = el("p", { class: "hall-date" });
    this.clock = el("p", { class: "hall-clock" });
    this.main = el("main", { class: "hall-main" });
    this.ruler = el("div", { class: "hall-unit", "aria-hidden": "true" });
    const strip = el("div", { class: "hall-notices", hidden: true });
    const line = el("p", { class: "hall-info" });
    this.title = el("div", { class: "hall-title" }, this.zone, this.site);
    this.stale = el("div", { class: "stale-bar", role: "status" });
    this.panel = new Panel(this.ruler);
    this.body = el("div", { class: "hall-body" }, this.main, strip, this.panel.section);
    const time = el("div", { class: "hall-time" }, this.date, this.clock);
    replace(
      root,
      el("header", { class: "hall-head" }, this.title, time),
      el("div", { class: "edge" }),
      this.body,
      el("footer", { class: "hall-foot" }, line, connectionWord()),
      this.stale,
      this.ruler,
    );
    this.notices = new NoticesView(strip);
    this.info = new InfoView(line);
    this._name();
  }

  /** Nothing can be seen of the calls. */
  get isCovered() {
    return this.panel.isShown;
  }

  /**
   * Takes another layout's view.
   * @template V
   * @param {(main: HTMLElement, ruler: HTMLElement) => V} make
   * @returns {V}
   */
  lay(make) {
    replace(this.main);
    return make(this.main, this.ruler);
  }

  /**
   * @param {import("./board.js").Scene} scene
   * @param {string[]} languages of what takes turns
   */
  draw(scene, languages) {
    const { state, openings, iso } = scene;
    if (state.name) this.zoneName = state.name;
    this._name();
    this._date(iso);
    this.notices.draw(state.services, openings, iso.slice(0, 10), languages);
    this.info.draw(state.announcements, languages);
    this.panel.draw(scene, languages);
    // What is covered is not there for screen readers either.
    setAttr(this.main, "aria-hidden", this.isCovered ? "true" : null);
  }

  /** @param {string} iso the server's time with the site's offset; "" before it is known */
  tick(iso) {
    setText(this.clock, formatClock(iso));
    this._date(iso);
  }

  /** @param {import("../clients/lib/live.js").Live} live */
  connection(live) {
    showConnection(live);
    replace(this.stale, live.status === "stale" ? lost(live.lastIso()) : null);
  }

  fit() {
    this._fitTitle();
    this.notices.fit();
    this.info.fit();
    this.panel.fit();
  }

  stop() {
    this.notices.stop();
    this.info.stop();
    this.panel.stop();
  }

  /** @param {string} iso */
  _date(iso) {
    const day = iso.slice(0, 10);
    const lang = shownLanguages()[1];
    const key = `${day} ${language()} ${lang}`;
    if (!day || key === this.day) return;
    this.day = key;
    replace(
      this.date,
      el("span", null, formatDate(day, { year: false })),
      lang && el("span", { class: "second", lang }, weekday(day, lang)),
    );
  }

  _name() {
    const zone = first(this.zoneName);
    const site = first(this.siteName);
    if (this.zone.textContent === zone && this.site.textContent === site) return;
    setText(this.zone, zone);
    setText(this.site, site);
    this._fitTitle();
  }

  _fitTitle() {
    fitTitle(this.title, this.zone, this.site, unit(this.ruler));
  }
}

/** How old the screen is; the second language says only that it comes back. @param {string} lastIso */
function lost(lastIso) {
  const back = shownLanguages().length > 1 ? t("Menyambung kembali", {}, otherLanguage()) : "";
  const first = lastIso
    ? t("Data terakhir {time} – menyambung kembali", { time: formatClockSeconds(lastIso) })
    : t("Belum tersambung – menyambung kembali");
  return both({ first, second: back, firstLang: language(), secondLang: otherLanguage() });
}
