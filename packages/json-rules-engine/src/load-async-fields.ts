import { isObject, type Program } from "@evertend/core";

/** Looks up fields of the customer by their dotted name; `undefined` or `null` = there is nothing on record. */
export type AsyncFacts = Readonly<Record<string, (customerId: string, record: unknown) => Promise<unknown>>>;

/** A record with what was looked up, and the names of fields that could not be. */
export interface LoadedFields {
  readonly record: unknown;
  readonly failed: ReadonlySet<string>;
}

/** Asks the host for fields, all at the same time. One that fails is left out and named. */
export async function loadAsyncFields(record: unknown, facts: AsyncFacts, program: Program): Promise<LoadedFields> {
  const names = Object.keys(facts).sort();
  if (names.length === 0 || !isObject(record)) return { record, failed: new Set() };
  const unknown = names.filter((name) => !program.model.fields.has(name));
  if (unknown.length > 0) throw new TypeError(`no field of the model: ${unknown.join(", ")}`);
  const id = record[program.model.idField];
  const customerId = typeof id === "string" ? id : "";
  const found = await Promise.allSettled(names.map(async (name) => facts[name]?.(customerId, record)));
  const failed = new Set<string>();
  let filled: Readonly<Record<string, unknown>> = record;
  names.forEach((name, i) => {
    const one = found[i];
    if (one?.status === "fulfilled") filled = withField(filled, name.split("."), one.value);
    else failed.add(name);
  });
  return { record: filled, failed };
}

function withField(record: Readonly<Record<string, unknown>>, path: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  const [head, ...rest] = path;
  if (head === undefined) return record;
  const inner = Object.hasOwn(record, head) ? record[head] : undefined;
  return { ...record, [head]: rest.length === 0 ? value : withField(isObject(inner) ? inner : {}, rest, value) };
}
