// @ts-check
// What surrounds the calls: whose hall it is, date and clock, what does not operate, running text,
// and the state of the connection.
import { connectionWord, showConnection } from "../clients/lib/connection.js";
import { el, replace, setText } from "../clients/lib/dom.js";
import { formatClock, formatClockSeconds, formatDate, weekday } from "../clients/lib/time.js";
import { both, language, otherLanguage, t } from "../clients/lib/words.js";
import { fitTitle, unit } from "./fit.js";
import { InfoView } from "./info-view.js";
import { NoticesView } from "./notices-view.js";
import { first } from "./words.js";

export class Frame {
  /**
   * @param {HTMLElement} root
   * @param {string} site its name
   * @param {string} zone its name as far as the page knows it
   * @param {string[]} languages in the order of the screen
   */
  constructor(root, site, zone, languages) {
    this.site = el("span", { class: "hall-site" }, site);
    this.zone = el("h1", { class: "hall-zone" }, zone);
    this.date = el("p", { class: "hall-date" });
    this.clock = el("p", { class: "hall-clock" });
    this.main = el("main", { class: "hall-main" });
    this.ruler = el("div", { class: "hall-unit", "aria-hidden": "true" });
    const strip = el("div", { class: "hall-notices", hidden: true });
    const line = el("p", { class: "hall-info" });
    this.title = el("div", { class: "hall-title" }, this.zone, this.site);
    this.stale = el("div", { class: "stale-bar", role: "status" });
    const time = el("div", { class: "hall-time" }, this.date, this.clock);
    replace(
      root,
      el("header", { class: "hall-head" }, this.title, time),
      el("div", { class: "edge" }),
      this.main,
      strip,
      el("footer", { class: "hall-foot" }, line, connectionWord()),
      this.stale,
      this.ruler,
    );
    this.second = languages.length > 1;
    this.notices = new NoticesView(strip, languages);
    this.info = new InfoView(line, languages);
    this._fitTitle();
  }

  /**
   * @param {any} state of the topic `zone:ID`
   * @param {Object<string, string>} openings next opening by service
   * @param {string} iso the server's time
   */
  draw(state, openings, iso) {
    const zone = first(state.name);
    if (this.zone.textContent !== zone) {
      setText(this.zone, zone);
      this._fitTitle();
    }
    this.notices.draw(state.services, openings, iso.slice(0, 10));
    this.info.draw(state.announcements);
  }

  /** @param {string} iso the server's time with the site's offset; "" before it is known */
  tick(iso) {
    setText(this.clock, formatClock(iso));
    const day = iso.slice(0, 10);
    if (!day || day === this.day) return;
    this.day = day;
    const other = this.second ? weekday(day, otherLanguage()) : "";
    const lang = otherLanguage();
    replace(
      this.date,
      el("span", null, formatDate(day, { year: false })),
      other && el("span", { class: "second", lang }, other),
    );
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
  }

  _fitTitle() {
    fitTitle(this.title, this.zone, this.site, unit(this.ruler));
  }
}

/** How old the screen is; the second language says only that it comes back. @param {string} lastIso */
function lost(lastIso) {
  const back = t("Menyambung kembali", {}, otherLanguage());
  const first = lastIso
    ? t("Data terakhir {time} – menyambung kembali", { time: formatClockSeconds(lastIso) })
    : t("Belum tersambung – menyambung kembali");
  return both({ first, second: back, firstLang: language(), secondLang: otherLanguage() });
}
