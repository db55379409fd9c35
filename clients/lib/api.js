// @ts-check
/**
 * Calls under /api/v1, with the credential, the key that makes a repeat harmless, and refusals as
 * errors that carry their code.
 *
 * Two kinds of failure: a `Refusal` is the server's own answer; a `NoAnswer` leaves open whether the
 * command happened. A command is repeated once with the same key before either is thrown for it.
 */
import { language } from "./words.js";

const ROOT = "/api/v1";
/** After this long without an answer the fate of a command counts as unknown, ms. */
const ANSWER_MS = 10000;
/** Before the one repeat: short enough for a person who waits, and longer if the server says so. */
const REPEAT_MS = 700;
const LONGEST_REPEAT_MS = 3000;
/** Random bytes of a key: without credential the server wants 22 characters. */
const KEY_BYTES = 18;

/** A refusal by the server, as RFC 9457 tells it. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {Object<string, any>} problem
   * @param {number} retryAfter seconds, 0 where it does not say
   */
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.name = "Refusal";
    this.status = status;
    /** @type {string} of the contract, such as `queue_empty` */
    this.code = problem.code || "internal";
    /** @type {string} a sentence in the language asked for */
    this.detail = problem.detail || problem.title || "";
    /** @type {{field: string, code: string, detail: string}[]} */
    this.errors = problem.errors || [];
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No answer came, or 503: whether the command happened is not known. */
export class NoAnswer extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.name = "NoAnswer";
  }
}

/** A new key for one press of a button; keep it for every repeat of that press. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...Array.from(bytes))).replace(/\+/g, "-").replace(/\//g, "_");
}

/**
 * @typedef {{user: string, role: string, csrf: string | null}} Session
 * @typedef {{key?: string, token?: string, onRepeat?: () => void}} Options `key`: of `newKey`, made
 *   anew where missing; `token`: a bearer for this call alone; `onRepeat`: the first answer was lost
 *   and it is sent once more
 */

/**
 * @param {{token?: string | null, onSignedOut?: () => void}} [options] without a token the session
 *   cookie counts; `onSignedOut`: a 401 that says the credential is gone
 */
export function createApi(options) {
  return new Api(options || {});
}

export class Api {
  /** @param {{token?: string | null, onSignedOut?: () => void}} options */
  constructor(options) {
    this.token = options.token || null;
    /** The highest X-Seq of any answer: what a screen has to have seen to be as new as this. */
    this.seq = 0;
    this._onSignedOut = options.onSignedOut || (() => undefined);
    /** @type {string | null} */
    this._csrf = null;
  }

  /** The session's value for `X-CSRF-Token`, for what is not sent by `fetch`. */
  get csrf() {
    return this._csrf;
  }

  /**
   * @param {string} path below /api/v1
   * @param {Options} [options]
   * @returns {Promise<any>}
   */
  get(path, options) {
    return this._call("GET", path, undefined, options || {});
  }

  /**
   * @param {string} path
   * @param {any} [body]
   * @param {Options} [options]
   * @returns {Promise<any>}
   */
  post(path, body, options) {
    return this._command("POST", path, body === undefined ? {} : body, options || {});
  }

  /** @param {string} path @param {any} body @param {Options} [options] @returns {Promise<any>} */
  patch(path, body, options) {
    return this._command("PATCH", path, body, options || {});
  }

  /** @param {string} path @param {Options} [options] @returns {Promise<any>} */
  delete(path, options) {
    return this._command("DELETE", path, undefined, options || {});
  }

  /** Who is signed in, null for nobody. @returns {Promise<Session | null>} */
  async session() {
    try {
      const session = await this._once("GET", "/session", undefined, {});
      this._csrf = session.csrf;
      return session;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return null;
      throw error;
    }
  }

  /**
   * @param {string} username
   * @param {string} password
   * @returns {Promise<Session>}
   */
  async signIn(username, password) {
    const session = await this._once("POST", "/session", { username, password }, {});
    this._csrf = session.csrf;
    return session;
  }

  async signOut() {
    await this.delete("/session");
    this._csrf = null;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {any} body
   * @param {Options} options
   */
  async _call(method, path, body, options) {
    try {
      return await this._once(method, path, body, options);
    } catch (error) {
      if (error instanceof Refusal && error.code === "unauthenticated" && !options.token) {
        this._onSignedOut();
      }
      throw error;
    }
  }

  /**
   * Sends a command; where its fate is unknown, once more with the same key.
   * @param {string} method
   * @param {string} path
   * @param {any} body
   * @param {Options} options
   */
  async _command(method, path, body, options) {
    const given = Object.assign({}, options, { key: options.key || newKey() });
    if (!this.token && !given.token && this._csrf === null) await this._learnCsrf();
    try {
      return await this._call(method, path, body, given);
    } catch (error) {
      if (isUnknown(error)) {
        if (given.onRepeat) given.onRepeat();
        await pause(repeatAfter(error));
      } else if (error instanceof Refusal && error.code === "csrf") {
        // Another tab signed in anew, so that this one's CSRF value is of a session that ended.
        await this._learnCsrf();
      } else {
        throw error;
      }
    }
    return this._call(method, path, body, given);
  }

  async _learnCsrf() {
    try {
      await this.session();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {any} body
   * @param {Options} options
   */
  async _once(method, path, body, options) {
    /** @type {Object<string, string>} */
    const headers = { "Accept": "application/json", "Accept-Language": language() };
    const token = options.token || this.token;
    if (token) headers.Authorization = `Bearer ${token}`;
    else if (method !== "GET" && this._csrf) headers["X-CSRF-Token"] = this._csrf;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method === "POST" && options.key) headers["Idempotency-Key"] = options.key;
    const response = await inTime(fetch(ROOT + path, {
      method, headers, cache: "no-store",
      credentials: token ? "omit" : "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
    }));
    return this._read(response);
  }

  /** @param {Response} response */
  async _read(response) {
    this.seq = Math.max(this.seq, Number(response.headers.get("X-Seq")) || 0);
    let answer = null;
    try {
      answer = await inTime(response.json());
    } catch (error) {
      // A body that broke off: a command's fate is known by its status, its facts are not.
      if (response.ok) throw new NoAnswer("the answer broke off");
    }
    if (response.ok) return answer;
    const problem = answer && typeof answer === "object" ? answer : {};
    throw new Refusal(response.status, problem, Number(response.headers.get("Retry-After")) || 0);
  }
}

/**
 * Whether it is open if a command happened: no answer, or a 5xx other than the server's word.
 * @param {any} error
 */
export function isUnknown(error) {
  return error instanceof NoAnswer || (error instanceof Refusal && error.status >= 500);
}

/** @param {any} error */
function repeatAfter(error) {
  const told = error instanceof Refusal ? error.retryAfter * 1000 : 0;
  return Math.min(Math.max(told, REPEAT_MS), LONGEST_REPEAT_MS);
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function inTime(promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer("no answer in time")), ANSWER_MS);
    promise.then(resolve, (error) => reject(new NoAnswer(String(error))))
      .then(() => clearTimeout(timer));
  });
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
