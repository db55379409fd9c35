// @ts-check
// /display without a zone: a device of the registry, or one that waits to become one.
import { name } from "../../clients/lib/words.js";
import { ofDevice } from "../options.js";
import { Screen } from "../screen.js";
import { forget, keep, recall } from "./credential.js";
import { Heard } from "./heard.js";
import { Outbox } from "./outbox.js";
import { Overlay } from "./overlay.js";
import { PairingView } from "./pairing.js";
import { Report } from "./report.js";
import { Shown } from "./shown.js";
import { Speaker } from "./speaker.js";

export class Device {
  /**
   * @param {HTMLElement} root
   * @param {Object<string, any>} facts of the page
   */
  constructor(root, facts) {
    this.root = root;
    this.facts = facts;
    /** @type {import("./credential.js").Credential|null} */
    this.credential = recall();
    /** @type {PairingView|null} */
    this.pairing = null;
    /** Whose journal positions the calls are. */
    this.epoch = "";
    /** The newest call when it was asked who it is. */
    this.calledBefore = 0;
    this.overlay = new Overlay(root, () => this._onDrawn());
    this.screen = new Screen(root, facts, {
      onMessage: (frame) => this._onMessage(frame),
      onStatus: () => this.pairing && this.pairing.connection(),
      onLost: () => this._onLost(),
      onSignedOut: () => this._onRevoked(),
      onNoZone: () => {
        this.screen.forget();
        this._wait();
      },
      onDrawn: () => this._onDrawn(),
      isIdle: () => !this.speaker.busy,
    });
    const send = (message) => this.screen.live.send(message);
    this.outbox = new Outbox(send, () => performance.now());
    this.shown = new Shown((seq) => this.outbox.say({ op: "shown", seq }));
    this.speaker = new Speaker({
      serverNow: () => this.screen.live.serverNow(),
      tell: (message) => this.outbox.say(message),
      onSpeaking: (on) => this.screen.board && this.screen.board.speaking(on),
      onSound: () => this._onSound(),
    });
    this.heard = new Heard();
    this.report = new Report(send, facts.version, () => ({
      sound: this.speaker.sound,
      speaking: this.speaker.speaking,
      heard: this.heard.ids,
    }));
  }

  async start() {
    await this.speaker.voice.settled();
    this.screen.connect(this.credential ? this.credential.token : null);
    if (this.credential) this._be(this.credential.device);
    else this._pair();
  }

  /** Shows what this device is to show. @param {any} device */
  _be(device) {
    if (this.pairing) this.pairing.stop();
    this.pairing = null;
    this.screen.show(ofDevice(device, this.facts.languages || []));
    if (!this.screen.board || !this.screen.board.state) this._wait();
    this.speaker.configure(device.settings);
  }

  _wait() {
    if (this.credential) this.overlay.wait(this.credential.device.name);
  }

  _pair() {
    this.screen.clear();
    this.overlay.clear();
    this.pairing = new PairingView(this.root, name(this.facts.site.name), this.facts.address, this.screen.live);
    this.pairing.lost();
  }

  /** @param {any} frame */
  _onMessage(frame) {
    const handle = HANDLERS[frame.op];
    if (handle) handle(this, frame);
  }

  /** @param {any} frame */
  onHello(frame) {
    if (this.pairing) this.pairing.ask();
    // The server's data were restored: calls to come have the names of calls that were.
    if (this.epoch && frame.epoch !== this.epoch) {
      this.shown.forget();
      this.speaker.forget();
      this.heard.forget();
      this.outbox.clear();
    }
    this.epoch = frame.epoch;
  }

  /** @param {any} device */
  onDevice(device) {
    if (!this.credential) return;
    this.credential = { token: this.credential.token, device };
    keep(this.credential);
    this._be(device);
    // The report first: the server takes confirmations only of a device that it knows to be there.
    this.report.opened();
    this.outbox.opened();
    this.speaker.found();
  }

  /** An administrator took this display in. @param {any} frame */
  onPaired(frame) {
    this.credential = { token: frame.token, device: frame.device };
    keep(this.credential);
    this._be(frame.device);
    this.screen.live.restart(frame.token);
  }

  /** @param {import("./turns.js").Speak} turn */
  onSpeak(turn) {
    this.heard.add(turn.id); // before anything else: it may be said from here on
    this.speaker.speak(turn);
  }

  /** @param {string} what */
  onDo(what) {
    if (what === "reload") this.screen.renewal.reload();
    if (what === "test-sound") this.speaker.test();
    if (what !== "identify" || !this.credential) return;
    const { device } = this.credential;
    const zone = this.facts.zones.find((one) => one.id === device.zone);
    this.calledBefore = this._newestCall();
    this.overlay.identify(device, zone ? name(zone.name) : "");
  }

  _onLost() {
    if (this.pairing) this.pairing.lost();
    this.report.lost();
    this.outbox.lost();
    this.speaker.lost();
  }

  /** This device is nobody any more: as if it had never been one. */
  _onRevoked() {
    forget();
    this.credential = null;
    this.speaker.silence();
    this.heard.forget();
    this.outbox.clear();
    this.screen.live.restart(null);
    this._pair();
  }

  _onDrawn() {
    const { board, live } = this.screen;
    if (board && board.state) this.overlay.ready();
    // A call takes the screen back from everything else.
    if (this._newestCall() > this.calledBefore) this.overlay.uncover();
    // Nobody saw what was drawn below the cover.
    if (!board || live.status !== "live" || this.overlay.identified) return;
    this.shown.drawn(board.drawn());
  }

  /** Its `seq`, which a recall renews; 0: nobody is called. */
  _newestCall() {
    const { board } = this.screen;
    const calls = board && board.state ? board.state.calls : {};
    const called = Object.keys(calls).filter((number) => calls[number].state === "called");
    return Math.max(0, ...called.map((number) => calls[number].seq));
  }

  _onSound() {
    this.report.look();
    this.overlay.blocked(this.credential !== null && this.speaker.sound === "blocked");
  }
}

/** What the server says to a display. @type {Object<string, (device: Device, frame: any) => void>} */
const HANDLERS = {
  hello: (device, frame) => device.onHello(frame),
  pairing: (device, frame) => device.pairing && device.pairing.show(frame.code, frame.until),
  paired: (device, frame) => device.onPaired(frame),
  device: (device, frame) => device.onDevice(frame.device),
  do: (device, frame) => device.onDo(frame.what),
  speak: (device, frame) => device.onSpeak(frame),
};
