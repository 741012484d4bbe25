import { createNormaliser, type Evaluation, type Item, type NormalContext, type Program } from "@evertend/core";
import type { RandomCase } from "../random-pack.js";
import type { NaiveProgram, Verdict } from "./naive-program.js";
import { written } from "./naive-days.js";

/** What the oracle says of a rule and a subject. */
export interface Told {
  readonly verdict: Verdict;
  readonly occurrence: string;
  /** The product that an offer takes; absent where the rule offers none or does not fire. */
  readonly product?: string | null;
}

/** A case's context as core reads it. */
export function contextOf(program: Program, json: RandomCase["context"]): NormalContext {
  const normaliser = createNormaliser(program.model);
  return [...program.model.context.values()].map((collection) => (json?.[collection.name] === undefined ? undefined : (normaliser.items(collection, json[collection.name]) as readonly Item[])));
}

/** All answers of a day by rule and subject. Of an episode the first day is told. */
export function tell(naive: NaiveProgram, episodes: Readonly<Record<string, unknown>>): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const rule of naive.ground.program.rules) {
    for (const { subject, verdict, occurrence, product } of naive.answers(rule)) {
      const key = `${rule.id}\n${subject}`;
      const episode = rule.occurrence === "episode" && verdict === "yes";
      told.set(key, { verdict, occurrence: episode ? String(episodes[key] ?? written(naive.ground.asOf)) : String(occurrence), ...(product === undefined ? {} : { product }) });
    }
  }
  return told;
}

/** The answers of a day in a form that both can be brought into: matches with occurrence and product, and what is open. */
export interface Today {
  readonly matches: readonly string[];
  readonly open: readonly string[];
}

/** What the oracle says of today. */
export function todayOfOracle(told: ReadonlyMap<string, Told>): Today {
  const of = (verdict: Verdict): (readonly [string, Told])[] => [...told].filter(([, one]) => one.verdict === verdict);
  return { matches: of("yes").map(([key, { occurrence, product }]) => `${key}\n${occurrence}\n${product === undefined ? "" : String(product)}`).sort(byCodeUnit), open: of("open").map(([key]) => key).sort(byCodeUnit) };
}

/** What the engine says of today. */
export function todayOfEngine(evaluation: Evaluation): Today {
  const productOf = (match: Evaluation["matches"][number]): string => {
    const { product } = match.rule.policy;
    return product ? String(evaluation.value(product.pick, match) ?? null) : "";
  };
  return {
    matches: evaluation.matches.map((match) => `${match.rule.id}\n${match.subject}\n${match.occurrence}\n${productOf(match)}`).sort(byCodeUnit),
    open: evaluation.unknowns.map(({ ruleId, subject }) => `${ruleId}\n${subject}`).sort(byCodeUnit),
  };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
