// Runs in a display before its own scripts: tells which sounds really start, end or are cut, and
// when the page says that it is live or stale. It changes nothing of what the page does.
(() => {
  const tell = (kind, facts) => {
    const text = JSON.stringify(Object.assign({ kind, at: Date.now() }, facts));
    if (window.antreanTrial) window.antreanTrial(text);
  };
  const address = new WeakMap();
  const { get } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, "response");
  Object.defineProperty(XMLHttpRequest.prototype, "response", {
    get() {
      const bytes = get.call(this);
      if (bytes instanceof ArrayBuffer) address.set(bytes, new URL(this.responseURL).pathname);
      return bytes;
    },
  });
  const decode = BaseAudioContext.prototype.decodeAudioData;
  BaseAudioContext.prototype.decodeAudioData = async function (bytes, ...rest) {
    const from = address.get(bytes);
    const buffer = await decode.call(this, bytes, ...rest);
    if (from) address.set(buffer, from);
    return buffer;
  };
  // What stands largest on the board: picture and voice have to say the same.
  const large = () => {
    let best = null;
    let most = 0;
    for (const node of document.querySelectorAll("[data-number]")) {
      const high = node.getBoundingClientRect().height;
      if (high > most) [best, most] = [node, high];
    }
    if (!best) return {};
    return { number: best.getAttribute("data-number"), counter: best.getAttribute("data-counter") };
  };
  let count = 0;
  const ids = new WeakMap();
  const { start, stop } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (at, ...rest) {
    const url = this.buffer && address.get(this.buffer);
    if (url) {
      const id = (count += 1);
      ids.set(this, id);
      const wait = Math.max(0, (at || 0) - this.context.currentTime);
      const audible = this.context.state === "running";
      tell("start", { id, url, wait, seconds: this.buffer.duration, audible });
      // The board is drawn with the next frame, the chime of a speaker sounds at once.
      if (wait === 0) setTimeout(() => tell("large", { id, large: large() }), 800);
      this.addEventListener("ended", () => tell("end", { id, url }));
    }
    return start.call(this, at, ...rest);
  };
  const scheduled = AudioScheduledSourceNode.prototype.stop || stop;
  const stopped = function (at) {
    if (ids.has(this)) tell("stop", { id: ids.get(this), at: Date.now() });
    return scheduled.call(this, at);
  };
  AudioScheduledSourceNode.prototype.stop = stopped;
  const root = document.documentElement;
  const connection = () => {
    const state = document.documentElement.getAttribute("data-connection");
    if (state) tell("connection", { state });
  };
  new MutationObserver(connection).observe(document, {
    attributes: true,
    subtree: true,
    attributeFilter: ["data-connection"],
  });
  if (root) connection();
  tell("page", { url: location.href });
})();
