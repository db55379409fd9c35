// @ts-check
/**
 * The phone of who holds a ticket. The token stands in the fragment, which no server ever sees, and
 * stays there: the address is the holder's bookmark.
 */
import { createApi, isUnknown } from "../lib/api.js";
import { followCode } from "../lib/code.js";
import { connectionWord, showConnection, staleBar } from "../lib/connection.js";
import { byId, replace, setText, soon } from "../lib/dom.js";
import { fitWidth } from "../lib/fit-width.js";
import { connect } from "../lib/live.js";
import { languageSwitch, loadWords, onLanguage, t } from "../lib/words.js";
import { Actions } from "./actions.js";
import { showBadge } from "./badge.js";
import { fitNames } from "./fit.js";
import { explain, hasEnded, phaseOf } from "./phase.js";
import { signOf, spokenOf, titleOf } from "./title.js";
import { draw } from "./views.js";
import { buzz, keepAwake } from "./wake.js";
import { lost, noToken, unreached } from "./wrong.js";

/** After this long a page that could not reach the server at all asks again. */
const RETRY_MS = 3000;

/**
 * @typedef {import("./phase.js").Ticket} Ticket
 * @typedef {import("./phase.js").Change} Change
 */

class Follow {
  /** @param {string} token */
  constructor(token) {
    this._token = token;
    this._api = createApi({ token });
    this._shell = byId("follow");
    this._main = byId("main");
    this._spoken = byId("spoken");
    this._actions = new Actions(this._api);
    this._draw = soon(() => this._render());
    /** @type {import("../lib/live.js").Live | null} */
    this._live = null;
    /** @type {Ticket | null} */
    this._ticket = null;
    /** @type {Change | null} */
    this._change = null;
    /** @type {HTMLImageElement | null} */
    this._code = null;
    this._asked = false;
    this._phase = "";
    this._today = "";
    /** @type {() => (HTMLElement | null)[]} what stands there before or instead of a ticket */
    this._message = () => [];
    onLanguage(() => this._redraw());
  }

  /** Reads the ticket, then follows it; asks again for as long as the server is away. */
  async start() {
    try {
      const [ticket, site] = await Promise.all([this._api.get("/my"), this._api.get("/site")]);
      this._today = site.date;
      this._receive(ticket, null);
      this._connect(ticket.id);
    } catch (error) {
      const answered = !isUnknown(error) && /** @type {any} */ (error).status !== TOO_MANY;
      if (answered) {
        this._tell(lost);
        return;
      }
      this._tell(unreached);
      document.documentElement.dataset.connection = "stale";
      setTimeout(() => void this.start(), RETRY_MS);
    }
  }

  /** @param {string} id */
  _connect(id) {
    const topic = `ticket:${id}`;
    this._live = connect({
      topics: [{ topic, token: this._token }],
      onState: (name, state, event) => this._receive(state, event),
      onStatus: () => this._draw(),
      onError: () => void this._readOnly(),
    });
  }

  /** A ticket of an ended date has no topic any more; for thirty days it can still be read. */
  async _readOnly() {
    try {
      this._receive(await this._api.get("/my"), null);
    } catch (error) {
      if (!isUnknown(error)) this._tell(lost);
    }
  }

  /**
   * @param {Ticket} ticket
   * @param {{type: string, at: string} | null} event
   */
  _receive(ticket, event) {
    const change = explain(this._ticket, ticket, event);
    if (change) this._change = change;
    this._ticket = ticket;
    if (event && (event.type === "ticket.called" || event.type === "ticket.recalled")) buzz();
    this._draw();
  }

  _render() {
    const ticket = this._ticket;
    if (!ticket) return;
    if (this._live) showConnection(this._live);
    const phase = phaseOf(ticket);
    const stale = this._live !== null && this._live.status === "stale";
    this._shell.dataset.phase = phase;
    document.documentElement.dataset.theme = THEMES[phase] || "light";
    if (phase === "booked" || phase === "absent") void this._loadCode(ticket);
    replace(this._main, draw({
      ticket, phase, stale, change: this._change, code: this._code, today: this._today,
    }));
    fitNames(this._main);
    for (const plate of Array.from(this._main.querySelectorAll(".plate"))) {
      fitWidth(/** @type {HTMLElement} */ (plate), this._main, "--plate-h");
    }
    this._actions.update({ ticket, stale });
    if (!this._actions.node.isConnected) this._main.after(this._actions.node);
    showBadge(titleOf(ticket, phase), signOf(ticket, phase, stale));
    keepAwake(!hasEnded(phase));
    // Each turn of events once; a place further in the line is only seen.
    const turn = `${phase} ${ticket.counter || ""} ${ticket.recalls} ${ticket.leg}`;
    if (turn !== this._phase) setText(this._spoken, spokenOf(ticket, phase));
    this._phase = turn;
  }

  /** The code to check in with, asked for once. @param {Ticket} ticket */
  async _loadCode(ticket) {
    if (this._asked) return;
    this._asked = true;
    this._code = await followCode(this._token,
      t("Kode QR nomor {number} untuk kios", { number: ticket.number }));
    if (this._code) this._draw();
    else this._asked = false;
  }

  /** @param {() => (HTMLElement | null)[]} message */
  _tell(message) {
    this._message = message;
    if (this._ticket === null) replace(this._main, message());
  }

  _redraw() {
    if (this._ticket === null) replace(this._main, this._message());
    else {
      this._actions.redraw();
      this._draw();
    }
  }
}

const TOO_MANY = 429;

/** @type {Object<string, string>} */
const THEMES = { next: "dark", called: "now" };

async function main() {
  await loadWords();
  byId("languages").append(languageSwitch());
  byId("connection").append(connectionWord());
  byId("stale").append(staleBar());
  // Another ticket's link opened in the same tab.
  addEventListener("hashchange", () => location.reload());
  const token = location.hash.slice(1);
  if (token) {
    await new Follow(token).start();
  } else {
    const say = () => replace(byId("main"), noToken());
    onLanguage(say);
    say();
  }
}

void main();
