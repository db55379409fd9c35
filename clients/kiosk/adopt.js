// @ts-check
/** Imported before everything else, so that the token leaves the address first. */
import { adoptDevice } from "./device.js";

adoptDevice();
