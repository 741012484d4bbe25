import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { forecastDay, sampleBank, sampleBankAsOf, sampleContext, type ForecastDay } from "@evertend/banking";
import { createEngine, formatDay, parseDay, type Engine, type SourceRecord } from "@evertend/core";
import { openFileState } from "@evertend/warehouse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forecastDays } from "../src/forecast/forecast-days.js";
import { runDayInto } from "../src/run/run-day-into.js";
import { createBankEnvironment, previewConfigs } from "../src/wiring/bank-environment.js";
import { loadPackFolder } from "../src/wiring/load-pack-folder.js";

/** A forecast of some days against as many whole runs over the same records, day by day, rule by rule, person by person. */
const full = process.env["EVERTEND_FULL"] !== undefined;
const customers = full ? 200 : 40;
const days = full ? 365 : 35;

let dir: string;
let engine: Engine;
const context = sampleContext();
const first = parseDay(sampleBankAsOf) as number;
const dayAt = (i: number): { readonly asOf: string; readonly at: string } => ({ asOf: formatDay(first + i), at: `${formatDay(first + i)}T09:00:00+08:00` });

const bank = [...sampleBank({ customers })].map((one) => JSON.stringify(one)).map((json): Omit<SourceRecord, "row"> => ({ id: (JSON.parse(json) as { customerId: string }).customerId, json }));
// One record that cannot be used, and one id twice: a run sets both aside every day.
const usable = bank[3] as (typeof bank)[number];
const records = [...bank, usable, { id: "ZZ", json: `{"customerId":"ZZ","contactLog":7}` }].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)).map((one, i): SourceRecord => ({ ...one, row: i + 1 }));
const source = {
  name: "bank",
  async *records(): AsyncGenerator<SourceRecord> {
    for (const record of records) yield record;
  },
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "evertend-forecast-"));
  const { loaded } = await loadPackFolder(fileURLToPath(new URL("../../banking/packs/retail", import.meta.url)), { lang: "en", environment: createBankEnvironment() });
  if (!loaded.program) throw new Error("the retail pack does not load");
  engine = createEngine(loaded.program, { context, channelConfigs: previewConfigs });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(i: number, state: string): Promise<ForecastDay> {
  const { figures } = await runDayInto({ engine, context, source, ...dayAt(i), channelConfigs: previewConfigs, lang: "en", out: join(dir, "out"), state: join(dir, state) });
  return forecastDay(figures);
}

async function forecast(from: number, length: number, state?: string): Promise<ForecastDay[]> {
  const all: ForecastDay[] = [];
  const states = state === undefined ? {} : { states: openFileState(join(dir, state), { lang: "en" }).read() };
  for await (const day of forecastDays({ engine, source, days: Array.from({ length }, (_, i) => dayAt(from + i)), lang: "en", ...states })) all.push(day);
  return all;
}

/** All but how many were looked at, which is what a forecast saves. */
const effects = ({ customers: _, ...rest }: ForecastDay): unknown => rest;

describe("forecast", () => {
  it(`of ${days} days equals ${days} runs over the same records (${customers} customers)`, async () => {
    const runs: ForecastDay[] = [];
    for (let i = 0; i < days; i++) runs.push(await run(i, "whole"));
    const found = await forecast(0, days);
    expect(found.length).toBe(days);
    for (const [i, day] of found.entries()) expect(effects(day)).toEqual(effects(runs[i] as ForecastDay));
    const sum = (list: readonly ForecastDay[], read: (day: ForecastDay) => Readonly<Record<string, number>>): number => list.slice(1).reduce((all, day) => Object.values(read(day)).reduce((a, b) => a + b, all), 0);
    const looks = (list: readonly ForecastDay[]): number => list.reduce((all, day) => all + day.customers, 0);
    console.info(`forecast: ${looks(found)} looks of ${looks(runs)}, ${sum(runs, (day) => day.touches)} messages and ${sum(runs, (day) => day.tasks)} tasks after the first day`);
    // Days on which nothing happens, or everybody is looked at, would prove nothing.
    expect(sum(runs, (day) => day.touches)).toBeGreaterThan(days / 10);
    expect(sum(runs, (day) => day.tasks)).toBeGreaterThan(days / 10);
    expect(looks(found)).toBeLessThan(looks(runs));
  }, 1_200_000);

  it("goes on from a state and leaves it as it was", async () => {
    for (let i = 0; i < 3; i++) await run(i, "short");
    // From the day after, and once more from the day of the state itself, whose slots are taken.
    const after = await forecast(3, 6, "short");
    const again = await forecast(2, 3, "short");
    const runs: ForecastDay[] = [await run(2, "short")];
    for (let i = 3; i < 9; i++) runs.push(await run(i, "short"));
    expect(after.map(effects)).toEqual(runs.slice(1).map(effects));
    expect(again.map(effects)).toEqual(runs.slice(0, 3).map(effects));
  }, 120_000);
});
