/** One change of a JSON value. */
export interface Mutation {
  readonly path: readonly (string | number)[];
  /** What takes the node's place; `undefined` = the node is deleted. */
  readonly value: unknown;
}

const replacements: readonly unknown[] = [null, 1, "x", [], {}, true, undefined];

/**
 * Every node of a value replaced in turn by null, 1, "x", [], {} and true, and deleted. Of a long list of scalars (the
 * days of a calendar) the first two stand for all.
 */
export function mutationsOf(value: unknown): readonly Mutation[] {
  const out: Mutation[] = [];
  const visit = (node: unknown, path: readonly (string | number)[]): void => {
    for (const replacement of replacements) if (path.length > 0 || replacement !== undefined) out.push({ path, value: replacement });
    if (typeof node !== "object" || node === null) return;
    const all = Object.entries(node);
    const alike = Array.isArray(node) && node.every((item) => typeof item !== "object");
    for (const [key, inner] of alike ? all.slice(0, 2) : all) visit(inner, [...path, Array.isArray(node) ? Number(key) : key]);
  };
  visit(value, []);
  return out;
}

/** The value with one change; what is not on the way is shared. */
export function mutate(value: unknown, { path, value: replacement }: Mutation, depth = 0): unknown {
  const step = path[depth];
  if (step === undefined) return replacement;
  const last = depth === path.length - 1;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    if (last && replacement === undefined) copy.splice(Number(step), 1);
    else copy[Number(step)] = mutate(copy[Number(step)], { path, value: replacement }, depth + 1);
    return copy;
  }
  const { [step]: inner, ...rest } = value as Readonly<Record<string, unknown>>;
  return last && replacement === undefined ? rest : { ...(value as object), [step]: mutate(inner, { path, value: replacement }, depth + 1) };
}
