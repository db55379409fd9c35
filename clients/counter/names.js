// @ts-check
/** Names that the console looks up by id: priority classes and agencies. */

import { name } from "../lib/words.js";

/** @typedef {ReturnType<typeof namesOf>} Names */

/**
 * @param {{id: string, name: Record<string, string>}[]} classes of `GET /site`
 * @param {{id: string, name: Record<string, string>, short: Record<string, string>}[]} agencies
 */
export function namesOf(classes, agencies) {
  const ofClass = new Map(classes.map((one) => [one.id, one.name]));
  const ofAgency = new Map(agencies.map((one) => [one.id, one]));
  return {
    /** @param {string} id */
    className: (id) => name(ofClass.get(id)) || id,
    /** @param {string} id */
    agencyName: (id) => name(ofAgency.get(id)?.short) || name(ofAgency.get(id)?.name) || id,
    /** All its names, to search in. @param {string} id */
    agencyWords(id) {
      const agency = ofAgency.get(id);
      return agency ? [...Object.values(agency.name), ...Object.values(agency.short)].join(" ") : "";
    },
  };
}
