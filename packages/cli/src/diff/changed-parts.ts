import type { Program, RuleProgram } from "@evertend/core";

/** What a change of parameters reaches, as ids of rules. All else is the same on both sides. */
export interface ChangedParts {
  /** Rules that may match other customers or items, or under another occurrence. */
  readonly answers: ReadonlySet<string>;
  /** Rules whose actions, or the words of them, may be others. */
  readonly actions: ReadonlySet<string>;
}

/** Facts and levels, by index, that may be worth something else. */
interface Changed {
  readonly facts: Set<number>;
  readonly levels: Set<number>;
}

/**
 * Finds what differs between two programs of the same files under different parameters; `undefined` where it reaches
 * policy or roles, which every rule hangs on.
 */
export function changedParts(before: Program, after: Program): ChangedParts | undefined {
  if (before.rules.length !== after.rules.length || before.facts.length !== after.facts.length || before.levels.length !== after.levels.length) return undefined;
  const changed = changedFacts(before, after);
  const parameters = [...after.parameters].filter(([name, { value }]) => before.parameters.get(name)?.value !== value).map(([name]) => `param.${name}`);
  const names = new Set([...parameters, ...[...changed.facts].map((i) => before.facts[i]?.id ?? "")]);
  if (!isSame(before.policy, after.policy, changed) || [...before.model.roles.values(), ...suitabilityNames(before)].some((name) => names.has(name))) return undefined;
  const answers = new Set<string>();
  const actions = new Set<string>();
  for (const [i, one] of before.rules.entries()) {
    const other = after.rules[i];
    if (other?.id !== one.id) return undefined;
    const { when, occurrence, each, ...rest } = one;
    if (!isSame({ when, occurrence, each }, { when: other.when, occurrence: other.occurrence, each: other.each }, changed)) answers.add(one.id);
    const { when: _when, occurrence: _occurrence, each: _each, ...otherRest } = other;
    if (!isSame(rest, otherRest, changed) || templatesOf(one).some((id) => readsAny(before, after, id, names))) actions.add(one.id);
  }
  return { answers, actions };
}

/** Templates whose words a rule may ask for. */
export function templatesOf(rule: RuleProgram): readonly string[] {
  const asking = rule.policy.unknownConsentTask;
  return [...rule.actions.map(({ template }) => template), ...(asking === undefined ? [] : [asking])];
}

function readsAny(before: Program, after: Program, id: string, names: ReadonlySet<string>): boolean {
  const template = before.templates.get(id);
  if (template?.version !== after.templates.get(id)?.version) return true;
  const parts = [...(template?.variants.values() ?? [])].flatMap((locales) => [...locales.values()].flatMap((byPart) => [...byPart.values()]));
  return parts.some(({ reads }) => reads.some((name) => names.has(name)));
}

function suitabilityNames(program: Program): readonly string[] {
  return [...program.policy.suitability.values()].flatMap((one) => [...one.customerRatings, one.assessedOn, one.birthDate, one.productRisk]);
}

/** A fact changes with what it reads, so it is looked for until no more are found. */
function changedFacts(before: Program, after: Program): Changed {
  const changed: Changed = { facts: new Set(), levels: new Set() };
  for (let size = -1; size !== changed.facts.size + changed.levels.size; ) {
    size = changed.facts.size + changed.levels.size;
    before.facts.forEach((fact, i) => {
      if (!isSame(fact, after.facts[i], changed)) changed.facts.add(i);
    });
    before.levels.forEach((level, i) => {
      if (!isSame(level, after.levels[i], changed)) changed.levels.add(i);
    });
  }
  return changed;
}

/** Whether two parts of a program say the same, of facts that are the same. */
function isSame(a: unknown, b: unknown, changed: Changed): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b);
  if (reads(a, "fact", changed.facts) || reads(a, "level", changed.levels)) return false;
  if (a === b && !("op" in a) && !Array.isArray(a)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i], changed));
  if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every(([key, value]) => b.has(key) && isSame(value, b.get(key), changed));
  const entries = Object.entries(a);
  return entries.length === Object.keys(b).length && entries.every(([key, value]) => Object.hasOwn(b, key) && isSame(value, (b as Readonly<Record<string, unknown>>)[key], changed));
}

function reads(node: object, op: "fact" | "level", changed: ReadonlySet<number>): boolean {
  if (!("op" in node) || node.op !== op) return false;
  const index = (node as Readonly<Record<string, unknown>>)[op === "fact" ? "fact" : "state"];
  return typeof index === "number" && changed.has(index);
}
