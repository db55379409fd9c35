// @ts-check
// Loads the page anew when a part of it was lost on its way: a board whose script or style did not
// come never starts, and nobody stands there to press a key. In the words of 2009, as browsers that
// are too old for the board read it too.
(function () {
  /** A part that has not come by then will not, ms. */
  var PATIENCE_MS = 60000;
  var AGAIN_MS = 5000;
  /** The service worker has a whole page under this name. */
  var MARK = "/display-kept";
  var timer = 0;

  function isWhole() {
    var styles = document.querySelectorAll("link[rel=stylesheet]");
    for (var at = 0; at < styles.length; at += 1) {
      if (!hasCome(/** @type {HTMLLinkElement} */ (styles[at]))) return false;
    }
    return document.documentElement.hasAttribute("data-started");
  }

  /** @param {HTMLLinkElement} style */
  function hasCome(style) {
    try {
      return /** @type {CSSStyleSheet} */ (style.sheet).cssRules.length > 0;
    } catch (error) {
      return false; // one that failed is not there, or nobody may look into it
    }
  }

  function look() {
    if (isWhole()) return;
    clearTimeout(timer);
    timer = setTimeout(mend, AGAIN_MS);
  }

  function mend() {
    if (!window.caches) ask();
    else caches.match(MARK).then(function (kept) { return kept ? location.reload() : ask(); }, ask);
  }

  // Without its server the browser would show an error, and stay there.
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.timeout = AGAIN_MS;
    request.onload = function () { return request.status === 200 ? location.reload() : look(); };
    request.onerror = look;
    request.ontimeout = look;
    request.send();
  }

  if (!("noModule" in document.createElement("script"))) return;
  timer = setTimeout(look, PATIENCE_MS);
  addEventListener("load", look);
}());
