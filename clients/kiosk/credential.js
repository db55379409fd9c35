// @ts-check
/** Who this kiosk is: a device with a token, or a member of staff who signed in on this browser. */
import { createApi, isUnknown } from "../lib/api.js";
import { deviceToken } from "./device.js";

const STAFF = ["clerk", "supervisor", "admin"];

/**
 * @typedef {{kind: "ready", api: import("../lib/api.js").Api, token: string | null,
 *   channel: "kiosk" | "desk"} | {kind: "unknown", problem: string} | {kind: "away"}} Credential
 *   `problem`: why a token was not taken, "" where there was none; away: nobody could be asked
 * @returns {Promise<Credential>}
 */
export async function signIn() {
  const token = deviceToken();
  const api = createApi({ token });
  try {
    const session = await api.session();
    if (session === null) {
      return { kind: "unknown", problem: token ? "Token mesin ini tidak berlaku lagi." : "" };
    }
    if (token && session.role === "kiosk") return { kind: "ready", api, token, channel: "kiosk" };
    if (STAFF.includes(session.role)) return { kind: "ready", api, token, channel: "desk" };
    return { kind: "unknown", problem: "Token ini bukan untuk mesin nomor." };
  } catch (error) {
    if (isUnknown(error)) return { kind: "away" };
    return { kind: "unknown", problem: "Token ini bukan untuk mesin nomor." };
  }
}
