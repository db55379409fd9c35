// @ts-check
// The sound of a display, by Web Audio: what is heard is measured, so that nothing counts as spoken
// that came out as silence.
import { Clips } from "./clips.js";

/** A browser that may sound says so within this time, ms. */
const SETTLE_MS = 600;
/** How often sound that was taken away is asked back, ms. */
const REVIVE_MS = 5000;
/** How often what is heard is measured, ms. */
const METER_MS = 100;
/** Half of the least step of 16 bits: quieter is silence. */
const SILENCE = 1 / 65536;
/** A sound that is stopped fades this long, as a step in it would crack, s. */
const FADE_S = 0.03;
/** The tones of the test, Hz, and how long each rings, s. */
const TONES = [659.25, 523.25];
const TONE_S = 0.7;
export const TEST_SECONDS = TONES.length * TONE_S;

/** @typedef {"on"|"blocked"|"off"} Sound */

export class Voice {
  /** @param {() => void} onChange `sound` is another one */
  constructor(onChange) {
    const Context = window.AudioContext;
    this.onChange = onChange;
    /** @type {AudioContext|null} null: this browser has none */
    this.context = Context ? new Context() : null;
    /** What sounds, to stop it. @type {AudioScheduledSourceNode[]} */
    this.sources = [];
    if (!this.context) return;
    this.clips = new Clips(this.context);
    this.meter = this.context.createAnalyser();
    this.gain = this.context.createGain();
    this.meter.connect(this.gain);
    this.gain.connect(this.context.destination);
    this.samples = new Float32Array(this.meter.fftSize);
    this.wasOn = this.sound === "on";
    this.context.onstatechange = () => this._onState();
    for (const gesture of GESTURES) addEventListener(gesture, () => this.unlock(), true);
    this._keepAwake(this.context);
  }

  /** @returns {Sound} */
  get sound() {
    if (!this.context) return "off";
    return this.context.state === "running" ? "on" : "blocked";
  }

  /** Resolves when it is known whether sound is blocked. */
  settled() {
    return new Promise((resolve) => {
      const began = performance.now();
      const look = () => {
        if (this.sound !== "blocked" || performance.now() - began > SETTLE_MS) resolve(null);
        else setTimeout(look, 20);
      };
      look();
    });
  }

  /** A press or a key lets a browser sound. */
  unlock() {
    if (this.context && this.context.state !== "running") this.context.resume().catch(() => {});
  }

  _onState() {
    this.onChange();
    this.wasOn = this.wasOn || this.sound === "on";
    if (this.wasOn) this._revive();
  }

  /** A system that took the sound of a TV away, as for another sound, leaves it to us to ask for it:
      nobody stands there to press a key. */
  _revive() {
    clearTimeout(this.reviving);
    if (this.sound !== "blocked") return;
    this.unlock();
    this.reviving = setTimeout(() => this._revive(), REVIVE_MS);
  }

  /** @param {string[]} addresses */
  load(addresses) {
    return this.clips ? this.clips.load(addresses) : Promise.reject(new Error("no sound"));
  }

  /** @param {string[]} needed addresses of what may still be played; others may be forgotten */
  keep(needed) {
    if (this.clips) this.clips.keep(needed);
  }

  /**
   * Plays sounds without a gap.
   * @param {AudioBuffer[]} buffers
   * @param {number} volume 0 to 1
   * @param {(wasHeard: boolean) => void} onEnded not called when it was stopped
   */
  play(buffers, volume, onEnded) {
    const context = /** @type {AudioContext} */ (this.context);
    let at = context.currentTime;
    this._begin(volume, onEnded, buffers.map((buffer) => {
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.start(at);
      at += buffer.duration;
      return source;
    }));
  }

  /** Two tones of its own, for which no server is needed. @param {number} volume @param {() => void} onEnded */
  test(volume, onEnded) {
    const context = /** @type {AudioContext} */ (this.context);
    const at = context.currentTime;
    this._begin(volume, onEnded, TONES.map((tone, index) => {
      const source = context.createOscillator();
      source.frequency.value = tone;
      source.start(at + index * TONE_S);
      source.stop(at + (index + 1) * TONE_S);
      return source;
    }));
  }

  /** Ends what sounds. */
  stop() {
    const { context, gain } = this;
    if (!context || !gain) return;
    clearInterval(this.measuring);
    gain.gain.setTargetAtTime(0, context.currentTime, FADE_S / 3);
    for (const source of this.sources) {
      source.onended = () => letGo([source]);
      source.stop(context.currentTime + FADE_S);
    }
    this.sources = [];
  }

  /**
   * @param {number} volume
   * @param {(wasHeard: boolean) => void} onEnded
   * @param {AudioScheduledSourceNode[]} sources in order
   */
  _begin(volume, onEnded, sources) {
    const { context, gain, meter } = this;
    if (!context || !gain || !meter || sources.length === 0) {
      setTimeout(() => onEnded(false), 0);
      return;
    }
    let peak = 0;
    gain.gain.cancelScheduledValues(0);
    gain.gain.setValueAtTime(volume, context.currentTime);
    for (const source of sources) source.connect(meter);
    this.sources = sources;
    const measure = () => {
      meter.getFloatTimeDomainData(this.samples);
      for (const sample of this.samples) peak = Math.max(peak, Math.abs(sample));
    };
    clearInterval(this.measuring);
    this.measuring = setInterval(measure, METER_MS);
    sources[sources.length - 1].onended = () => {
      measure();
      clearInterval(this.measuring);
      this.sources = [];
      letGo(sources);
      onEnded(peak > SILENCE);
    };
  }

  /**
   * TVs put an output to sleep that is silent, and then swallow the beginning of what comes: the
   * last bit of 16 never rests, which nobody hears.
   * @param {AudioContext} context
   */
  _keepAwake(context) {
    const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
    const samples = buffer.getChannelData(0);
    for (let at = 0; at < samples.length; at += 1) samples[at] = (at % 100 < 50 ? 1 : -1) / 32768;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = true;
    source.connect(context.destination);
    source.start();
  }
}

/** While a node has a sound, its memory cannot be given back, also after it ended.
    @param {AudioScheduledSourceNode[]} sources */
function letGo(sources) {
  for (const source of sources) {
    source.disconnect();
    if (source instanceof AudioBufferSourceNode) source.buffer = null;
  }
}

const GESTURES = ["pointerdown", "pointerup", "touchend", "mousedown", "click", "keydown"];
