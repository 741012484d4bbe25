import { cities, greatest, holdingTypes, joined, productNames } from "./make-population.js";

/** What every contender is told, in its own words. A leaf over a missing value is neither true nor false. */
export type Condition =
  | { readonly kind: "compare"; readonly field: string; readonly sign: ">=" | "<"; readonly value: number | string }
  | { readonly kind: "in"; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: "is"; readonly field: string; readonly value: boolean }
  | { readonly kind: "has"; readonly field: string; readonly value: string }
  /** Some holding of a type with at least a balance. */
  | { readonly kind: "holds"; readonly type: string; readonly balance: number }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

export interface BenchRule {
  readonly id: string;
  readonly when: Condition;
}

const present = 0.9;
const day = 86_400_000;

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

/**
 * Rules of four to eight leaves, nested two to three deep, each true for 0.2 % to 8 % of the population: two comparisons are
 * set so that the whole comes to a share drawn evenly on a logarithmic scale.
 */
export function makeRules(count: number, seed = 11): readonly BenchRule[] {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  /** A comparison that is true for a share of all customers. */
  const compare = (field: keyof typeof greatest, share: number): Condition => {
    const sign = next() < 0.5 ? ">=" : "<";
    const part = Math.min(share / present, 1);
    const value = Math.round((sign === "<" ? part : 1 - part) * greatest[field] * 100) / 100;
    return { kind: "compare", field, sign, value };
  };
  /** A leaf of its own choice, and for how many it is true. */
  const leaf = (): readonly [Condition, number] => {
    switch (Math.floor(next() * 5)) {
      case 0: {
        const values = [pick(cities), pick(cities)].filter((one, i, all) => all.indexOf(one) === i);
        return [{ kind: "in", field: "city", values }, (present * values.length) / cities.length];
      }
      case 1: {
        const part = 0.1 + 0.5 * next();
        const on = new Date(Date.parse(joined.from) + Math.floor(part * joined.days) * day).toISOString().slice(0, 10);
        return [{ kind: "compare", field: "joinedOn", sign: "<", value: on }, part * present];
      }
      case 2:
        return [{ kind: "has", field: "products", value: pick(productNames) }, 0.4 * present];
      case 3: {
        const balance = Math.round(greatest.balance * (0.3 + 0.6 * next()));
        return [{ kind: "holds", type: pick(holdingTypes), balance }, 0.5 * (1 - balance / greatest.balance)];
      }
      default:
        return [{ kind: "compare", field: "potential", sign: ">=", value: 60 }, 0.4 * present];
    }
  };
  const money = ["assets.total", "assets.atOtherBanks", "turnover"] as const;
  return Array.from({ length: count }, (_, i) => {
    const share = 0.002 * 40 ** next();
    const others = Array.from({ length: 2 + Math.floor(next() * 3) }, leaf);
    const negated = next() < 0.5 ? [{ kind: "not", of: { kind: "compare", field: "potential", sign: "<", value: 80 } } as const] : [];
    const some = 1 - others.reduce((none, [, one]) => none * (1 - one), negated.length > 0 ? 1 - 0.2 * present : 1);
    const [a, b] = ((first) => [money[first], money[(first + 1) % 3]] as const)(Math.floor(next() * 3)) as readonly [(typeof money)[number], (typeof money)[number]];
    const active: Condition[] = next() < 0.3 ? [{ kind: "is", field: "active", value: true }] : [];
    const each = Math.min(0.88, Math.sqrt(share / some / (active.length > 0 ? 0.7 * present : 1)));
    return { id: `r${String(i).padStart(4, "0")}`, when: { kind: "all", of: [...active, compare(a, each), { kind: "any", of: [...others.map(([one]) => one), ...negated] }, compare(b, each)] } };
  });
}
