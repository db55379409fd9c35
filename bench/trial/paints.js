// Runs in a display before its own scripts: tells when a number stands on the screen for the first
// time, painted. A frame is painted after the callbacks of its requestAnimationFrame; a message that
// is posted in them comes right behind it.
(() => {
  const seen = new Set();
  let inFrame = false;
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) =>
    frame((at) => {
      inFrame = true;
      try {
        draw(at);
      } finally {
        // Behind the microtasks of this callback, in which mutations are observed.
        queueMicrotask(() => queueMicrotask(() => (inFrame = false)));
      }
    });
  const painted = (numbers) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const at = performance.timeOrigin + performance.now();
      if (window.antreanTrial) window.antreanTrial(JSON.stringify({ kind: "paint", at, numbers }));
    };
    channel.port2.postMessage(null);
  };
  const look = () => {
    const fresh = [];
    for (const node of document.querySelectorAll("[data-number]")) {
      const number = node.getAttribute("data-number");
      if (!number || seen.has(number) || node.getClientRects().length === 0) continue;
      seen.add(number);
      fresh.push(number);
    }
    if (fresh.length === 0) return;
    if (inFrame) painted(fresh);
    else frame(() => painted(fresh));
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-number", "hidden", "class"],
  });
})();
