import type { Program, RuleProgram, ValueNode } from "@evertend/core";
import type { BothWays } from "./translate-condition.js";

/** Names of the facts that a condition of json-rules-engine reads. */
export function factsReadBy({ sure, possible }: BothWays): readonly string[] {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "fact" && typeof inner === "string") names.add(inner);
      else walk(inner);
    }
  };
  walk(sure);
  walk(possible);
  return [...names];
}

/** Fields of the customer that a rule reads, itself or through derived facts. */
export function fieldsReadBy(rule: RuleProgram, program: Program): readonly string[] {
  const names = new Set<string>();
  const facts = new Set<number>();
  const levels = new Set<number>();
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      value.forEach(walk);
      return;
    }
    const node = value as Partial<ValueNode> & Readonly<Record<string, unknown>>;
    if (node.op === "field" && node["level"] === -1) names.add(String(node["name"]));
    if (node.op === "fact" && typeof node["fact"] === "number" && !facts.has(node["fact"])) {
      facts.add(node["fact"]);
      walk(program.facts[node["fact"]]?.node);
    }
    if (node.op === "level" && typeof node["state"] === "number" && !levels.has(node["state"])) {
      levels.add(node["state"]);
      walk(program.levels[node["state"]]);
    }
    // What does not hold nodes: where it was written, what it ranges over, calendars, words.
    for (const [key, inner] of Object.entries(node)) if (!["origin", "range", "calendar", "label"].includes(key)) walk(inner);
  };
  walk(rule.when);
  walk(rule.occurrence);
  return [...names];
}
