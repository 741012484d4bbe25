import { ZenEngine } from "@gorules/zen-engine";
import { createEngine, createEvaluator, createNormaliser, formatDay, formatDiagnostics, loadPack, parseDay, sha256Hex, type NormalRecord, type Program } from "@evertend/core";
import { parse as parseCel } from "@marcbachmann/cel-js";
import { Engine } from "json-rules-engine";
import { LogicEngine } from "json-logic-engine";
import { median, type BenchGoal, type BenchResult, type BenchRow } from "./bench-result.js";
import { goalRows } from "./goals.js";
import { makeCustomers, model, type Customer } from "./workload/customers.js";
import { toExpression, toJavaScript, toJsonLogic, toJsonRules, toPack } from "./workload/render-rules.js";
import { makeRules, type Rule } from "./workload/rules.js";

/**
 * One customer at a time, beside other engines in one run: contenders take turns, the median of the rounds counts, and
 * all must find the same rules surely true or the run fails.
 */
const rounds = 5;
const asOf = parseDay("2026-11-25") ?? 0;

/** One engine with the rules in its own language. */
export interface Contender {
  readonly name: string;
  /** How many customers it goes through in a round. */
  readonly customers: number;
  /** Goes through customers and gives the number of rules found; nothing else is done in the measured time. */
  run(customers: readonly Customer[]): number | Promise<number>;
  /** Ids of the rules found for each. */
  answers(customers: readonly Customer[]): Promise<readonly string[]>;
}

/** The rules as a checked pack. */
export function programOf(rules: readonly Rule[]): Program {
  const { program, diagnostics } = loadPack(toPack(rules, model));
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  return program;
}

/** Turns customers into the shape of a program. */
export function normaliserOf(program: Program): (customer: Customer) => NormalRecord {
  const normaliser = createNormaliser(program.model);
  return (customer) => {
    const normal = normaliser.record(customer);
    if (!("slots" in normal)) throw new Error(JSON.stringify(normal));
    return normal;
  };
}

/** A contender made of one function from customer to ids. */
function eachOf(name: string, customers: number, find: (customer: Customer) => readonly string[]): Contender {
  return {
    name, customers,
    run(list) {
      let found = 0;
      for (const customer of list) found += find(customer).length;
      return found;
    },
    answers: (list) => Promise.resolve(list.map((customer) => [...find(customer)].sort().join(" "))),
  };
}

function evertend(rules: readonly Rule[], normal: ReadonlyMap<Customer, NormalRecord>, customers: number): readonly Contender[] {
  const program = programOf(rules);
  const normalise = normaliserOf(program);
  const options = { asOf, context: [] };
  const matching = (name: string, find: (customer: Customer) => readonly { readonly rule: { readonly id: string } }[]): Contender => ({
    name, customers,
    run(list) {
      let found = 0;
      for (const customer of list) found += find(customer).length;
      return found;
    },
    answers: (list) => Promise.resolve(list.map((customer) => find(customer).map(({ rule }) => rule.id).sort().join(" "))),
  });
  const [own, whole, ready, closures] = [createEvaluator(program), createEvaluator(program), createEvaluator(program), createEvaluator(program, { generate: false })];
  return [
    matching(names.parsed, (customer) => own.matches(normalise(customer), options)),
    matching(names.full, (customer) => whole.evaluate(normalise(customer), options).matches),
    matching(names.normal, (customer) => ready.matches(normal.get(customer) as NormalRecord, options)),
    matching("evertend, parsed JSON in, matches only, without generated code", (customer) => closures.matches(normalise(customer), options)),
  ];
}

const names = {
  parsed: "evertend, parsed JSON in, matches only",
  full: "evertend, parsed JSON in, unknowns and until",
  normal: "evertend, normalised records in, matches only",
  hand: "hand-written JavaScript",
  jre: "json-rules-engine 7.3.1",
  plain: "json-rules-engine 7.3.1, plain path resolver",
  logic: "json-logic-engine 5.0.7, compiled",
  logicBoth: "json-logic-engine 5.0.7, compiled, sure and possible",
  zen: "zen-engine 0.54.0, loop over a batch",
  cel: "cel-js 8.0.0",
} as const;

/** Those that need no sample over a million customers. */
const fast: readonly string[] = [names.parsed, names.full, names.hand, names.logic, names.logicBoth];

function plainPath(value: object, path: string): unknown {
  let found: unknown = value;
  for (const step of path.slice(2).split(".")) found = (found as Readonly<Record<string, unknown>> | undefined)?.[step];
  return found;
}

function jsonRulesEngine(name: string, rules: readonly Rule[], customers: number, plain: boolean): Contender {
  const engine = new Engine(toJsonRules(rules) as never, { allowUndefinedFacts: true, ...(plain ? { pathResolver: plainPath } : {}) });
  engine.addOperator<readonly { readonly type: string; readonly balance: number }[], { readonly type: string; readonly least: number }>("hasHolding", (items, { type, least }) => items.some((one) => one.type === type && one.balance >= least));
  engine.addOperator<string, string>("dayFrom", (day, from) => day >= from);
  engine.addOperator<string, string>("dayBefore", (day, before) => day < before);
  engine.addOperator<unknown, boolean>("isThere", (value) => value !== undefined && value !== null);
  const find = async (customer: Customer): Promise<readonly string[]> => (await engine.run(customer)).events.map(({ type }) => type);
  return {
    name, customers,
    async run(list) {
      let found = 0;
      for (const customer of list) found += (await find(customer)).length;
      return found;
    },
    async answers(list) {
      const out: string[] = [];
      for (const customer of list) out.push([...(await find(customer))].sort().join(" "));
      return out;
    },
  };
}

function jsonLogic(rules: readonly Rule[], customers: number): readonly [Contender, Contender] {
  const engine = new LogicEngine();
  const build = (logic: unknown): ((data: unknown) => unknown) => engine.build(logic) as (data: unknown) => unknown;
  const sure = rules.map(({ id, when }) => ({ id, test: build(toJsonLogic(when)) }));
  const possible = rules.map(({ id, when }) => ({ id, test: build(toJsonLogic(when, true)) }));
  const find = (customer: Customer): readonly string[] => {
    const found: string[] = [];
    for (const { id, test } of sure) if (test(customer) === true) found.push(id);
    return found;
  };
  let open = 0;
  const both = (customer: Customer): readonly string[] => {
    const found: string[] = [];
    for (let i = 0; i < sure.length; i++) {
      const one = sure[i] as (typeof sure)[number];
      if (one.test(customer) === true) found.push(one.id);
      else if ((possible[i] as (typeof possible)[number]).test(customer) === true) open++;
    }
    return found;
  };
  const counted = eachOf(names.logicBoth, customers, both);
  return [eachOf(names.logic, customers, find), { ...counted, run: async (list) => (await counted.run(list)) + Math.min(open, 0) }];
}

function zen(rules: readonly Rule[], customers: number): Contender {
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: "in", type: "inputNode", name: "in", position: { x: 0, y: 0 } },
      { id: "rules", type: "expressionNode", name: "rules", position: { x: 0, y: 0 }, content: { expressions: rules.map(({ id, when }) => ({ id, key: id, value: toExpression(when, "zen") })), passThrough: false, inputField: "customers", outputPath: "found", executionMode: "loop" } },
      { id: "out", type: "outputNode", name: "out", position: { x: 0, y: 0 } },
    ],
    edges: [{ id: "a", sourceId: "in", targetId: "rules", type: "edge" }, { id: "b", sourceId: "rules", targetId: "out", type: "edge" }],
  });
  const evaluate = async (list: readonly Customer[]): Promise<readonly Readonly<Record<string, boolean>>[]> => ((await decision.evaluate({ customers: list })).result as { readonly found: readonly Readonly<Record<string, boolean>>[] }).found;
  const idsOf = (found: Readonly<Record<string, boolean>>): readonly string[] => rules.flatMap(({ id }) => (found[id] === true ? [id] : []));
  return {
    name: names.zen, customers,
    run: async (list) => (await evaluate(list)).reduce((sum, found) => sum + idsOf(found).length, 0),
    answers: async (list) => (await evaluate(list)).map((found) => idsOf(found).join(" ")),
  };
}

function cel(rules: readonly Rule[], customers: number): Contender {
  const tests = rules.map(({ id, when }) => ({ id, test: parseCel(toExpression(when, "cel")) }));
  return eachOf(names.cel, customers, (customer) => {
    const found: string[] = [];
    const context = { c: customer };
    for (const { id, test } of tests) if (test(context) === true) found.push(id);
    return found;
  });
}

function handWritten(rules: readonly Rule[], customers: number): Contender {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const find = new Function(toJavaScript(rules))() as (customer: Customer) => readonly string[];
  return eachOf(names.hand, customers, find);
}

/** All contenders; `some` and `few`: how many customers the slower and the slowest go through. */
export function contendersOf(rules: readonly Rule[], normal: ReadonlyMap<Customer, NormalRecord>, { all, some, few }: { readonly all: number; readonly some: number; readonly few: number }): readonly Contender[] {
  return [
    ...evertend(rules, normal, all),
    handWritten(rules, all),
    ...jsonLogic(rules, some),
    zen(rules, Math.min(2_000, some)),
    cel(rules, some),
    jsonRulesEngine(names.jre, rules, few, false),
    jsonRulesEngine(names.plain, rules, few, true),
  ];
}

/** Takes turns, and gives the median of each. */
async function race(contenders: readonly Contender[], rules: number, customers: readonly Customer[]): Promise<readonly BenchRow[]> {
  const sample = customers.slice(0, Math.min(...contenders.map((one) => one.customers)));
  const sums = new Map<string, string>();
  for (const one of contenders) sums.set(one.name, sha256Hex((await one.answers(sample)).join("\n")));
  if (new Set(sums.values()).size !== 1) throw new Error(`contenders disagree over ${rules} rules: ${JSON.stringify([...sums])}`);
  const micros = new Map<string, number[]>(contenders.map((one) => [one.name, []]));
  /** Matches by the number of customers gone through: in what is measured they are the same too. */
  const found = new Map<number, number>();
  for (let round = 0; round <= rounds; round++) {
    for (const one of contenders) {
      const own = customers.slice(0, one.customers);
      const start = performance.now();
      const count = await one.run(own);
      const taken = performance.now() - start;
      const known = found.get(own.length) ?? count;
      if (known !== count) throw new Error(`${one.name} finds ${count} matches of ${rules} rules in ${own.length} customers, others ${known}`);
      found.set(own.length, known);
      // The first round warms up.
      if (round > 0) micros.get(one.name)?.push((taken * 1000) / own.length);
    }
  }
  const most = Math.max(...contenders.map((one) => one.customers));
  return contenders.map((one) => ({ contender: one.name, rules, customers: one.customers, microsPerCustomer: median(micros.get(one.name) ?? []), checksum: sums.get(one.name) ?? "", ...(one.customers < most ? { sampled: true } : {}) }));
}

interface Build {
  readonly rules: number;
  readonly build: number;
  readonly engine: number;
  readonly first: number;
}

/** Milliseconds from the texts of a pack to an engine that can be asked, and of the first decision after it. */
function measureBuild(count: number, customer: Customer): Build {
  const files = toPack(makeRules(count), model);
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    const { program } = loadPack(files);
    if (!program) throw new Error("the pack does not load");
    const loaded = performance.now();
    const engine = createEngine(program);
    const built = performance.now();
    engine.decide(customer, { asOf: formatDay(asOf), at: `${formatDay(asOf)}T09:00:00+08:00` });
    return { build: built - start, engine: built - loaded, first: performance.now() - built };
  });
  return { rules: count, build: median(times.map(({ build }) => build)), engine: median(times.map(({ engine }) => engine)), first: median(times.map(({ first }) => first)) };
}

/**
 * The faster contenders over many customers, which no list holds at once: they are made, gone through and forgotten chunk
 * by chunk, and contenders take turns at each.
 */
export async function series(rules: readonly Rule[], customers: number, chunk = 20_000): Promise<readonly BenchRow[]> {
  const contenders = contendersOf(rules, new Map(), { all: chunk, some: chunk, few: 1 }).filter(({ name }) => fast.includes(name));
  const micros = new Map<string, number>(contenders.map((one) => [one.name, 0]));
  const found = new Map<string, number>(contenders.map((one) => [one.name, 0]));
  for (let from = -chunk; from < customers; from += chunk) {
    const some = makeCustomers(Math.min(chunk, customers - Math.max(0, from)), 7, Math.max(0, from));
    for (const one of (from / chunk) % 2 === 0 ? contenders : [...contenders].reverse()) {
      const start = performance.now();
      const count = await one.run(some);
      // The first chunk is gone through twice: it warms up.
      if (from < 0) continue;
      micros.set(one.name, (micros.get(one.name) ?? 0) + (performance.now() - start) * 1000);
      found.set(one.name, (found.get(one.name) ?? 0) + count);
    }
  }
  if (new Set(found.values()).size !== 1) throw new Error(`contenders disagree over ${customers} customers: ${JSON.stringify([...found])}`);
  return contenders.map(({ name }) => ({ contender: `${name}, over ${customers.toLocaleString("en")} customers`, rules: rules.length, customers, microsPerCustomer: (micros.get(name) ?? 0) / customers, checksum: sha256Hex(String(found.get(name))) }));
}

/** `pnpm bench peers`. */
export async function peers(): Promise<BenchResult> {
  const customers = makeCustomers(20_000);
  const rows: BenchRow[] = [];
  for (const count of [10, 50, 200, 1_000]) {
    const rules = makeRules(count);
    const normalise = normaliserOf(programOf(rules));
    const normal = new Map(customers.map((customer) => [customer, normalise(customer)] as const));
    const scale = 50 / count;
    const few = Math.max(40, Math.round(300 * scale));
    const some = Math.min(20_000, Math.max(500, Math.round(5_000 * scale)));
    rows.push(...(await race(contendersOf(rules, normal, { all: 20_000, some, few }), count, customers)));
  }
  const texts = customers.map((customer) => JSON.stringify(customer));
  const parsing = median(Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (const text of texts) JSON.parse(text);
    return ((performance.now() - start) * 1000) / texts.length;
  }));
  for (const count of [10_000, 100_000, 1_000_000]) rows.push(...(await series(makeRules(50), count)));
  const builds = [50, 1_000].map((count) => measureBuild(count, customers[0] as Customer));
  for (const { rules, build, engine, first } of builds) console.log(`build of ${rules} rules: ${build.toFixed(1)} ms (of these ${engine.toFixed(1)} ms after loading), first decision ${first.toFixed(3)} ms`);
  return { rows, goals: goalsOf(rows, builds), limits: [{ id: "JSON.parse of a customer's text", microsPerCustomer: parsing }] };
}

function goalsOf(rows: readonly BenchRow[], builds: readonly Build[]): readonly BenchGoal[] {
  const of = (contender: string, rules = 50): number => rows.find((row) => row.contender === contender && row.rules === rules)?.microsPerCustomer ?? NaN;
  const [small, large] = builds as [Build, Build];
  return goalRows("peers", {
    "parsed JSON, 50 rules, matches only: times json-rules-engine": of(names.jre) / of(names.parsed),
    "parsed JSON, 50 rules, matches only: times json-logic-engine": of(names.logic) / of(names.parsed),
    "parsed JSON, 50 rules, matches only: of hand-written": of(names.parsed) / of(names.hand),
    "with unknowns and until: times json-logic-engine, sure and possible": of(names.logicBoth) / of(names.full),
    "with unknowns and until: of hand-written": of(names.full) / of(names.hand),
    "normalised records, 50 rules, matches only: times json-rules-engine": of(names.jre) / of(names.normal),
    "1,000 rules: times json-logic-engine": of(names.logic, 1_000) / of(names.parsed, 1_000),
    "1,000 rules: of its own time at 50 rules": of(names.parsed, 1_000) / of(names.parsed),
    "build of a pack with 50 rules, ms": small.build,
    "build of a pack with 1,000 rules, ms": large.build,
    "first decision after the build of 50 rules, ms": small.first,
    "first decision after the build of 1,000 rules, ms": large.first,
  });
}
