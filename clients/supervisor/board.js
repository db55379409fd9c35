// @ts-check
// The board as a whole: header with figures, what needs a decision, services, counters.
import { connectionWord, showConnection, staleBar } from "../lib/connection.js";
import { el, replace, setText } from "../lib/dom.js";
import { formatClock, formatNumber } from "../lib/time.js";
import { languageSwitch, name, t } from "../lib/words.js";
import { Announcements, runningOf } from "./announcements.js";
import { Counters } from "./counters.js";
import { DecisionsView } from "./decisions-view.js";
import { decisions, figures } from "./decisions.js";
import { Foot } from "./foot.js";
import { Services } from "./services.js";

/** Figures of the header: member of `figures`, words behind it. */
const FIGURES = [
  ["waiting", "menunggu"],
  ["called", "dipanggil"],
  ["serving", "dilayani"],
];

export class Board {
  /**
   * @param {HTMLElement} root
   * @param {Object<string, any>} facts of the page
   * @param {import("../lib/api.js").Session} session
   * @param {import("../lib/api.js").Api} api
   * @param {Object<string, any>} agencies their short names, by id; may be filled later
   */
  constructor(root, facts, session, api, agencies) {
    this.agencies = agencies;
    this.root = root;
    this.facts = facts;
    this.session = session;
    this.api = api;
    this.build();
  }

  /** Makes the elements, in the chosen language. What is being typed stays. */
  build() {
    const typed = this.announcements && this.announcements.isOpen ? this.announcements.form.kept() : null;
    const arranged = this.services ? this.services.kept() : null;
    this.figures = el("dl", { class: "figures" });
    this.clock = el("p", { class: "board-clock" });
    this.services = new Services(this.api, this.agencies, arranged);
    this.counters = new Counters();
    const announce = (/** @type {boolean} */ open) => {
      this.announcements.show(open);
      this.counters.node.hidden = open;
      if (!open) this.foot.button.focus();
    };
    this.announcements = new Announcements(this.api, this.facts, () => announce(false));
    this.foot = new Foot(() => announce(!this.announcements.isOpen));
    this.decisions = new DecisionsView({
      onService: (id) => this.services.open(id),
      onCounter: (id) => this.counters.show(id),
    });
    const signOut = async () => {
      await this.api.signOut();
      location.assign("/sign-in?next=/supervisor");
    };
    replace(
      this.root,
      el(
        "header",
        { class: "bar" },
        el("h1", { class: "board-name" }, t("Papan pengawas")),
        el("p", { class: "board-site" }, name(this.facts.site.name)),
        this.figures,
        connectionWord(),
        languageSwitch(),
        el("button", { type: "button", class: "button board-user", onclick: signOut },
          el("span", { class: "board-user-name" }, this.session.user), t("Keluar")),
        this.clock,
      ),
      staleBar(),
      this.decisions.node,
      el("main", { class: "board-main" }, this.services.node,
        el("div", { class: "board-side" }, this.counters.node, this.announcements.node, this.foot.node)),
    );
    if (typed) {
      this.announcements.form.fill(typed);
      announce(true);
    }
  }

  /** @param {import("../lib/live.js").Live} live */
  draw(live) {
    showConnection(live);
    if (live.lastIso()) setText(this.clock, formatClock(live.serverIso()));
    const site = live.state("site");
    if (!site) return;
    const services = withWaits(site.services, live.state("services"));
    const now = live.serverNow();
    const stale = live.status !== "live";
    this._drawFigures(figures(services, site.counters));
    const devices = site.devices || {};
    const { zones } = this.facts;
    this.decisions.draw(decisions(services, site.counters, now, devices, zones), now, stale);
    this.services.draw(services, site.counters, stale, live.serverIso().slice(0, 10));
    this.counters.draw(site.counters, services, devices, now);
    const running = runningOf(zones, (zone) => live.state(`zone:${zone}`));
    this.announcements.draw(running, stale, live.serverIso());
    this.foot.draw(devices, zones, running.length, this.announcements.isOpen);
  }

  /** @param {ReturnType<typeof figures>} facts */
  _drawFigures(facts) {
    const shown = FIGURES.map(([member, words]) => [formatNumber(facts[member]), t(words)]);
    const open = t("dari {count} loket buka", { count: facts.counters });
    shown.push([formatNumber(facts.open), open]);
    const key = JSON.stringify(shown);
    if (key === this.figuresKey && this.figures.firstChild) return;
    this.figuresKey = key;
    replace(this.figures, shown.map(([figure, words]) =>
      el("div", { class: "figure" }, el("dd", null, figure), el("dt", null, words))));
  }
}

/**
 * The services of `site` with the estimates of `services`, which carries them.
 * @param {Object<string, any>} services
 * @param {any} estimated state of the topic `services`, undefined before its first
 * @returns {Object<string, any>}
 */
function withWaits(services, estimated) {
  const waits = estimated ? estimated.services : {};
  return Object.fromEntries(Object.entries(services).map(([id, service]) =>
    [id, { ...service, wait: waits[id]?.wait }]));
}
