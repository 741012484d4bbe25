import { Findings } from "@evertend/core";
import type { Collection, Diagnostic, Evaluated, Lang, Program } from "@evertend/core";

type Item = Record<string, unknown>;

/** Takes records in a first pass, so that a second one can say where each stands among all. */
export interface PopulationTaker {
  /** Names of the context collections that it fills; empty where the pack ranks nobody. */
  readonly collections: readonly string[];
  add(evaluated: Evaluated): void;
  /** The collections, items in order of id, and a warning (POPULATION_EMPTY) for each that has none. */
  finish(lang?: Lang): { readonly context: Readonly<Record<string, readonly Item[]>>; readonly diagnostics: readonly Diagnostic[] };
}

/**
 * Makes the snapshot that facts of the kind `population` read: for each record one item in the context collection they
 * name, with the facts that the fields of that collection are named after. Memory grows with the records: it is meant for
 * managers and branches, thousands of them, not for millions of customers.
 *
 * @param given collections that the context holds already; they are left alone
 * @example
 * ```ts
 * const taker = takePopulation(program);
 * for (const record of records) { const one = engine.evaluate(record, { asOf }); if (!("setAside" in one)) taker.add(one); }
 * const ranked = createEngine(program, { context: { ...context, ...taker.finish().context } });
 * ```
 */
export function takePopulation(program: Program, given: Readonly<Record<string, unknown>> = {}): PopulationTaker {
  const readers = new Map<string, string>();
  for (const { id, population } of program.facts) if (population !== undefined && !Object.hasOwn(given, population) && !readers.has(population)) readers.set(population, id);
  const collections = [...readers.keys()].flatMap((name) => program.model.context.get(name) ?? []);
  const taken = new Map<string, Item[]>(collections.map(({ name }) => [name, []]));
  return {
    collections: collections.map(({ name }) => name),
    add(evaluated) {
      for (const collection of collections) taken.get(collection.name)?.push(itemOf(collection, evaluated));
    },
    finish(lang = "en") {
      const findings = new Findings(lang);
      for (const [name, items] of taken) {
        items.sort((a, b) => (String(a[""]) < String(b[""]) ? -1 : 1));
        if (items.length === 0) findings.add("POPULATION_EMPTY", { file: name, pointer: "", line: 0, column: 0 }, { name, other: readers.get(name) ?? "" });
      }
      return { context: Object.fromEntries([...taken].map(([name, items]) => [name, items.map(({ "": _id, ...item }) => item)])), diagnostics: findings.sorted() };
    },
  };
}

/** The item of one record; under `""` its id, to sort by. */
function itemOf(collection: Collection, { customerId, evaluation }: Evaluated): Item {
  const item: Item = { "": customerId };
  for (const name of collection.fields.keys()) {
    const value = name === collection.idField ? customerId : evaluation.read(name);
    if (value === undefined) continue;
    const path = name.split(".");
    let node = item;
    for (const step of path.slice(0, -1)) node = (node[step] ??= {}) as Item;
    node[path.at(-1) as string] = value;
  }
  return item;
}
