// @ts-check
// When a page is loaded anew: a newer server has newer pages.

/** Displays that came back together ask for the version within this time, ms. */
const VERSION_SPREAD_MS = 5000;

export class Renewal {
  /** @param {string} version of the page */
  constructor(version) {
    this.version = version;
    this.wasStale = false;
  }

  /** @param {string} status of the connection */
  see(status) {
    if (status === "live" && this.wasStale) this._askVersion();
    this.wasStale = status === "stale";
  }

  /** Asked only of a server that is there, so that no hall goes blank. */
  _askVersion() {
    setTimeout(async () => {
      try {
        const answer = await fetch("/api/v1/site", { cache: "no-store" });
        const { version } = await answer.json();
        if (version !== this.version) location.reload();
      } catch (error) {
        // It went again; the next return asks again.
      }
    }, Math.random() * VERSION_SPREAD_MS);
  }
}
