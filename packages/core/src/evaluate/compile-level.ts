import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { LevelState } from "../lower/rule-program.js";
import type { Kept } from "../ports/customer-state.js";
import type { Compiler, LevelResult, Machine } from "./machine.js";

const unknownLevel: LevelResult = { level: undefined, since: undefined, previous: undefined, change: undefined, atRisk: undefined, below: undefined, until: Infinity };

const noLevel: LevelResult = { level: null, since: null, previous: null, change: null, atRisk: null, below: undefined, until: Infinity };

/**
 * A level that remembers, as a function of the measure and of what the last run left behind: kept while the measure
 * reaches `keepFrom`, at risk for `graceDays` below it, then the plain level.
 */
export function compileLevel(state: LevelState, c: Compiler): (m: Machine) => LevelResult {
  const measure = c.value(state.measure);
  const levels = state.levels.map((level) => ({
    name: level.name,
    from: level.from && c.value(level.from),
    keep: level.keepFrom ? c.value(level.keepFrom) : level.from && c.value(level.from),
  }));
  const rank = new Map(levels.map((level, i) => [level.name, levels.length - i] as const));
  const number = (m: Machine, read: ((m: Machine) => unknown) | undefined): number => {
    const value = read?.(m);
    return typeof value === "number" ? value : -Infinity;
  };
  return (m) => {
    const value = measure(m);
    const until = m.until;
    if (typeof value !== "number") return { ...(value === null ? noLevel : unknownLevel), until };
    const plain = levels.find((level) => value >= number(m, level.from)) ?? levels[levels.length - 1];
    if (!plain) return unknownLevel;
    const prior = priorOf(m.state?.lastFacts ?? {}, state.fact);
    const held = levels.find((level) => level.name === prior.level);
    if (!held) return { ...fresh(plain.name, m.asOf), until };
    const kept = { level: held.name, since: prior.since ?? m.asOf, previous: prior.previous, change: prior.change ?? "none", atRisk: false, below: undefined, until } as const;
    if ((rank.get(plain.name) ?? 0) > (rank.get(held.name) ?? 0)) return { ...fresh(plain.name, m.asOf), previous: held.name, change: "upgraded", until };
    if (plain.name === held.name || value >= number(m, held.keep)) return kept;
    const below = prior.below ?? m.asOf;
    const lastDay = below + state.graceDays - 1;
    if (m.asOf > lastDay) return { ...fresh(plain.name, m.asOf), previous: held.name, change: "downgraded", until };
    return { ...kept, atRisk: true, below, until: Math.min(until, lastDay) };
  };
}

function fresh(level: string, asOf: number): Omit<LevelResult, "until"> {
  return { level, since: asOf, previous: undefined, change: "none", atRisk: false, below: undefined };
}

interface Prior {
  readonly level: string | undefined;
  readonly since: number | undefined;
  readonly previous: string | undefined;
  readonly change: "upgraded" | "downgraded" | "none" | undefined;
  readonly below: number | undefined;
}

function priorOf(facts: Readonly<Record<string, Kept>>, fact: string): Prior {
  const text = (name: string): string | undefined => {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const day = (name: string): number | undefined => {
    const value = text(name);
    return value === undefined ? undefined : parseDay(value);
  };
  const change = text(`${fact}/change`);
  return {
    level: text(`${fact}/level`),
    since: day(`${fact}/since`),
    previous: text(`${fact}/previous`),
    change: change === "upgraded" || change === "downgraded" || change === "none" ? change : undefined,
    below: day(`${fact}/below`),
  };
}

/** What the next run must know about a level. A measure that is unknown or not there leaves the memory as it was. */
export function rememberLevel(fact: string, result: LevelResult, prior: Readonly<Record<string, Kept>>): Record<string, Kept> {
  const keys = ["level", "since", "previous", "change", "below"] as const;
  const out: Record<string, Kept> = {};
  for (const key of keys) {
    const name = `${fact}/${key}`;
    if (result.level === undefined || result.level === null) {
      const old = Object.hasOwn(prior, name) ? prior[name] : undefined;
      if (old !== undefined) out[name] = old;
      continue;
    }
    const value = result[key];
    if (value !== undefined && value !== null) out[name] = typeof value === "number" ? formatDay(value) : value;
  }
  return out;
}
