// @ts-check
/**
 * Pages for supervisors and administrators: who may come in, the dark bar with the way to the
 * others, the one socket.
 */
import { createApi, isUnknown } from "./api.js";
import { connectionWord, showConnection, staleBar } from "./connection.js";
import { el, pageFacts, replace, setText, soon } from "./dom.js";
import { icon } from "./icon.js";
import { connect } from "./live.js";
import { formatClock } from "./time.js";
import { languageSwitch, loadWords, name, onLanguage, t } from "./words.js";

const ROLES = ["supervisor", "admin"];
/** Ages and the clock move on this often, ms. */
const TICK_MS = 1000;
/** Between attempts to learn who is signed in, ms. */
const ASK_MS = 2000;
const PAGES = [
  ["/supervisor", "Papan pengawas"],
  ["/devices", "TV"],
  ["/playlist", "Media dan suara"],
];

/** @typedef {import("./api.js").Session} Session */
/** @typedef {import("./api.js").Api} Api */
/**
 * @typedef {object} Staff what a view is made with
 * @property {Api} api
 * @property {Session} session
 * @property {import("./live.js").Live} live not before the first `draw`
 * @property {Object<string, any>} facts of the page
 * @property {() => void} redraw draws soon
 * @typedef {{node: HTMLElement, draw: () => void, end?: () => void, kept?: () => any,
 *   onEvent?: (topic: string, type: string) => void}} View `onEvent`: `type` "" for a snapshot;
 *   `kept`: what was typed or is on its way, for the view in another language
 */

/**
 * Lets in whoever has the role, now and whenever a session ends: then another may be there.
 *
 * @param {HTMLElement} root whose `main` says that the server does not answer yet
 * @param {{path: string, title: string, refusal: string,
 *   open: (session: Session, api: Api, again: () => void) => void}} given `path`: where one comes
 *   back to after signing in; `again`: the session ended
 */
export async function staffDoor(root, given) {
  const signIn = () => location.replace(`/sign-in?next=${given.path}`);
  const api = createApi({ onSignedOut: signIn });
  const begin = async () => {
    const session = await whoAmI(api, root);
    if (!session) signIn();
    else if (ROLES.indexOf(session.role) >= 0) given.open(session, api, begin);
    else forbidden(root, given, session, api);
  };
  await loadWords();
  await begin();
}

/** @param {Api} api @param {HTMLElement} root @returns {Promise<Session | null>} */
async function whoAmI(api, root) {
  for (;;) {
    try {
      return await api.session();
    } catch (error) {
      if (!isUnknown(error)) throw error;
      const main = root.querySelector("main");
      if (main) replace(main, el("p", { role: "status" }, t("Server belum menjawab. Mencoba lagi.")));
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
  }
}

/**
 * @param {HTMLElement} root
 * @param {{path: string, title: string, refusal: string}} given
 * @param {Session} session
 * @param {Api} api
 */
function forbidden(root, given, session, api) {
  const other = async () => {
    await api.signOut();
    location.replace(`/sign-in?next=${given.path}`);
  };
  replace(
    root,
    el("header", { class: "bar" }, el("h1", { class: "staff-name" }, t(given.title))),
    el(
      "main",
      { class: "staff-refused" },
      el("p", { class: "refusal", role: "alert" }, icon("alert"),
        el("span", null, t(given.refusal),
          el("span", { class: "refusal-hint" }, t("Anda masuk sebagai {user}.", { user: session.user })))),
      el("p", { class: "staff-ways" },
        el("button", { type: "button", class: "button button-now", onclick: other },
          t("Masuk dengan akun lain")),
        el("a", { class: "button", href: "/counter" }, t("Ke loket"))),
    ),
  );
}

/**
 * A whole page: bar, stale bar, and the view that `make` gives; made anew in another language.
 *
 * @param {HTMLElement} root
 * @param {{path: string, title: string, refusal: string, topics: string[],
 *   make: (staff: Staff, kept: any) => View}} given `kept`: as the view before gave it, else null
 */
export function staffPage(root, given) {
  return staffDoor(root, {
    path: given.path,
    title: given.title,
    refusal: given.refusal,
    open: (session, api, again) => watch(root, given, session, api, again),
  });
}

/**
 * @param {HTMLElement} root
 * @param {Parameters<typeof staffPage>[1]} given
 * @param {Session} session
 * @param {Api} api
 * @param {() => void} again
 */
function watch(root, given, session, api, again) {
  const facts = pageFacts();
  const clock = el("p", { class: "staff-clock" });
  /** @type {Staff} */
  const staff = { api, session, facts, live: /** @type {any} */ (null), redraw: () => draw() };
  /** @type {View | null} */
  let view = null;
  const build = () => {
    const kept = view && view.kept ? view.kept() : null;
    if (view && view.end) view.end();
    view = given.make(staff, kept);
    replace(root, bar(given, facts, session, api, clock), staleBar(), view.node);
  };
  const draw = soon(() => {
    if (!staff.live || !view) return;
    showConnection(staff.live);
    if (staff.live.lastIso()) setText(clock, formatClock(staff.live.serverIso()));
    view.draw();
  });
  build();
  staff.live = connect({
    topics: given.topics,
    onState: (topic, state, event) => {
      if (view && view.onEvent) view.onEvent(topic, event ? event.type : "");
      draw();
    },
    onStatus: draw,
    onSignedOut: () => end(),
    onError: (topic, code) => {
      if (code === "forbidden" || code === "unauthenticated") end();
    },
  });
  const ticking = setInterval(draw, TICK_MS);
  const stop = onLanguage(() => {
    build();
    draw();
  });
  draw();
  function end() {
    staff.live.close();
    clearInterval(ticking);
    stop();
    if (view && view.end) view.end();
    view = null;
    again();
  }
}

/**
 * @param {{path: string, title: string}} given
 * @param {Object<string, any>} facts
 * @param {Session} session
 * @param {Api} api
 * @param {HTMLElement} clock
 */
function bar(given, facts, session, api, clock) {
  const signOut = async () => {
    await api.signOut();
    location.assign(`/sign-in?next=${given.path}`);
  };
  return el(
    "header",
    { class: "bar staff-bar" },
    el("h1", { class: "staff-name" }, t(given.title)),
    el("p", { class: "staff-site" }, name(facts.site.name)),
    staffLinks(given.path),
    connectionWord(),
    languageSwitch(),
    el("button", { type: "button", class: "button staff-user", onclick: signOut },
      el("span", { class: "staff-user-name" }, session.user), t("Keluar")),
    clock,
  );
}

/** The other pages. @param {string} here */
export function staffLinks(here) {
  const others = PAGES.filter(([path]) => path !== here);
  return el("nav", { class: "staff-nav", "aria-label": t("Halaman petugas") },
    others.map(([path, words]) => el("a", { class: "staff-link", href: path }, t(words))));
}
