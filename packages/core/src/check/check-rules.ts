import type { Spot } from "../language/spot.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import { conjunctsOf } from "../lower/nodes.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { PolicyProgram } from "../policy/policy-program.js";
import { closest } from "../diagnostics/did-you-mean.js";

type SpotOf = (place: { readonly origin: { readonly file: string; readonly pointer: string } }) => Spot | undefined;

/** Looks at finished rules: presets that do not exist, and conditions that can never hold. */
export function checkRules(rules: readonly RuleProgram[], policy: PolicyProgram, spotOf: SpotOf): void {
  for (const rule of rules) {
    const { suitability } = rule.policy;
    if (suitability !== undefined && !policy.suitability.has(suitability)) spotOf(rule)?.at("suitability").report("UNKNOWN_REFERENCE", { name: suitability, suggestion: closest(suitability, policy.suitability.keys()) ?? "" });
    const contradiction = findContradiction(rule.when);
    if (contradiction) (spotOf({ origin: contradiction.origin ?? rule.origin }) ?? spotOf(rule))?.report("CONTRADICTION", { name: contradiction.name, detail: contradiction.name });
  }
}

interface Bounds {
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
  readonly equals: Set<unknown>;
}

/** The first fact of a conjunction whose bounds leave no value: `x > 5` beside `x < 3`, or two different equals. */
function findContradiction(node: TruthNode): { readonly name: string; readonly origin?: { readonly file: string; readonly pointer: string } } | undefined {
  const bounds = new Map<string, Bounds>();
  for (const leaf of conjunctsOf(node)) {
    if (leaf.op !== "compare") continue;
    const name = nameOf(leaf.left);
    if (name === undefined || leaf.right.op !== "const") continue;
    let bound = bounds.get(name);
    if (!bound) bounds.set(name, (bound = { low: -Infinity, lowOpen: false, high: Infinity, highOpen: false, equals: new Set() }));
    narrow(bound, leaf.cmp, leaf.right.value);
    if (empty(bound)) return { name, ...(leaf.origin ? { origin: leaf.origin } : {}) };
  }
  return undefined;
}

function nameOf(node: ValueNode): string | undefined {
  return node.op === "field" || node.op === "fact" ? node.name : undefined;
}

function narrow(bound: Bounds, cmp: string, value: unknown): void {
  if (cmp === "=") bound.equals.add(value);
  if (typeof value !== "number") return;
  const open = cmp === "<" || cmp === ">";
  if ((cmp === "=" || cmp === ">" || cmp === ">=") && (value > bound.low || (value === bound.low && open))) [bound.low, bound.lowOpen] = [value, open];
  if ((cmp === "=" || cmp === "<" || cmp === "<=") && (value < bound.high || (value === bound.high && open))) [bound.high, bound.highOpen] = [value, open];
}

function empty(bound: Bounds): boolean {
  return bound.equals.size > 1 || bound.low > bound.high || (bound.low === bound.high && (bound.lowOpen || bound.highOpen));
}
