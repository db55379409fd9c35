// @ts-check
// What a device says of itself: at each connection, when something changes, and now and then, as one
// that gave no answer once is no speaker until it reports again.

const EVERY_MS = 60000;
/** A window that is drawn larger changes with each frame: the last size counts, ms. */
const RESIZE_MS = 500;

export class Report {
  /**
   * @param {(message: any) => boolean} send
   * @param {string} version of the page
   * @param {() => {sound: string, speaking: string|null, heard: string[]|null}} facts
   */
  constructor(send, version, facts) {
    this.send = send;
    this.version = version;
    this.facts = facts;
    this.isOpen = false;
    this.key = "";
    addEventListener("resize", () => {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => this.look(), RESIZE_MS);
    });
  }

  /** The server knows who speaks. */
  opened() {
    this.isOpen = true;
    this._tell();
  }

  lost() {
    this.isOpen = false;
    clearTimeout(this.timer);
  }

  /** Something may be another than was told. */
  look() {
    if (this.isOpen && this._key() !== this.key) this._tell();
  }

  _tell() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this._tell(), EVERY_MS);
    this.key = this._key();
    const { sound, speaking, heard } = this.facts();
    /** @type {Object<string, any>} */
    const message = { op: "report", sound, version: this.version, screen: screenSize(), clock: Date.now() };
    if (speaking) message.speaking = speaking;
    if (heard) message.heard = heard;
    this.send(message);
  }

  _key() {
    return `${this.facts().sound} ${screenSize().join(" ")}`;
  }
}

/** In pixels of the screen, as a TV's manual has them. */
function screenSize() {
  const ratio = window.devicePixelRatio || 1;
  return [Math.round(innerWidth * ratio), Math.round(innerHeight * ratio)];
}
