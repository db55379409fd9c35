// @ts-check
// `/devices`: the TVs of the site, how they are, what they show, and a new one to be accepted.
import { byId } from "../lib/dom.js";
import { staffPage } from "../lib/staff.js";
import { keepCode } from "./code.js";
import { DevicesView } from "./view.js";

// Before anything else: signing in leads away from here, and the code must come along.
keepCode();

staffPage(byId("devices"), {
  path: "/devices",
  title: "TV",
  refusal: "Halaman ini untuk pengawas dan admin.",
  topics: ["site"],
  make: (staff, kept) => new DevicesView(staff, kept),
});
