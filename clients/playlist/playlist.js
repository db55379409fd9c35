// @ts-check
// `/playlist`: images and films, which of them a zone plays when, and how a zone speaks.
import { byId, pageFacts } from "../lib/dom.js";
import { staffPage } from "../lib/staff.js";
import { PlaylistView } from "./view.js";

staffPage(byId("playlist"), {
  path: "/playlist",
  title: "Media dan suara",
  refusal: "Halaman ini untuk pengawas dan admin.",
  topics: ["site", ...pageFacts().zones.map((zone) => `zone:${zone.id}`)],
  make: (staff, kept) => new PlaylistView(staff, kept),
});
