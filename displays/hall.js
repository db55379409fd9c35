// @ts-check
// A hall display. /display: a device, which shows what it is set to; /display?zone=ID: that zone, with
// ?layout=counters, ?theme=dark and ?lang=en as wanted; /display?zone= a list to choose from.
import { byId, pageFacts } from "../clients/lib/dom.js";
import { loadWords, name, setLanguage } from "../clients/lib/words.js";
import { keepAwake } from "./awake.js";
import { choose } from "./choose.js";
import { Device } from "./device/device.js";
import { ofQuery } from "./options.js";
import { Screen } from "./screen.js";
import { keepShell } from "./shell.js";

/** Words are waited for this long: a hall without English is better than none, ms. */
const WORDS_MS = 3000;

/**
 * A display that no device stands behind: it shows, and neither speaks nor reports.
 * @param {HTMLElement} root
 * @param {Object<string, any>} facts
 * @param {import("./options.js").Options} options
 */
function view(root, facts, options) {
  const screen = new Screen(root, facts, {
    onNoZone(zone) {
      screen.close();
      choose(root, name(facts.site.name), facts.zones, zone);
    },
  });
  screen.connect(null);
  screen.show(options);
}

async function start() {
  document.documentElement.setAttribute("data-started", ""); // watch.js waits for it
  const query = new URLSearchParams(location.search);
  const root = byId("hall");
  const facts = pageFacts();
  const options = ofQuery(query);
  setLanguage(options.lang, { remember: false });
  await Promise.race([loadWords(), new Promise((resolve) => setTimeout(resolve, WORDS_MS))]);
  if (options.zone) view(root, facts, options);
  else if (query.has("zone")) choose(root, name(facts.site.name), facts.zones, null);
  else new Device(root, facts).start();
  keepShell();
  keepAwake();
}

start();
