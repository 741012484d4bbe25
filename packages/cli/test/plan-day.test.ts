import fc from "fast-check";
import { createEngine, loadPack, type CustomerState, type SourceRecord } from "@evertend/core";
import { bankingPlugin } from "@evertend/banking";
import { createEnvironment } from "@evertend/core";
import { expect, test } from "vitest";
import { planDay } from "../src/run/plan-day.js";
import { Spool } from "../src/run/spool.js";
import { StateCursor } from "../src/run/state-cursor.js";
import { smallPack } from "./small-pack.js";

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const value of values) out.push(value);
  return out;
}

test("what is spooled comes back as it was, whatever is in it and however much", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.jsonValue(), fc.string({ unit: "binary", maxLength: 20 }), fc.constant("line\u2028break\n客户".repeat(60_000))), { maxLength: 12 }), async (values) => {
      const spool = await Spool.open("en");
      try {
        for (const value of values) await spool.write(value);
        expect(await all(spool.read())).toEqual(values.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
      } finally {
        await spool.close();
      }
    }),
    { numRuns: 30 },
  );
});

const state = (customerId: string): CustomerState => ({ customerId, asOf: "2026-02-28", lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [] });

test("states are read beside customers: each state once, either with its customer or on its own", async () => {
  const ids = fc.uniqueArray(fc.constantFrom("1", "10", "2", "A", "B", "a", "客")).map((list) => [...list].sort());
  await fc.assert(
    fc.asyncProperty(ids, ids, async (customers, states) => {
      const cursor = new StateCursor(each(states.map(state)));
      const seen: string[] = [];
      const taken: string[] = [];
      for (const id of customers) {
        for await (const one of cursor.before(id)) seen.push(one.customerId);
        const own = await cursor.take(id);
        if (own) taken.push(own.customerId);
        if (own) seen.push(own.customerId);
      }
      for await (const one of cursor.rest()) seen.push(one.customerId);
      expect(seen).toEqual(states);
      expect(taken).toEqual(states.filter((id) => customers.includes(id)));
    }),
  );
});

test("a day over random customers says of each what the engine says of all at once", async () => {
  const files = Object.fromEntries(Object.entries(smallPack).map(([name, json]) => [name, JSON.stringify(json)]));
  const { program } = loadPack(files, { environment: createEnvironment([bankingPlugin]) });
  if (!program) throw new Error("the small pack must load");
  const engine = createEngine(program);
  const day = { asOf: "2026-03-01", at: "2026-03-01T09:00:00+08:00" };
  const customer = fc.record({ rm: fc.constantFrom("M1", "M2"), assets: fc.option(fc.constantFrom(1, 500000, 800000), { nil: undefined }) }, { requiredKeys: ["rm"] });
  await fc.assert(
    fc.asyncProperty(fc.array(customer, { maxLength: 12 }), async (bank) => {
      const records = bank.map((fields, i) => ({ customerId: `C${String(i).padStart(2, "0")}`, ...fields }));
      const expected = await all(engine.run(records, day));
      const settled = new Map<string, Readonly<Record<string, readonly unknown[]>>>();
      const states: CustomerState[] = [];
      const source = { name: "test", records: () => each(records.map((record, i): SourceRecord => ({ row: i + 1, id: record.customerId, json: JSON.stringify(record) }))) };
      await planDay({ engine, source, ...day, lang: "en", states: each([]) }, {
        setAside: () => undefined,
        evaluated: () => undefined,
        settled: (one) => void settled.set(one.customerId, { decisions: one.settled.map(({ decision }) => decision), touches: one.touches, tasks: one.tasks }),
        state: (next) => void states.push(next),
      });
      const wanted = expected.flatMap((one) => ("settled" in one ? [one] : []));
      // How the text looked is known to those who read it only.
      expect(states.map(({ record: _hash, ...rest }) => rest)).toEqual(wanted.map((one) => one.nextState));
      for (const one of wanted) {
        const found = settled.get(one.customerId) ?? { decisions: [], touches: [], tasks: [] };
        expect(found).toEqual({ decisions: one.settled.map(({ decision }) => decision), touches: one.touches, tasks: one.tasks });
      }
    }),
    { numRuns: 40 },
  );
});
