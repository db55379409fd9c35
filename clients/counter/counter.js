// @ts-check
/** The page `/counter` and `/counter/ID`: asks where one sits, or opens the console of a counter. */

import { createApi, Refusal } from "../lib/api.js";
import { byId, el, replace } from "../lib/dom.js";
import { loadWords, onLanguage, t } from "../lib/words.js";
import { Console } from "./console.js";
import { namesOf } from "./names.js";
import { Picker } from "./picker.js";
import { saidOf } from "./said.js";

/** After this long the page tries again to begin, ms. */
const AGAIN_MS = 2_000;

const PATH = /^\/counter\/([^/]+)\/?$/;

const api = createApi({ onSignedOut: signIn });

function signIn() {
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
}

async function begin() {
  const session = await api.session();
  if (!session) return signIn();
  const [site, agencies] = await Promise.all([api.get("/site"), api.get("/agencies?limit=200")]);
  const known = {
    api,
    session: { name: session.user, counters: null, ...session },
    said: saidOf(site.at),
    names: namesOf(site.classes, agencies.items),
    site,
    onSignedOut: signIn,
  };
  const root = byId("console");
  const asked = PATH.exec(location.pathname);
  if (!asked) return void new Picker(root, known);
  const counter = await api.get(`/counters/${asked[1]}`);
  new Console(root, { ...known, counter });
}

/** @param {any} error */
function failed(error) {
  const told = byId("console-loading");
  if (error instanceof Refusal && error.status < 500 && error.status !== 429) {
    const words = error.status === 404 ? t("Loket itu tidak ada.") : error.detail;
    replace(told, words, " ", el("a", { href: "/counter" }, t("Pilih loket")));
    return;
  }
  replace(told, t("Server belum menjawab. Mencoba lagi."));
  setTimeout(() => begin().catch(failed), AGAIN_MS);
}

await loadWords();
onLanguage(() => location.reload());
begin().catch(failed);
