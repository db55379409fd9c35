// @ts-check
// What stands in place of the board: the server does not answer yet, or the role is too low.
import { el, replace } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";

/** @param {HTMLElement} root */
export function waiting(root) {
  const main = root.querySelector("main");
  if (main) replace(main, el("p", { role: "status" }, t("Server belum menjawab. Mencoba lagi.")));
}

/**
 * @param {HTMLElement} root
 * @param {import("../lib/api.js").Session} session
 * @param {import("../lib/api.js").Api} api
 */
export function forbidden(root, session, api) {
  const other = async () => {
    await api.signOut();
    location.replace("/sign-in?next=/supervisor");
  };
  replace(
    root,
    el("header", { class: "bar" }, el("h1", { class: "board-name" }, t("Papan pengawas"))),
    el(
      "main",
      { class: "board-refused" },
      el(
        "p",
        { class: "refusal", role: "alert" },
        icon("alert"),
        el(
          "span",
          null,
          t("Papan ini untuk pengawas."),
          el("span", { class: "refusal-hint" }, t("Anda masuk sebagai {user}.", session)),
        ),
      ),
      el(
        "p",
        { class: "board-refused-ways" },
        el("button", { type: "button", class: "button button-now", onclick: other },
          t("Masuk dengan akun lain")),
        el("a", { class: "button", href: "/counter" }, t("Ke loket")),
      ),
    ),
  );
}
