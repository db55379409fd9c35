// @ts-check
/**
 * What the console knows: what topics and answers told, put together. No DOM, no network.
 *
 * The counter comes from its topic and from the answers of commands, whichever is later by `seq`;
 * names, phone numbers, reasons and notes from answers alone, since topics never carry them.
 */

import { listsOf } from "./line.js";
import { afterCounterEvent, afterLineEvent } from "./undo.js";

/**
 * @typedef {import("./line.js").Ticket} Ticket
 * @typedef {import("./undo.js").Undoable} Undoable
 * @typedef {import("./undo.js").Happened} Happened
 * @typedef {import("./search.js").Text} Text
 *
 * @typedef {object} Person personal data and notes of a ticket
 * @property {string | null} [name]
 * @property {string | null} [phone]
 * @property {string | null} [reason]
 * @property {(string | {text: string, at?: string})[]} [notes]
 *
 * @typedef {object} Counter
 * @property {string} id
 * @property {Text} name
 * @property {string} label
 * @property {string} zone
 * @property {string[]} services
 * @property {"open" | "paused" | "closed"} state
 * @property {Text | null} [note]
 * @property {string | null} [until]
 * @property {{user: string, name: string} | null} [clerk]
 * @property {(Ticket & Person) | null} [ticket]
 *
 * @typedef {object} Service
 * @property {string} id
 * @property {string} agency
 * @property {Text} name
 * @property {string} prefix
 * @property {string} tile
 * @property {"open" | "paused" | "closed" | "not_operating"} status
 * @property {Text | null} [note]
 * @property {number} waiting
 * @property {number} counters_open
 * @property {string[]} [hours_today]
 * @property {string | null} [opens_at]
 * @property {number} [service_minutes]
 * @property {number} [target_wait_minutes]
 */

export class Desk {
  /**
   * @param {string} user who is signed in
   * @param {Counter} counter as `GET /counters/ID` told it
   * @param {number} seq the journal position of that answer
   */
  constructor(user, counter, seq) {
    this.user = user;
    this.counter = counter;
    this.seq = seq;
    /** @type {Record<string, Service>} */
    this.services = {};
    /** @type {Counter[]} all counters of the site */
    this.counters = [];
    /** @type {Map<string, Record<string, Ticket>>} by service */
    this.lines = new Map();
    /** @type {{ticket: string, person: Person} | null} of the ticket at the counter */
    this.person = null;
    /** What the hall saw and heard, of which ticket; the topic alone tells it. @type {any} */
    this.told = null;
    /** @type {Undoable | null} */
    this.undo = null;
    /** @type {{number: string, at: number} | null} the last call or recall that was seen */
    this.called = null;
    this.learnPerson(counter.ticket);
  }

  /**
   * A state of the topic `counter:ID`.
   * @param {Counter} state
   * @param {number} seq
   * @param {Happened | null} event
   */
  onCounter(state, seq, event) {
    if (seq >= this.seq) {
      this.counter = state;
      this.seq = seq;
      this.told = state.ticket ?? null;
    }
    if (event) {
      this.undo = afterCounterEvent(this.undo, event);
      this.onCall(event);
    }
  }

  /**
   * A state of a topic `service:ID`.
   * @param {string} service
   * @param {Record<string, Ticket>} tickets
   * @param {Happened | null} event
   */
  onLine(service, tickets, event) {
    this.lines.set(service, tickets);
    if (event) this.undo = afterLineEvent(this.undo, event);
  }

  /**
   * A state of the topic `services`.
   * @param {Record<string, Service>} services
   * @returns {boolean} whether counters of this one's services were opened or closed meanwhile
   */
  onServices(services) {
    const before = this.services;
    this.services = services;
    return this.counter.services.some(
      (id) => services[id]?.counters_open !== before[id]?.counters_open,
    );
  }

  /**
   * A command's answer.
   * @param {{seq: number, counter?: Counter, ticket?: (Ticket & Person) | null}} answer
   * @param {string | null} type of the event that the command made, where it can be undone
   * @param {number} now
   */
  onAnswer(answer, type, now) {
    if (answer.counter && answer.counter.id === this.counter.id) {
      if (answer.seq >= this.seq) {
        this.counter = answer.counter;
        this.seq = answer.seq;
      }
      this.learnPerson(answer.counter.ticket);
    }
    this.learnPerson(answer.ticket);
    if (!type || !answer.ticket) return;
    const at = new Date(now).toISOString();
    const event = { seq: answer.seq, type, at, data: { number: answer.ticket.number } };
    if (!this.undo || this.undo.seq < answer.seq) this.undo = afterCounterEvent(this.undo, event);
    this.onCall(event);
  }

  /** @param {(Ticket & Person) | null | undefined} ticket */
  learnPerson(ticket) {
    if (!ticket || !("notes" in ticket || "name" in ticket)) return;
    const { name, phone, reason, notes } = ticket;
    this.person = { ticket: ticket.id, person: { name, phone, reason, notes } };
  }

  /** True when the counter has a ticket whose personal data were not told yet. */
  get lacksPerson() {
    const ticket = this.counter.ticket;
    return Boolean(ticket) && this.person?.ticket !== ticket?.id;
  }

  /** @param {Happened} event */
  onCall(event) {
    if (event.type !== "ticket.called" && event.type !== "ticket.recalled") return;
    const at = Date.parse(event.at);
    if (event.data.number && (!this.called || at > this.called.at)) {
      this.called = { number: event.data.number, at };
    }
  }

  /** When the counter's ticket was last called or recalled, as far as is known. */
  get calledAt() {
    const ticket = this.counter.ticket;
    if (!ticket || !ticket.called_at) return null;
    const known = this.called?.number === ticket.number ? this.called.at : 0;
    return Math.max(known, Date.parse(ticket.called_at));
  }

  /**
   * What the hall saw and heard of the call of the counter's ticket. Answers of commands say nothing
   * of it, so that what the topic told stays.
   * @returns {import("./heard.js").Heard}
   */
  get heard() {
    const ticket = this.counter.ticket;
    const known = ticket && this.told?.id === ticket.id && this.told.called_at === ticket.called_at;
    if (!known || this.told.recalls !== ticket.recalls) return {};
    const { shown_at, spoken_at, unspoken } = this.told;
    return { shown_at, spoken_at, unspoken };
  }

  /** The service that the counter's ticket goes on to; null when it ends here. */
  get nextLeg() {
    const ticket = this.counter.ticket;
    const next = ticket?.journey?.[ticket.leg ?? 0];
    return next ? this.services[next] ?? null : null;
  }

  /** The other counters that serve one of the same services. */
  otherCounters() {
    const mine = new Set(this.counter.services);
    return this.counters.filter(
      (other) => other.id !== this.counter.id && other.services.some((service) => mine.has(service)),
    );
  }

  /** Ids of those in this counter's lines who are here. */
  arrived() {
    return new Set(this.tickets().filter((ticket) => ticket.arrived).map((ticket) => ticket.id));
  }

  tickets() {
    return [...this.lines.values()].flatMap((line) => Object.values(line));
  }

  lists() {
    const closed = new Set(this.counters.filter((c) => c.state === "closed").map((c) => c.id));
    return listsOf(this.tickets(), this.counter.id, (counter) => closed.has(counter));
  }

  /**
   * @param {number} now
   * @param {boolean} live
   * @returns {import("./actions.js").Facts}
   */
  facts(now, live) {
    const { counter, user, undo, calledAt } = this;
    return { counter, user, lists: this.lists(), undo, calledAt, live, now };
  }
}
