// @ts-check
/** The console of one counter: wires topics, commands and keys to what is drawn. */

import { showConnection } from "../lib/connection.js";
import { el, replace, setText, soon } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { t } from "../lib/words.js";
import { OTHERS } from "./actions.js";
import { Bar } from "./bar.js";
import { CheckIn } from "./check-in.js";
import { Commands } from "./commands.js";
import { Desk } from "./desk.js";
import { listen } from "./keys.js";
import { Panels } from "./panels.js";
import { Side } from "./side.js";
import { remember, recall } from "./memory.js";
import { viewOf } from "./view.js";
import { Work } from "./work.js";
import { whyWords } from "./wording.js";

/** Ages, countdowns and the clock move on this often, ms. */
const TICK_MS = 1_000;

export class Console {
  /**
   * @param {HTMLElement} root
   * @param {object} known what was fetched before
   * @param {import("../lib/api.js").Api} known.api
   * @param {{user: string, name: string}} known.session
   * @param {import("./desk.js").Counter} known.counter
   * @param {ReturnType<typeof import("./said.js").saidOf>} known.said
   * @param {import("./names.js").Names} known.names
   * @param {() => void} known.onSignedOut
   */
  constructor(root, known) {
    this.known = known;
    this.desk = new Desk(known.session.user, known.counter, 0);
    this.desk.undo = recall(known.counter.id);
    this.draw = soon(() => this.drawNow());
    this.commands = this.makeCommands();
    this.checkIn = this.makeCheckIn();
    this.bar = new Bar((action) => this.press(action));
    this.work = new Work((action) => this.press(action));
    this.side = new Side((ticket) => this.panels.openTicket(ticket));
    this.said = el("p", { class: "sr-only", role: "status" });
    this.left = el("main", { class: "left", id: "main" }, this.work.root, this.checkIn.root);
    this.panels = this.makePanels();
    replace(root, this.bar.root, this.left, this.side.root, this.said);
    /** @type {Set<string>} services whose lines are followed */
    this.followed = new Set(known.counter.services);
    this.live = this.connect();
    listen(document, {
      onKey: (key) => this.key(key),
      onEnter: () => this.enter(),
      onEscape: () => this.escape(),
      onScan: (text) => this.checkIn.take(text),
      onArrow: (step) => this.side.move(step),
    });
    this.timer = setInterval(this.draw, TICK_MS);
    this.learnCounters();
    this.draw();
  }

  connect() {
    const { counter, onSignedOut } = this.known;
    return connect({
      topics: [`counter:${counter.id}`, "services", ...counter.services.map((id) => `service:${id}`)],
      onState: (topic, state, event, seq) => this.onState(topic, state, event, seq),
      onStatus: () => {
        if (this.live) showConnection(this.live);
        this.draw();
      },
      onSignedOut,
    });
  }

  makeCommands() {
    const { api, counter } = this.known;
    return new Commands({
      counter: counter.id,
      post: (path, body, { onRetry }) => api.post(path, body, { onRepeat: onRetry }),
      onAnswer: (answer, type) => this.desk.onAnswer(answer, type, this.live.serverNow()),
      onRefused: () => this.learnPerson(true),
      changed: () => this.draw(),
    });
  }

  makeCheckIn() {
    return new CheckIn({
      checkIn: (what) => this.known.api.post("/check-ins", what),
      arrived: () => this.desk.arrived(),
      say: (words) => this.say(words),
    });
  }

  makePanels() {
    const { names } = this.known;
    return new Panels(this.left, this.work.root, {
      send: (command, body, ticket) => this.commands.send(command, body, ticket),
      atCounter: () => this.desk.counter.ticket ?? null,
      now: () => this.live.serverNow(),
      said: this.known.said,
      names,
      changed: () => this.draw(),
      tell: (notice) => this.commands.tell(notice),
      learn: (ticket) => this.known.api.get(`/tickets/${encodeURIComponent(ticket)}`).catch(() => null),
    });
  }

  /**
   * @param {string} topic
   * @param {any} state
   * @param {any} event
   * @param {number} seq
   */
  onState(topic, state, event, seq) {
    const [kind, id] = topic.split(":");
    if (kind === "counter") {
      this.desk.onCounter(state, seq, event);
      this.followLines();
      this.learnPerson(false);
    } else if (kind === "service") {
      this.desk.onLine(id, state.tickets ?? {}, event);
    } else if (this.desk.onServices(state.services ?? {})) {
      this.learnCounters();
    }
    this.draw();
  }

  /** A server that starts with another catalogue may give the counter other services. */
  followLines() {
    const wanted = new Set(this.desk.counter.services);
    for (const service of wanted) {
      if (this.followed.has(service)) continue;
      this.followed.add(service);
      this.live.subscribe(`service:${service}`);
    }
    for (const service of this.followed) {
      if (wanted.has(service)) continue;
      this.followed.delete(service);
      this.desk.lines.delete(service);
      this.live.unsubscribe(`service:${service}`);
    }
  }

  /**
   * Names and notes of the ticket at the counter come by HTTP alone.
   * @param {boolean} always also where they are known, since something went another way
   */
  async learnPerson(always) {
    if (!always && !this.desk.lacksPerson) return;
    const { api, counter } = this.known;
    const answer = await api.get(`/counters/${encodeURIComponent(counter.id)}`).catch(() => null);
    if (answer) this.desk.learnPerson(answer.ticket);
    this.draw();
  }

  /** The other counters: who is open, and where a ticket can be sent. */
  async learnCounters() {
    const answer = await this.known.api.get("/counters?limit=200").catch(() => null);
    if (answer) this.desk.counters = answer.items;
    this.draw();
  }

  drawNow() {
    const { desk, live, commands, known } = this;
    remember(known.counter.id, desk.undo);
    const heard = live.lastIso();
    const clock = live.serverNow();
    const lastHeard = heard ? Date.parse(heard) : clock;
    const isLive = live.status === "live";
    const view = viewOf(desk, known.said, known.names, {
      // Ages stand still with what they are the ages of.
      now: isLive ? clock : lastHeard,
      clock,
      live: isLive,
      lastHeard,
      pending: commands.pending,
      last: commands.last,
      chosen: this.panels.chosen,
    });
    this.view = view;
    this.bar.update(view);
    this.work.update(view);
    this.side.update(view);
    this.checkIn.update(view.live);
    this.panels.update(view);
    const [notice] = view.notices;
    if (notice && notice === commands.last) this.say(`${notice.strong} ${notice.text}`);
    document.title = titleOf(view);
  }

  /** Tells screen readers, once. @param {string} words */
  say(words) {
    setText(this.said, words);
  }

  /** Enter that nothing else takes: the primary action, of the panel if one is open. */
  enter() {
    if (this.panels.isOpen) this.panels.enter();
    else this.press("primary");
  }

  /**
   * Does an action, or says why not.
   * @param {string} id
   */
  press(id) {
    const { view } = this;
    if (!view || this.panels.isOpen) return;
    if (id === "pause" || id === "close") return this.seat(id);
    const action = id === "primary" ? view.primary : view.others.find((other) => other.id === id);
    if (!action) return;
    if (action.why) return this.say(whyWords(action));
    const ticket = view.desk.counter.ticket;
    if (action.id === "transfer" && ticket) this.panels.openTransfer(ticket, true);
    else if (action.id === "undo") this.commands.send("undo", { seq: view.desk.undo?.seq });
    else if (action.id === "open" || action.id === "call-next") this.commands.send(action.id, {});
    else this.commands.send(action.id, { ticket: ticket?.id });
  }

  /**
   * Pausing, opening again and closing, from the bar.
   * @param {"pause" | "close"} id
   */
  seat(id) {
    const button = id === "pause" ? this.bar.pause.root : this.bar.close.root;
    if (button.getAttribute("aria-disabled")) return;
    if (id === "close") this.commands.send("close", {});
    else if (this.desk.counter.state === "paused") this.commands.send("open", {});
    else this.panels.openPause();
  }

  /** @param {string} key */
  key(key) {
    if (key === "h") return this.checkIn.focus();
    if (/^[1-9]$/.test(key)) {
      const ticket = this.side.digits[Number(key) - 1];
      if (ticket) this.panels.openTicket(ticket);
      return;
    }
    if (this.panels.isOpen) return this.panels.key(key);
    if (key === "p") return this.seat("pause");
    const action = OTHERS.find((other) => other.key === key);
    if (action) this.press(action.id);
  }

  escape() {
    if (this.panels.isOpen) this.panels.close();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }
}

/** @param {import("./view.js").View} view */
function titleOf({ desk, said }) {
  const number = desk.counter.ticket?.number;
  const name = said.name(desk.counter.name);
  return [number, name, t("Antrean")].filter(Boolean).join(" – ");
}
