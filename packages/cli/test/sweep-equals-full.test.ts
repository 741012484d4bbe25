import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sampleBank, sampleBankAsOf, sampleContext } from "@evertend/banking";
import { createEngine, formatDay, parseDay, sha256Hex, type RecordSource, type SourceRecord } from "@evertend/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runDayInto, type DayResult } from "../src/run/run-day-into.js";
import { createBankEnvironment, previewConfigs } from "../src/wiring/bank-environment.js";
import { loadPackFolder } from "../src/wiring/load-pack-folder.js";

/**
 * A year of a small bank whose records change at random, swept twice: whole, and only where something changed or was due. Each
 * has its own state, and on every day both must agree on what is open and what is new.
 *
 * EVERTEND_FUZZ_SEED replays a year.
 */
const full = process.env["EVERTEND_FULL"] !== undefined;
const customers = full ? 150 : 5;
const days = 365;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_125);

type Customer = Record<string, unknown> & { customerId: string };
let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), "evertend-sweep-"))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function draws(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One thing that happens to a customer. */
function happen(customer: Customer, day: string, next: () => number): Customer {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const lists = Object.entries(customer).filter((entry): entry is [string, Record<string, unknown>[]] => Array.isArray(entry[1]) && typeof entry[1][0] === "object");
  const [name, items] = pick(lists) ?? ["", []];
  const what = next();
  if (what < 0.25 && name !== "") {
    // An item loses or gets an amount, or goes.
    const at = Math.floor(next() * items.length);
    const changed = items.flatMap((item, i) => (i !== at ? [item] : next() < 0.3 ? [] : [Object.fromEntries(Object.entries(item).map(([key, value]) => [key, typeof value === "number" && !Number.isInteger(value) ? Math.round(value * next() * 300) / 100 : value]))]));
    return { ...customer, [name]: changed };
  }
  if (what < 0.45) return { ...customer, contactLog: [...((customer["contactLog"] as unknown[] | undefined) ?? []), { contactId: `N${day}${Math.floor(next() * 1e6)}`, date: day, channel: pick(["phone", "meeting", "sms"]), outcome: pick(["reached", "not-reached", "interested", "refused"]) }] };
  if (what < 0.6) return { ...customer, consents: ((customer["consents"] as Record<string, unknown>[] | undefined) ?? []).map((consent) => (next() < 0.5 ? { ...consent, status: pick(["granted", "withdrawn"]), date: day } : consent)) };
  if (what < 0.7) return { ...customer, complaints: next() < 0.5 ? [] : [{ complaintId: `Q${day}`, status: "open", openedOn: day }] };
  if (what < 0.8) return Object.fromEntries(Object.entries(customer).filter(([key]) => key === "customerId" || next() < 0.95)) as Customer;
  return Object.fromEntries(Object.entries(customer).map(([key, value]) => [key, typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([inner, amount]) => [inner, typeof amount === "number" && !Number.isInteger(amount) ? Math.round(amount * next() * 250) / 100 : amount])) : value])) as Customer;
}

function sourceOf(bank: ReadonlyMap<string, Customer>): Pick<RecordSource, "name" | "records" | "marks"> {
  const ids = [...bank.keys()].sort();
  const recordOf = (id: string): SourceRecord => ({ row: ids.indexOf(id) + 1, id, json: JSON.stringify(bank.get(id)), mark: sha256Hex(JSON.stringify(bank.get(id))).slice(0, 16) });
  return {
    name: "bank",
    async *records(only) {
      yield* (only ?? ids).map(recordOf);
    },
    async *marks() {
      for (const { id, mark = null } of ids.map(recordOf)) yield { id, mark };
    },
  };
}

function lines<T>(folder: string, name: string): T[] {
  return readFileSync(join(folder, `${name}.ndjson`), "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}

/** What of a summary must not depend on who was looked at: new effects, and what competed in vain. */
function sumsOf({ figures: { summary, reasons, channels, assignees } }: DayResult): Readonly<Record<string, unknown>> {
  const { outcomes, touchesByChannel, touchesByClass, tasksByRole, keysPlannedTwice, errors } = summary;
  return { touches: outcomes.touch, tasks: outcomes.task, merged: outcomes.merged, touchesByChannel, touchesByClass, tasksByRole, keysPlannedTwice, errors, slots: reasons.held.RM_SLOTS ?? 0, channels, assignees };
}

function setAsideIn({ figures }: DayResult): number {
  return Object.values(figures.summary.setAside).reduce((sum, count) => sum + count, 0);
}

it(`a sweep of what changed equals a whole one, on each of ${days} days (${customers} customers, seed ${seed})`, async () => {
  const retail = fileURLToPath(new URL("../../banking/packs/retail", import.meta.url));
  const { loaded } = await loadPackFolder(retail, { lang: "en", environment: createBankEnvironment() });
  if (!loaded.program) throw new Error("the retail pack does not load");
  const context = sampleContext();
  const engine = createEngine(loaded.program, { context, channelConfigs: previewConfigs });
  const next = draws(seed);
  const bank = new Map([...sampleBank({ customers })].map((one) => [one.customerId, one as Customer] as const));
  const open = new Map<string, string[]>();
  const ever = new Set<string>();
  const seen = { effects: 0, swept: 0, all: 0, changes: 0 };
  const first = parseDay(sampleBankAsOf) ?? 0;
  for (let i = 0; i < days; i++) {
    const asOf = formatDay(first + i);
    if (i > 0) {
      for (const [id, customer] of bank) {
        if (next() >= 0.06) continue;
        seen.changes++;
        if (next() < 0.05) bank.delete(id);
        else bank.set(id, happen(customer, asOf, next));
      }
      if (next() < 0.05) bank.set(`Z${i}`, { ...([...bank.values()][i % bank.size] as Customer), customerId: `Z${i}` });
    }
    for (const id of bank.keys()) ever.add(id);
    const run = (name: string, since?: string): Promise<DayResult> => runDayInto({ engine, context, source: sourceOf(bank), asOf, at: `${asOf}T09:00:00+08:00`, channelConfigs: previewConfigs, lang: "en", out: join(dir, name), state: join(dir, `${name}-state`), since });
    const whole = await run("whole");
    const part = await run("part", formatDay(first + Math.max(0, i - 1)));
    const effects = (name: string): readonly string[] => [...lines<{ key: string }>(join(dir, name), "touches"), ...lines<{ key: string }>(join(dir, name), "tasks")].map(({ key }) => key).sort();
    expect(`${asOf} ${effects("part").join(" ")}`).toBe(`${asOf} ${effects("whole").join(" ")}`);
    expect({ asOf, ...sumsOf(part) }).toEqual({ asOf, ...sumsOf(whole) });
    const matchesOf = (name: string): ReadonlyMap<string, string[]> => {
      const found = new Map<string, string[]>(lines<{ customerId: string }>(join(dir, name), "facts").map(({ customerId }) => [customerId, []]));
      for (const { customerId, ruleId, subject, occurrence } of lines<{ customerId: string; ruleId: string; subject: string; occurrence: string }>(join(dir, name), "matches")) found.get(customerId)?.push(`${ruleId} ${subject} ${occurrence}`);
      return found;
    };
    for (const [id, found] of matchesOf("part")) open.set(id, found);
    for (const id of open.keys()) if (!bank.has(id)) open.delete(id);
    for (const [id, found] of matchesOf("whole")) expect(`${asOf} ${id}: ${(open.get(id) ?? []).join(", ")}`).toBe(`${asOf} ${id}: ${found.join(", ")}`);
    seen.effects += effects("whole").length;
    seen.all += bank.size;
    const { sweep } = part;
    if (sweep === undefined || sweep === "all") expect(i).toBe(0);
    // Records that cannot be used are told when they come, and counted from then on.
    else expect([asOf, sweep.seen, sweep.gone, sweep.setAside + setAsideIn(part)]).toEqual([asOf, bank.size, ever.size - bank.size, setAsideIn(whole)]);
    seen.swept += sweep === undefined || sweep === "all" ? bank.size : sweep.added + sweep.changed + sweep.due;
  }
  console.info(`sweep: ${JSON.stringify(seen)}`);
  // A year in which nothing happens, or in which everybody is swept every day, would prove nothing.
  expect(seen.effects).toBeGreaterThan(days / 12);
  expect(seen.changes).toBeGreaterThan(days / 10);
  expect(seen.swept).toBeLessThan(seen.all);
}, 2_700_000);
