// @ts-check
/** Staff sign-in: errors under the field, then back to where one came from. */
import { createApi, Refusal } from "../lib/api.js";
import { byId, el, pageFacts, replace } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { formatDuration } from "../lib/time.js";
import { loadWords, t } from "../lib/words.js";
import { localPath } from "./next.js";

const api = createApi();
const next = localPath(pageFacts().next);
/** Where one gets to who did not come from anywhere. */
const HOMES = { clerk: "/counter", supervisor: "/supervisor", admin: "/supervisor" };
const PLACES = [
  ["/counter", "Loket"],
  ["/supervisor", "Papan pengawas"],
  ["/devices", "TV"],
  ["/playlist", "Media dan suara"],
  ["/kiosk", "Kios nomor"],
];

const form = byId("sign-in");
const username = /** @type {HTMLInputElement} */ (byId("username"));
const password = /** @type {HTMLInputElement} */ (byId("password"));
let busy = false;

async function start() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy) void signIn();
  });
  byId("show").addEventListener("click", toggleSecret);
  byId("sign-out").addEventListener("click", () => void signOut());
  for (const field of [username, password]) {
    field.addEventListener("input", () => refuse(field, ""));
  }
  await loadWords();
  const place = PLACES.find(([path]) => next && next.startsWith(path));
  if (place) {
    byId("back").textContent = t("Setelah masuk Anda kembali ke {place}.", { place: t(place[1]) });
  }
  const session = await api.session().catch(() => null);
  if (session) showSignedIn(session);
  else if (pageFacts().name === "sign-in") username.focus();
}

async function signIn() {
  refuse(username, username.value.trim() ? "" : t("Isi nama pengguna."));
  refuse(password, password.value ? "" : t("Isi kata sandi."));
  const empty = [username, password].find((field) => field.getAttribute("aria-invalid") === "true");
  if (empty) {
    empty.focus();
    return;
  }
  setBusy(true);
  try {
    const session = await api.signIn(username.value.trim(), password.value);
    location.assign(next || HOMES[session.role] || "/");
  } catch (error) {
    setBusy(false);
    refuse(password, ...explain(error));
    password.focus();
  }
}

/**
 * What is wrong, and what to do.
 * @param {unknown} error
 * @returns {string[]}
 */
function explain(error) {
  if (!(error instanceof Refusal)) {
    return [t("Server tidak terjangkau."), t("Periksa sambungan, lalu coba lagi.")];
  }
  if (error.status === 429) {
    const time = formatDuration(error.retryAfter || 1);
    return [t("Terlalu banyak percobaan."), t("Coba lagi dalam {time}.", { time })];
  }
  if (error.status === 401 || error.status === 422) {
    return [t("Nama atau kata sandi tidak cocok."), t("Periksa huruf besar, lalu coba lagi.")];
  }
  return [t("Belum bisa masuk sekarang."), error.detail];
}

/**
 * @param {HTMLInputElement} field
 * @param {string} what "" takes it back
 * @param {string} [hint]
 */
function refuse(field, what, hint) {
  const place = byId(`${field.id}-refusal`);
  field.setAttribute("aria-invalid", String(what !== ""));
  if (!what) replace(place);
  else {
    replace(place, icon("alert"),
      el("span", null, what, hint ? el("span", { class: "refusal-hint" }, hint) : null));
  }
}

/** @param {boolean} now */
function setBusy(now) {
  busy = now;
  const button = byId("submit");
  button.setAttribute("aria-disabled", String(now));
  button.textContent = now ? t("Memeriksa…") : t("Masuk");
}

function toggleSecret() {
  const shown = password.type === "text";
  password.type = shown ? "password" : "text";
  byId("show").setAttribute("aria-pressed", String(!shown));
  byId("show").textContent = shown ? t("Tampilkan") : t("Sembunyikan");
}

/** @param {import("../lib/api.js").Session} session */
function showSignedIn(session) {
  form.hidden = true;
  byId("signed-in").hidden = false;
  byId("who").textContent = session.user;
  const go = /** @type {HTMLAnchorElement} */ (byId("go"));
  go.href = next || HOMES[session.role] || "/";
  if (pageFacts().name === "sign-in") go.focus();
}

async function signOut() {
  try {
    await api.signOut();
    location.reload();
  } catch (error) {
    replace(byId("sign-out-refusal"), icon("alert"), t("Server tidak terjangkau."));
  }
}

void start();
