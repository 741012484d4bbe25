import { Draw } from "../../fuzz/draw.js";
import { cities, dayAt, holdingTypes, makeCustomers, products, segments, type Customer } from "./customers.js";

/** A question about one customer that every contender can say. `at` is a path of members. */
export type Leaf =
  | { readonly kind: "number"; readonly at: readonly string[]; readonly cmp: ">=" | "<"; readonly value: number }
  | { readonly kind: "text"; readonly at: readonly string[]; readonly value: string }
  | { readonly kind: "among"; readonly at: readonly string[]; readonly values: readonly string[] }
  | { readonly kind: "flag"; readonly at: readonly string[]; readonly value: boolean }
  | { readonly kind: "day"; readonly at: readonly string[]; readonly cmp: ">=" | "<"; readonly value: string }
  | { readonly kind: "has"; readonly at: readonly string[]; readonly value: string }
  | { readonly kind: "holding"; readonly type: string; readonly least: number };

/** A leaf about a field, which may be missing. */
export type FieldLeaf = Exclude<Leaf, { readonly kind: "holding" }>;

export interface Group<C> {
  readonly kind: "group";
  readonly of: "all" | "any";
  readonly items: readonly C[];
}

export type Condition = Leaf | Group<Condition> | { readonly kind: "not"; readonly item: FieldLeaf };

export interface Rule {
  readonly id: string;
  readonly when: Condition;
}

/** Truth in three values, as the language has it: what calibrates the rules, and what all contenders are held to. */
export function truthOf(condition: Condition, customer: Customer): boolean | undefined {
  switch (condition.kind) {
    case "group": {
      const found = condition.items.map((item) => truthOf(item, customer));
      const deciding = condition.of === "any";
      return found.includes(deciding) ? deciding : found.includes(undefined) ? undefined : !deciding;
    }
    case "not": {
      const found = truthOf(condition.item, customer);
      return found === undefined ? undefined : !found;
    }
    case "holding":
      return (customer["holdings"] as readonly { readonly type: string; readonly balance: number }[]).some((one) => one.type === condition.type && one.balance >= condition.least);
    default: {
      let value: unknown = customer;
      for (const step of condition.at) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
      if (value === undefined) return undefined;
      if (condition.kind === "has") return (value as readonly string[]).includes(condition.value);
      if (condition.kind === "among") return condition.values.includes(value as string);
      if (condition.kind === "text" || condition.kind === "flag") return value === condition.value;
      return condition.cmp === ">=" ? (value as number) >= (condition.value as number) : (value as number) < (condition.value as number);
    }
  }
}

function drawLeaf(draw: Draw): Leaf {
  const cmp = draw.pick([">=", "<"] as const);
  const amount = (most: number): number => Math.round(draw.next() ** 2 * most);
  return draw.one<Leaf>(
    () => ({ kind: "number", at: ["age"], cmp, value: draw.whole(22, 84) }),
    () => ({ kind: "number", at: ["assets", draw.pick(["total", "deposits", "funds", "elsewhere"])], cmp, value: amount(3e6) }),
    () => ({ kind: "number", at: ["contact", "count"], cmp, value: draw.whole(2, 38) }),
    () => ({ kind: "number", at: ["risk", "rating"], cmp, value: draw.whole(2, 5) }),
    () => ({ kind: "text", at: ["segment"], value: draw.pick(segments) }),
    () => ({ kind: "among", at: ["city"], values: cities.filter(() => draw.chance(0.3)).concat("Nowhere") }),
    () => ({ kind: "flag", at: ["active"], value: draw.chance(0.5) }),
    () => ({ kind: "day", at: draw.pick([["since"], ["contact", "last"], ["risk", "assessedOn"]]), cmp, value: dayAt(0.2 + draw.next() * 0.7) }),
    () => ({ kind: "has", at: ["products"], value: draw.pick(products) }),
    () => ({ kind: "holding", type: draw.pick(holdingTypes), least: amount(6e5) }),
  );
}

function drawRule(draw: Draw): Condition {
  const leaf = (): Condition => {
    const made = drawLeaf(draw);
    return made.kind !== "holding" && draw.chance(0.15) ? { kind: "not", item: made } : made;
  };
  const any = (depth: number): Condition => ({ kind: "group", of: "any", items: draw.list(2, 2, () => (depth > 1 && draw.chance(0.3) ? { kind: "group", of: "all", items: [leaf(), leaf()] } : leaf())) });
  return { kind: "group", of: "all", items: [...draw.list(1, 3, leaf), ...draw.list(1, 2, () => any(2))] };
}

function leaves(condition: Condition): number {
  return condition.kind === "group" ? condition.items.reduce((sum, item) => sum + leaves(item), 0) : 1;
}

/** Rules of 3 to 8 leaves, each true for 0.1 to 10 % of the customers: those that are not are drawn again. */
export function makeRules(count: number, seed = 11): readonly Rule[] {
  const draw = new Draw(seed);
  const sample = makeCustomers(1_000);
  const rules: Rule[] = [];
  while (rules.length < count) {
    const when = drawRule(draw);
    const share = sample.filter((customer) => truthOf(when, customer) === true).length / sample.length;
    if (leaves(when) >= 3 && leaves(when) <= 8 && share >= 0.001 && share <= 0.1) rules.push({ id: `r${String(rules.length).padStart(4, "0")}`, when });
  }
  return rules;
}
