// @ts-check
// A display that nobody knows yet: the code by which an administrator takes it in, large enough to be
// read from where one stands with a phone.
import { el, replace, setAttr } from "../../clients/lib/dom.js";
import { icon } from "../../clients/lib/icon.js";
import { pair } from "../../clients/lib/lines.js";
import { connectionWord, showConnection, staleBar } from "../../clients/lib/connection.js";
import { formatClock } from "../../clients/lib/time.js";

/** A code is renewed when it ends; the server's timer and this one may differ a little, ms. */
const BESIDE_MS = 500;
/** Where the server gave the same code again. */
const AGAIN_MS = 5000;
const GROUP = 3;

export class PairingView {
  /**
   * @param {HTMLElement} root
   * @param {string} site its name
   * @param {string} address of the server, as others reach it; "" where it does not know
   * @param {import("../../clients/lib/live.js").Live} live
   */
  constructor(root, site, address, live) {
    this.live = live;
    this.code = el("p", { class: "pairing-code", "data-code": "" });
    this.until = el("p", { class: "pairing-until", role: "status" });
    this.qr = el("div", { class: "pairing-qr" });
    setAttr(root, "class", "hall pairing");
    setAttr(root, "data-layout", null);
    setAttr(document.documentElement, "data-theme", null);
    replace(
      root,
      el("header", { class: "hall-head" }, el("p", { class: "hall-title" }, el("b", { class: "hall-zone" }, site))),
      el("div", { class: "edge" }),
      el(
        "main",
        { class: "pairing-main" },
        el(
          "div",
          { class: "pairing-text" },
          el("h1", { class: "pairing-heading" }, pair("Pasangkan layar ini")),
          this.code,
          el("p", { class: "pairing-how" }, pair("Pindai kode QR dengan ponsel administrator, atau buka {address} dan ketik kode ini.", { address: `${host(address)}/devices` })),
          el("p", { class: "pairing-how" }, pair("Setelah diterima, layar ini mulai dengan sendirinya.")),
          this.until,
        ),
        this.qr,
      ),
      el(
        "footer",
        { class: "hall-foot" },
        el("a", { class: "pairing-other", href: "/display?zone=" }, el("span", null, pair("Tanpa memasangkan: pilih zona")), icon("arrow-right")),
        connectionWord(),
      ),
      staleBar(),
    );
    this.connection();
  }

  /** The connection is another one; a code ends with the socket that it was given to. */
  connection() {
    showConnection(this.live);
  }

  /** The code is nobody's any more. */
  lost() {
    clearTimeout(this.timer);
    // An outline in its place: the sign for a plate without a number.
    setAttr(this.code, "data-code", "");
    setAttr(this.code, "aria-label", null);
    replace(this.code);
    replace(this.qr);
    replace(this.until, pair("Menunggu kode dari server"));
  }

  /**
   * @param {string} code
   * @param {string} until ISO 8601
   */
  show(code, until) {
    clearTimeout(this.timer);
    const left = Date.parse(until) - this.live.serverNow();
    this.timer = setTimeout(() => this.ask(), Math.max(left + BESIDE_MS, AGAIN_MS));
    setAttr(this.code, "data-code", code);
    setAttr(this.code, "aria-label", code.split("").join(" "));
    replace(this.code, code.slice(0, GROUP), el("span", { class: "pairing-gap" }), code.slice(GROUP));
    const time = formatClock(until);
    replace(this.until, pair("Berlaku sampai {time}, lalu kode baru muncul sendiri.", { time }));
    const image = new Image();
    image.alt = "";
    image.src = `/display-code.svg?code=${encodeURIComponent(code)}`;
    // Without it there are still the address and the code.
    image.onerror = () => replace(this.qr);
    replace(this.qr, image);
  }

  /** Asks for a code: the same one as long as it holds, else a new one. */
  ask() {
    this.live.send({ op: "pair" });
  }

  stop() {
    clearTimeout(this.timer);
  }
}

/** As one types it. @param {string} address */
function host(address) {
  return address ? address.replace(/^https?:\/\//, "") : location.host;
}
