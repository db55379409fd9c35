// @ts-check
// Turns, voice and settings of one device brought together: what it is told to say becomes sound,
// and what became of it is told.
import { canSpeak, hush, speak } from "./speech.js";
import { Turns } from "./turns.js";
import { TEST_SECONDS, Voice } from "./voice.js";

/** What no settings say, percent. */
const VOLUME = 80;

/**
 * @typedef {Object} SpeakerHooks
 * @property {() => number} serverNow ms since 1970 by the server's clock
 * @property {(message: any) => void} tell the server, kept until it can be
 * @property {(on: boolean) => void} onSpeaking something sounds, or no longer
 * @property {() => void} onSound `sound` may be another one
 */

export class Speaker {
  /** @param {SpeakerHooks} hooks */
  constructor(hooks) {
    this.hooks = hooks;
    /** @type {any} */
    this.settings = {};
    /** What was loaded for a turn. @type {WeakMap<any, AudioBuffer[]>} */
    this.buffers = new WeakMap();
    this.voice = new Voice(() => this.hooks.onSound());
    this.turns = new Turns({
      now: () => performance.now(),
      serverNow: hooks.serverNow,
      load: (turn) => this._load(turn),
      play: (turn) => this._play(turn),
      stop: () => this._stop(),
      tell: hooks.tell,
    });
  }

  /** @param {any} settings of the device */
  configure(settings) {
    this.settings = settings || {};
    this.hooks.onSound();
  }

  /** @returns {import("./voice.js").Sound} */
  get sound() {
    const { voice, sound, volume } = this.settings;
    // Without volume it would confirm what nobody heard.
    if (voice === "none" || sound === false || volume === 0) return "off";
    return voice === "browser" && !canSpeak() ? "off" : this.voice.sound;
  }

  /** The id of what sounds now; null for nothing. */
  get speaking() {
    return this.turns.speaking;
  }

  get busy() {
    return this.turns.busy;
  }

  /** @param {import("./turns.js").Speak} turn */
  speak(turn) {
    const sound = turn.volume === 0 ? "off" : this.sound;
    this.turns.speak(turn, sound === "on" ? null : sound);
    this._arm();
  }

  /** Two tones, for whoever sets up the TV. */
  test() {
    this.voice.unlock();
    if (this.voice.sound === "on") this.turns.test(TEST_SECONDS);
    this._arm();
  }

  /** The server knows this device again. */
  found() {
    this.turns.found();
    this._arm();
  }

  lost() {
    this.turns.lost();
    this._arm();
  }

  /** Nothing is said any more. */
  silence() {
    this.turns.silence();
    this._arm();
  }

  /** Turns to come are others, whatever their id. */
  forget() {
    this.turns.spoken.clear();
  }

  /** Has the turns look again when it is time. */
  _arm() {
    this.voice.keep([].concat(...this.turns.line.map((turn) => turn.speak.audio)));
    clearTimeout(this.timer);
    const left = this.turns.left();
    if (left === null) return;
    // One ms more, as timers may come a little early.
    this.timer = setTimeout(() => {
      this.turns.tick();
      this._arm();
    }, left + 1);
  }

  /** @param {import("./turns.js").Turn} turn */
  async _load(turn) {
    try {
      const isOwn = !turn.id || this.settings.voice === "browser";
      this.buffers.set(turn, isOwn ? [] : await this.voice.load(turn.speak.audio));
      this.turns.loaded(turn);
    } catch (error) {
      this.turns.failed(turn, "audio_failed");
    }
    this._arm();
  }

  /** @param {import("./turns.js").Turn} turn */
  _play(turn) {
    const zone = turn.speak.volume === undefined ? 100 : turn.speak.volume;
    const own = this.settings.volume === undefined ? VOLUME : this.settings.volume;
    const volume = (own / 100) * (zone / 100);
    this.hooks.onSpeaking(true);
    if (!turn.id) this.voice.test(volume, () => this._ended(turn, true));
    else if (this.settings.voice === "browser") this._speak(turn, volume);
    else this.voice.play(this.buffers.get(turn) || [], volume, (wasHeard) => this._ended(turn, wasHeard));
  }

  /** @param {import("./turns.js").Turn} turn @param {number} volume */
  _speak(turn, volume) {
    this.voice.test(volume, () => {
      if (this.turns.line[0] !== turn) return;
      const { announcement, audio, text } = turn.speak;
      if (!announcement && audio.length === 1) this._ended(turn, true); // many wait: the chime is all
      else speak(text, languagesOf(turn.speak), volume, (isWell) => this._ended(turn, isWell));
    });
  }

  /** @param {import("./turns.js").Turn} turn @param {boolean} wasHeard */
  _ended(turn, wasHeard) {
    if (this.turns.line[0] !== turn) return; // it was stopped meanwhile
    this.hooks.onSpeaking(false);
    if (wasHeard) this.turns.ended(turn);
    else this.turns.failed(turn, "audio_failed");
    this._arm();
  }

  _stop() {
    this.voice.stop();
    hush();
    this.hooks.onSpeaking(false);
  }
}

/**
 * Those that the zone speaks of the languages of a text, else its first; the same words once.
 * @param {import("./turns.js").Speak} turn
 */
function languagesOf({ text, languages = [] }) {
  const wanted = languages.filter((language) => text[language]);
  const said = wanted.map((language) => text[language]);
  const once = wanted.filter((language, index) => said.indexOf(text[language]) === index);
  return once.length > 0 ? once : Object.keys(text).slice(0, 1);
}
