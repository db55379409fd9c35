// @ts-check
// The supervisor's board: what the topics `site`, `services` and those of the zones say.
import { byId, pageFacts, soon } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { staffDoor } from "../lib/staff.js";
import { onLanguage } from "../lib/words.js";
import { Board } from "./board.js";

/** Running times tick, and what is overdue shows, every … ms. */
const TICK_MS = 1000;

const root = byId("board");
const facts = pageFacts();

/**
 * @param {import("../lib/api.js").Session} session
 * @param {import("../lib/api.js").Api} api
 * @param {() => void} again
 */
function watch(session, api, again) {
  /** @type {Object<string, any>} */
  const agencies = {};
  const board = new Board(root, facts, session, api, agencies);
  const draw = soon(() => board.draw(live));
  const live = connect({
    topics: ["site", "services", ...facts.zones.map((zone) => `zone:${zone.id}`)],
    onState: draw,
    onStatus: draw,
    onSignedOut: end,
    onError: (topic, code) => {
      if (code === "forbidden" || code === "unauthenticated") end();
    },
  });
  // Without them the lines lack a word; nothing waits for it.
  api.get("/agencies?limit=200").then(({ items }) => {
    for (const agency of items) agencies[agency.id] = agency.short;
    draw();
  }, () => undefined);
  const ticking = setInterval(draw, TICK_MS);
  const stop = onLanguage(() => {
    board.build();
    board.draw(live);
  });
  function end() {
    live.close();
    clearInterval(ticking);
    stop();
    again();
  }
}

staffDoor(root, {
  path: "/supervisor",
  title: "Papan pengawas",
  refusal: "Papan ini untuk pengawas.",
  open: watch,
});
