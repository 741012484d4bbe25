/**
 * Writes calendars.json and lunar-days.json of the retail pack. Run it from the repository root when a new year has
 * been announced and the library knows it:
 * `npx tsx --conditions=source packages/banking/scripts/make-calendars.ts`
 *
 * For a bank's own pack, with other years: `… make-calendars.ts --from 2026 --to 2045 --out my-bank/pack`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chineseCalendars } from "./chinese-calendars.js";
import { retailYears } from "./retail-years.js";

const { values } = parseArgs({ options: { from: { type: "string" }, to: { type: "string" }, out: { type: "string" } } });
const years = { from: Number(values.from ?? retailYears.from), to: Number(values.to ?? retailYears.to) };
if (!(years.from >= 1900 && years.to >= years.from && years.to <= 2100)) throw new RangeError("--from and --to: years of 1900 to 2100");
const out = values.out ?? fileURLToPath(new URL("../packs/retail/", import.meta.url));
for (const [name, text] of Object.entries(chineseCalendars(years))) writeFileSync(join(out, name), text);
