// @ts-check
/** The bar on top: which counter this is, who sits here, pause and close, the time; or that all this is old. */

import { el, setAttr, setText } from "../lib/dom.js";
import { connectionWord } from "../lib/connection.js";
import { bullet } from "../lib/plate.js";
import { t } from "../lib/words.js";
import { keyButton, mark, redraw } from "./draw.js";

/** @typedef {import("./view.js").View} View */

export class Bar {
  /** @param {(action: string) => void} press */
  constructor(press) {
    this.name = el("a", { class: "bar-name", href: "/counter", title: t("Ganti loket") });
    this.services = el("span", { class: "bar-services" });
    this.agency = el("span", { class: "bar-agency" });
    this.stale = el("span", { class: "bar-stale" });
    this.connection = connectionWord();
    this.clerk = el("span", { class: "bar-clerk" });
    this.pause = keyButton("pause", "p", press, "bar");
    this.close = keyButton("close", "", press, "bar");
    this.clock = el("span", { class: "bar-clock" });
    this.root = el(
      "header",
      { class: "bar" },
      this.name,
      this.services,
      this.agency,
      this.stale,
      this.connection,
      this.clerk,
      this.pause.root,
      this.close.root,
      this.clock,
    );
  }

  /** @param {View} view */
  update(view) {
    const { desk, said, live, clock, lastHeard } = view;
    setText(this.name, said.name(desk.counter.name));
    this.drawServices(view);
    setText(this.agency, agencies(view));
    setText(this.clerk, desk.counter.clerk?.name ?? "");
    setText(
      this.stale,
      live ? "" : t("Tidak tersambung – data terakhir {time}, menyambung kembali", { time: said.clockOf(lastHeard) }),
    );
    this.root.classList.toggle("is-stale", !live);
    const state = desk.counter.state;
    setText(this.pause.label, state === "paused" ? t("Buka lagi") : t("Jeda"));
    mark(this.pause.root, live && state !== "closed" && view.phase !== "taken");
    setText(this.close.label, t("Tutup loket"));
    const busy = Boolean(desk.counter.ticket);
    mark(this.close.root, live && state !== "closed" && !busy && view.phase !== "taken");
    setAttr(this.close.root, "title", busy ? t("Selesaikan dulu nomor ini.") : null);
    setText(this.clock, said.timeOf(clock));
  }

  /** @param {View} view */
  drawServices({ desk, said }) {
    const services = desk.counter.services.map((id) => desk.services[id]).filter(Boolean);
    const key = services.map((service) => service.prefix + service.tile + service.status).join();
    redraw(this.services, key, () =>
      services.map((service) =>
        el(
          "span",
          {
            class: service.status === "open" ? "bar-service" : "bar-service is-shut",
            role: "img",
            "aria-label": said.name(service.name),
            title: said.name(service.name),
          },
          bullet(service),
        ),
      ),
    );
  }
}

/**
 * @param {View} view
 * @returns {string} short names of the agencies served here
 */
function agencies({ desk, agencyName }) {
  const ids = desk.counter.services.map((id) => desk.services[id]?.agency).filter(Boolean);
  return [...new Set(ids)].map((id) => agencyName(/** @type {string} */ (id))).join(", ");
}
