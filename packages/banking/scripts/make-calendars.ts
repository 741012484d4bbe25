/**
 * Writes packs/retail/calendars.json. Run it from the repository root when a new year has been announced:
 * `npx tsx --conditions=source packages/banking/scripts/make-calendars.ts`
 */
import { writeFileSync } from "node:fs";
import { retailCalendars } from "./retail-calendars.js";

writeFileSync(new URL("../packs/retail/calendars.json", import.meta.url), retailCalendars());
