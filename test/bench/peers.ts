import { createEvaluator, createNormaliser, formatDiagnostics, loadPack, parseDay, sha256Hex, type NormalRecord } from "@evertend/core";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import type { BenchGoal, BenchResult, BenchRow } from "./main.js";

/**
 * Fifty rules over one customer at a time, beside json-rules-engine in the same run: contenders take turns, the median
 * counts, and all must find the same rules true or the run fails. Records are complete, since json-rules-engine has no
 * notion of unknown.
 */
const rounds = 5;
const ruleCount = 50;
const customers = 4_000;
const peerCustomers = 200;

interface Customer {
  readonly customerId: string;
  readonly age: number;
  readonly kind: string;
  readonly assets: { readonly total: number; readonly atOtherBanks: number };
  readonly potential: number;
  readonly balance: number;
  readonly city: string;
  readonly active: boolean;
  readonly products: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** mulberry32: the same numbers everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const cities = ["Beijing", "Shanghai", "Hangzhou", "Chengdu", "Wuhan", "Xi'an"];
const products = ["deposit", "fund", "insurance", "loan", "card", "gold"];

function makeCustomers(count: number): Customer[] {
  const next = random(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => ({
    customerId: String(i).padStart(7, "0"),
    age: 18 + Math.floor(next() * 70),
    kind: pick(["individual", "company", "institution"]),
    assets: { total: Math.round(next() * 2e6 * 100) / 100, atOtherBanks: Math.round(next() * 1e6 * 100) / 100 },
    potential: Math.floor(next() * 100),
    balance: Math.round(next() * 3e5 * 100) / 100,
    city: pick(cities),
    active: next() < 0.7,
    products: products.filter(() => next() < 0.4),
  }));
}

function makeConditions(count: number): TopLevelCondition[] {
  const next = random(11);
  const number = (low: number, high: number): number => Math.round(low + next() * (high - low));
  const leaves: (() => Json)[] = [
    () => ({ fact: "age", operator: next() < 0.5 ? "greaterThanInclusive" : "lessThan", value: number(20, 80) }),
    () => ({ fact: "assets", path: "$.total", operator: next() < 0.5 ? "greaterThan" : "lessThanInclusive", value: number(1e5, 1.9e6) }),
    () => ({ fact: "assets", path: "$.atOtherBanks", operator: "greaterThan", value: number(1e5, 9e5) }),
    () => ({ fact: "potential", operator: "greaterThanInclusive", value: number(10, 90) }),
    () => ({ fact: "balance", operator: "lessThan", value: number(1e4, 2.5e5) }),
    () => ({ fact: "city", operator: "in", value: cities.filter(() => next() < 0.4).concat("Suzhou") }),
    () => ({ fact: "kind", operator: next() < 0.7 ? "equal" : "notEqual", value: "individual" }),
    () => ({ fact: "active", operator: "equal", value: next() < 0.6 }),
    () => ({ fact: "products", operator: next() < 0.5 ? "contains" : "doesNotContain", value: products[Math.floor(next() * products.length)] }),
  ];
  const leaf = (): Json => (leaves[Math.floor(next() * leaves.length)] as () => Json)();
  return Array.from({ length: count }, () => ({ all: [leaf(), leaf(), { any: [leaf(), leaf(), { not: leaf() }] }] }) as unknown as TopLevelCondition);
}

const model = {
  id: "bench", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "customerId",
    properties: {
      customerId: { type: "string" }, age: { type: "integer" }, kind: { type: "string" }, potential: { type: "integer" },
      assets: { type: "object", properties: { total: { type: "number", scale: 2 }, atOtherBanks: { type: "number", scale: 2 } } },
      balance: { type: "number", scale: 2 }, city: { type: "string" }, active: { type: "boolean" }, products: { type: "array", items: { type: "string" } },
    },
  },
};

function compile(conditions: readonly TopLevelCondition[]): { readonly normalise: (record: Json) => NormalRecord; readonly match: (record: NormalRecord) => string } {
  const rules = conditions.map((when, i) => ({ id: ruleId(i), when, repeat: "once" }));
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "bench", version: "1" }, model, rules }) });
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  const normaliser = createNormaliser(program.model);
  const evaluator = createEvaluator(program);
  const asOf = parseDay("2026-11-23") ?? 0;
  return {
    normalise(record) {
      const normal = normaliser.record(record);
      if (!("slots" in normal)) throw new Error(JSON.stringify(normal));
      return normal;
    },
    match: (record) => evaluator.evaluate(record, { asOf, context: [] }).matches.map((match) => match.rule.id).join(" "),
  };
}

function ruleId(index: number): string {
  return `r${String(index).padStart(4, "0")}`;
}

function plainPath(value: object, path: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[path.slice(2)];
}

function peerEngine(conditions: readonly TopLevelCondition[], plain: boolean): (record: Json) => Promise<string> {
  const rules = conditions.map((condition, i) => ({ conditions: condition, event: { type: ruleId(i) } }));
  const engine = new Engine(rules, plain ? { pathResolver: plainPath } : {});
  return async (record) => (await engine.run(record as Record<string, unknown>)).events.map((event) => event.type).sort().join(" ");
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

interface Contender {
  readonly name: string;
  readonly count: number;
  /** Runs over its customers and gives their answers. */
  run(): Promise<readonly string[]>;
}

/** `pnpm bench peers`. */
export async function peers(): Promise<BenchResult> {
  const records = makeCustomers(customers) as unknown as readonly Json[];
  const conditions = makeConditions(ruleCount);
  const ours = compile(conditions);
  const normal = records.map((record) => ours.normalise(record));
  const fewer = records.slice(0, peerCustomers);
  const peer = async (plain: boolean): Promise<readonly string[]> => {
    const ask = peerEngine(conditions, plain);
    const answers: string[] = [];
    for (const record of fewer) answers.push(await ask(record));
    return answers;
  };
  const contenders: readonly Contender[] = [
    { name: "evertend, parsed JSON in", count: customers, run: () => Promise.resolve(records.map((record) => ours.match(ours.normalise(record)))) },
    { name: "evertend, normalised records in", count: customers, run: () => Promise.resolve(normal.map((record) => ours.match(record))) },
    { name: "json-rules-engine 7.3.1", count: peerCustomers, run: () => peer(false) },
    { name: "json-rules-engine 7.3.1, plain path resolver", count: peerCustomers, run: () => peer(true) },
  ];
  const micros = new Map<string, number[]>(contenders.map((one) => [one.name, []]));
  const sums = new Map<string, string>();
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const start = performance.now();
      const answers = await contender.run();
      const spent = ((performance.now() - start) * 1000) / contender.count;
      // The first round warms up.
      if (round > 0) micros.get(contender.name)?.push(spent);
      sums.set(contender.name, sha256Hex(answers.slice(0, peerCustomers).join("\n")));
    }
  }
  if (new Set(sums.values()).size !== 1) throw new Error(`contenders disagree: ${JSON.stringify([...sums])}`);
  const rows: BenchRow[] = contenders.map((one) => ({ contender: one.name, rules: ruleCount, customers: one.count, microsPerCustomer: median(micros.get(one.name) ?? []), checksum: sums.get(one.name) ?? "" }));
  const of = (index: number): number => rows[index]?.microsPerCustomer ?? NaN;
  const goal = (id: string, value: number, atLeast: number): BenchGoal => ({ id, value, atLeast, met: value >= atLeast });
  return { rows, goals: [goal("parsed JSON in: times json-rules-engine", of(2) / of(0), 50), goal("normalised records in: times json-rules-engine", of(2) / of(1), 100)] };
}
