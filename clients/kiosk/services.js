// @ts-check
/** The services of one agency, each with its wait or why not. */
import { el } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { pair } from "../lib/lines.js";
import { nameHeading } from "./say.js";
import { doors, offered } from "./model.js";
import { serviceRow } from "./service-row.js";
import { sync } from "./start.js";

/**
 * @param {import("./kiosk.js").App} app
 * @param {{agency: string, refused?: {service: string, words: string}}} step `refused`: a number
 *   of this service was just refused, and why (a msgid)
 * @returns {import("./kiosk.js").Screen}
 */
export function servicesScreen(app, step) {
  const list = el("ul", { class: "services" });
  const node = el("div", { class: "screen" });
  /** @type {Map<string, import("./service-row.js").Row>} */
  const rows = new Map();

  const find = () => doors(app.agencies, app.services).find((door) => door.id === step.agency);
  const order = offered(find(), app.channel);

  function draw() {
    const door = find();
    if (!door) {
      app.go({ name: "start" });
      return;
    }
    const services = door.services.filter((service) => order.includes(service.id))
      .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    sync(list, services, rows, () => serviceRow({
      channel: app.channel, today: () => app.today(),
      exhausted: (id) => app.isExhausted(id),
      onPick: (id) => app.pick(id),
    }), (row, service) => row.update(service));
  }

  const door = find();
  if (door) {
    const letters = Math.max(...door.services.map((service) => service.prefix.length));
    list.dataset.letters = String(letters);
    node.append(nameHeading(door.name, "Pilih layanan"), list,
      el("p", { class: "small" }, pair("Perkiraan menunggu dihitung dari loket yang sedang buka.")));
  }
  draw();
  if (step.refused) {
    const row = rows.get(step.refused.service);
    const words = el("p", { class: "refused", role: "alert" }, icon("alert"),
      el("span", {}, pair(step.refused.words)));
    (row ? row.node : list).append(words);
  }
  return { node, update: draw, back: { name: "start" } };
}
