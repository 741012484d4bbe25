import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEnvironment, formatDiagnostics, loadPack } from "@evertend/core";
import { afterAll, expect, test } from "vitest";
import type { Answer, Backend, Batch } from "../conformance/backend.js";
import { backends } from "../conformance/backends.js";
import { layOver, readBase } from "../conformance/conformance-case.js";
import { randomCase, type RandomCase } from "./random-pack.js";

/**
 * Random packs over random records: all back-ends give the same answers. A difference is made small and printed as a case
 * of the corpus.
 *
 * EVERTEND_FUZZ_SEED and EVERTEND_FUZZ_PACK replay one pack; EVERTEND_FUZZ_PACKS says how many there are.
 */
const packs = Number(process.env["EVERTEND_FUZZ_PACKS"] ?? 200);
const people = 50;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_125);
const only = process.env["EVERTEND_FUZZ_PACK"];

const base = readBase(fileURLToPath(new URL("../conformance/", import.meta.url)));
const environment = createEnvironment([bankingPlugin]);

function filesOf(pack: RandomCase["pack"]): Record<string, string> {
  return { "pack.json": JSON.stringify(layOver("fuzz", base, pack)) };
}

function batchOf({ pack, asOf, context, people: list }: RandomCase): Batch {
  return { files: filesOf(pack), asOf, context, people: list };
}

/** What is compared: everything, or what a back-end of matches can say. */
function comparable(answer: Answer, { answers }: Backend): unknown {
  if ("errors" in answer) return answer;
  const { matches, unknowns, facts, wakeUp, failures, picks } = answer;
  if (answers === "full") return { matches, unknowns, facts, wakeUp, failures, picks };
  return { matches: matches.map(({ rule, subject, occurrence }) => ({ rule, subject, occurrence })), unknowns: unknowns.map(({ rule, subject }) => ({ rule, subject })) };
}

const [oracle, ...all] = backends as [Backend, ...Backend[]];
/** A statement takes Spark most of a second, whatever it asks: it runs the corpus. */
const others = all.filter(({ name }) => name !== "spark");
/** The same database with another layout or other limits gets every eighth pack. */
const seldom = ["duckdb, tables", "duckdb, narrow"];

async function differs(one: RandomCase, backend: Backend, known?: readonly Answer[]): Promise<number> {
  const expected = known ?? (await oracle.runMany(batchOf(one)));
  const found = await backend.runMany(batchOf(one));
  return one.people.findIndex((_, i) => JSON.stringify(comparable(found[i] as Answer, backend)) !== JSON.stringify(comparable(expected[i] as Answer, backend)));
}

/** Leaves out rules, facts and fields of the record as long as the difference stays. */
async function shrink(one: RandomCase, backend: Backend): Promise<RandomCase> {
  let small = one;
  const attempt = async (next: RandomCase): Promise<boolean> => {
    try {
      if (!loadPack(filesOf(next.pack), { environment }).program || (await differs(next, backend)) < 0) return false;
    } catch {
      return false;
    }
    small = next;
    return true;
  };
  for (const list of ["rules", "facts"] as const) {
    for (let i = ((small.pack[list] as unknown[] | undefined) ?? []).length - 1; i >= 0; i--) {
      const left = (small.pack[list] as unknown[]).filter((_, at) => at !== i);
      await attempt({ ...small, pack: { ...small.pack, [list]: left } });
    }
  }
  const [person] = small.people;
  for (const key of Object.keys(person?.record ?? {}).filter((name) => name !== "customerId")) {
    const { [key]: _gone, ...record } = small.people[0]?.record ?? {};
    await attempt({ ...small, people: [{ record, state: small.people[0]?.state }] });
  }
  await attempt({ ...small, people: [{ record: small.people[0]?.record ?? {}, state: undefined }] });
  await attempt({ ...small, context: undefined });
  return small;
}

async function report(one: RandomCase, at: number, backend: Backend, pack: number): Promise<string> {
  const small = await shrink({ ...one, people: [one.people[at] as RandomCase["people"][number]] }, backend);
  const [expected] = await oracle.runMany(batchOf(small));
  const [found] = await backend.runMany(batchOf(small));
  const { customerId: _id, ...record } = small.people[0]?.record ?? {};
  const state = small.people[0]?.state;
  return [
    `${backend.name} and ${oracle.name} differ; replay with EVERTEND_FUZZ_SEED=${seed} EVERTEND_FUZZ_PACK=${pack}`,
    JSON.stringify({ title: "…", pack: small.pack, record, ...(state ? { state } : {}), ...(small.context ? { context: small.context } : {}), asOf: small.asOf, expect: expected && comparable(expected, backend) }, undefined, 1),
    `${backend.name} says ${JSON.stringify(found && comparable(found, backend))}`,
  ].join("\n");
}

afterAll(async () => {
  for (const backend of backends) await backend.close?.();
});

test(`random packs: ${[oracle, ...others].map(({ name }) => name).join(", ")} agree (${packs} packs of ${people} records, seed ${seed})`, async () => {
  const seen = { matches: 0, unknowns: 0, silent: 0, failures: 0 };
  const here: Backend[] = [];
  for (const backend of others) {
    const reason = await backend.skipAll?.();
    if (reason === undefined) here.push(backend);
    else console.warn(`fuzz: ${backend.name} skipped: ${reason}`);
  }
  const faults: string[] = [];
  const seconds = new Map<string, number>();
  const numbers = only === undefined ? Array.from({ length: packs }, (_, i) => i) : [Number(only)];
  for (const pack of numbers) {
    const one = randomCase(seed * 1_000_003 + pack, people);
    const { program, diagnostics } = loadPack(filesOf(one.pack), { environment });
    // The generator makes packs that are right.
    if (!program) throw new Error(`pack ${pack}: ${formatDiagnostics(diagnostics)}`);
    const expected = await oracle.runMany(batchOf(one));
    for (const answer of expected) {
      if ("errors" in answer) throw new Error(`pack ${pack}: ${JSON.stringify(answer.errors)}`);
      seen.matches += answer.matches.length;
      seen.unknowns += answer.unknowns.length;
      seen.failures += answer.failures.length;
      if (answer.matches.length + answer.unknowns.length === 0) seen.silent++;
    }
    for (const backend of here) {
      if (only === undefined && pack % 8 !== 0 && seldom.includes(backend.name)) continue;
      const start = performance.now();
      const at = await differs(one, backend, expected);
      seconds.set(backend.name, (seconds.get(backend.name) ?? 0) + (performance.now() - start) / 1000);
      if (at >= 0) faults.push(await report(one, at, backend, pack));
    }
    if (faults.length >= 5) break;
  }
  console.info(`fuzz: ${numbers.length} packs: ${JSON.stringify(seen)}; seconds: ${[...seconds].map(([name, spent]) => `${name} ${spent.toFixed(1)}`).join(", ")}`);
  expect(faults.join("\n\n")).toBe("");
  if (only !== undefined) return;
  // A generator of dead packs would prove nothing.
  expect(seen.matches).toBeGreaterThan(numbers.length * people / 2);
  expect(seen.unknowns).toBeGreaterThan(numbers.length * people / 2);
  expect(seen.silent).toBeGreaterThan(numbers.length / 2);
}, 2_700_000);
