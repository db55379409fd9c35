// @ts-check
// The supervisor's board: who may see it, and what the topics `site` and `services` say.
import { createApi, isUnknown } from "../lib/api.js";
import { byId, pageFacts, soon } from "../lib/dom.js";
import { connect } from "../lib/live.js";
import { loadWords, onLanguage } from "../lib/words.js";
import { Board } from "./board.js";
import { forbidden, waiting } from "./doors.js";

const ROLES = ["supervisor", "admin"];
/** Running times tick, and what is overdue shows, every … ms. */
const TICK_MS = 1000;
/** Between attempts to learn who is signed in, ms. */
const ASK_MS = 2000;
const SIGN_IN = "/sign-in?next=/supervisor";

const root = byId("board");
const facts = pageFacts();
const api = createApi({ onSignedOut: signIn });

function signIn() {
  location.replace(SIGN_IN);
}

async function whoAmI() {
  for (;;) {
    try {
      return await api.session();
    } catch (error) {
      if (!isUnknown(error)) throw error;
      waiting(root);
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
  }
}

/** @param {import("../lib/api.js").Session} session */
function watch(session) {
  /** @type {Object<string, any>} */
  const agencies = {};
  const board = new Board(root, facts, session, api, agencies);
  const draw = soon(() => board.draw(live));
  const live = connect({
    topics: ["site", "services"],
    onState: draw,
    onStatus: draw,
    onSignedOut: begin,
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
    begin();
  }
}

/** Also when a session ended: then another may be there, or one has to sign in. */
async function begin() {
  const session = await whoAmI();
  if (!session) signIn();
  else if (ROLES.includes(session.role)) watch(session);
  else forbidden(root, session, api);
}

await loadWords();
begin();
