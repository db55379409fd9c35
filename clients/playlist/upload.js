// @ts-check
/**
 * Sends one file, and tells how far it is: `fetch` cannot tell that of what it sends.
 */
import { NoAnswer, Refusal, newKey } from "../lib/api.js";
import { language } from "../lib/words.js";

/** What the server takes; larger ones are refused before they are sent. */
export const LARGEST_BYTES = 200 * 1024 * 1024;
export const TYPES = ["image/png", "image/jpeg", "image/webp", "video/mp4"];

/**
 * @param {File} file
 * @param {{api: import("../lib/api.js").Api, csrf: () => string | null,
 *   onProgress: (share: number) => void, onBegin: (stop: () => void) => void}} parts
 * @returns {Promise<any>} the media. Throws Refusal, NoAnswer
 */
export async function upload(file, parts) {
  const key = newKey();
  try {
    return await send(file, key, parts);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "csrf") throw error;
    // Another tab signed in anew; the session that this page knew ended.
    await parts.api.session();
    return send(file, key, parts);
  }
}

/** @param {File} file @param {string} key @param {Parameters<typeof upload>[1]} parts */
function send(file, key, parts) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/media");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", language());
    request.setRequestHeader("Idempotency-Key", key);
    const csrf = parts.csrf();
    if (csrf) request.setRequestHeader("X-CSRF-Token", csrf);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) parts.onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status < 300) resolve(answer.media);
      else reject(new Refusal(request.status, answer, Number(request.getResponseHeader("Retry-After")) || 0));
    };
    request.onerror = () => reject(new NoAnswer("the connection broke off"));
    request.onabort = () => reject(new Refusal(0, { code: "stopped" }, 0));
    const body = new FormData();
    body.append("file", file, file.name);
    request.send(body);
    parts.onBegin(() => request.abort());
  });
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text) || {};
  } catch {
    return {};
  }
}
