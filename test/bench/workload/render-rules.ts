import type { Condition, FieldLeaf, Group, Leaf, Rule } from "./rules.js";

type Json = Readonly<Record<string, unknown>>;

/** A condition in the form that is surely true: a negation holds only where there is something to negate. */
type Sure = Leaf | Group<Sure> | { readonly kind: "notThere"; readonly item: FieldLeaf };

function sure(condition: Condition): Sure {
  if (condition.kind === "not") return { kind: "notThere", item: condition.item };
  return condition.kind === "group" ? { ...condition, items: condition.items.map(sure) } : condition;
}

const dotted = (at: readonly string[]): string => at.join(".");

/** As a pack. */
export function toPack(rules: readonly Rule[], model: Json): Readonly<Record<string, string>> {
  const write = (condition: Condition): unknown => {
    switch (condition.kind) {
      case "group":
        return { [condition.of]: condition.items.map(write) };
      case "not":
        return { not: write(condition.item) };
      case "number":
      case "day":
        return [dotted(condition.at), condition.cmp, condition.value];
      case "text":
      case "flag":
        return [dotted(condition.at), "=", condition.value];
      case "among":
        return [dotted(condition.at), "in", condition.values];
      case "has":
        return [dotted(condition.at), "contains", condition.value];
      case "holding":
        return { some: "holdings as h", where: [["h.type", "=", condition.type], ["h.balance", ">=", condition.least]] };
    }
  };
  const written = rules.map(({ id, when }) => ({ id, when: write(when), repeat: "once" }));
  // A file has a greatest size.
  const files = Array.from({ length: Math.ceil(written.length / 200) }, (_, i) => [`rules-${i}.json`, JSON.stringify({ rules: written.slice(i * 200, i * 200 + 200) })] as const);
  return { "pack.json": JSON.stringify({ pack: { id: "bench", version: "1" }, model }), ...Object.fromEntries(files) };
}

/** As rules of json-rules-engine; the operator `hasHolding` is the host's. */
export function toJsonRules(rules: readonly Rule[]): readonly Json[] {
  const at = (leaf: FieldLeaf): Json => (leaf.at.length === 1 ? { fact: leaf.at[0] } : { fact: leaf.at[0], path: `$.${leaf.at.slice(1).join(".")}` });
  const positive = (leaf: Leaf): Json => {
    switch (leaf.kind) {
      case "number":
        return { ...at(leaf), operator: leaf.cmp === ">=" ? "greaterThanInclusive" : "lessThan", value: leaf.value };
      case "day":
        return { ...at(leaf), operator: leaf.cmp === ">=" ? "dayFrom" : "dayBefore", value: leaf.value };
      case "text":
      case "flag":
        return { ...at(leaf), operator: "equal", value: leaf.value };
      case "among":
        return { ...at(leaf), operator: "in", value: leaf.values };
      case "has":
        return { ...at(leaf), operator: "contains", value: leaf.value };
      case "holding":
        return { fact: "holdings", operator: "hasHolding", value: { type: leaf.type, least: leaf.least } };
    }
  };
  const write = (condition: Sure): Json => {
    if (condition.kind === "notThere") return { all: [{ ...at(condition.item), operator: "isThere", value: true }, { not: positive(condition.item) }] };
    return condition.kind === "group" ? { [condition.of]: condition.items.map(write) } : positive(condition);
  };
  return rules.map(({ id, when }) => ({ conditions: write(sure(when)), event: { type: id } }));
}

/** As json-logic. `possible` = where it is not surely false. */
export function toJsonLogic(condition: Condition, possible = false): unknown {
  const at = (leaf: FieldLeaf): unknown => ({ var: dotted(leaf.at) });
  const positive = (leaf: Leaf): unknown => {
    switch (leaf.kind) {
      case "number":
      case "day":
        return { [leaf.cmp]: [at(leaf), leaf.value] };
      case "text":
      case "flag":
        return { "===": [at(leaf), leaf.value] };
      case "among":
        return { in: [at(leaf), leaf.values] };
      case "has":
        return { in: [leaf.value, at(leaf)] };
      case "holding":
        return { some: [{ var: "holdings" }, { and: [{ "===": [{ var: "type" }, leaf.type] }, { ">=": [{ var: "balance" }, leaf.least] }] }] };
    }
  };
  const there = (leaf: FieldLeaf): unknown => ({ "!==": [at(leaf), null] });
  const guarded = (leaf: Leaf): unknown => (leaf.kind === "holding" || leaf.kind === "has" || leaf.kind === "text" || leaf.kind === "flag" || leaf.kind === "among" ? positive(leaf) : { and: [there(leaf), positive(leaf)] });
  const open = (leaf: Leaf): unknown => (leaf.kind === "holding" ? positive(leaf) : { or: [{ "===": [at(leaf), null] }, positive(leaf)] });
  switch (condition.kind) {
    case "group":
      return { [condition.of === "all" ? "and" : "or"]: condition.items.map((item) => toJsonLogic(item, possible)) };
    case "not": {
      const leaf = condition.item;
      return possible ? { or: [{ "===": [at(leaf), null] }, { "!": positive(leaf) }] } : { and: [there(leaf), { "!": positive(leaf) }] };
    }
    default:
      return possible ? open(condition) : guarded(condition);
  }
}

/** As an expression of zen's language or of CEL. */
export function toExpression(condition: Condition, language: "zen" | "cel"): string {
  const [and, or, not, equal] = language === "zen" ? ["and", "or", "not", "=="] : ["&&", "||", "!", "=="];
  const text = (value: string): string => JSON.stringify(value);
  const there = (at: readonly string[]): string => (language === "zen" ? `${dotted(at)} != null` : `has(c.${dotted(at)})`);
  const path = (at: readonly string[]): string => (language === "zen" ? dotted(at) : `c.${dotted(at)}`);
  const number = (value: number): string => (language === "cel" ? `${value}.0` : String(value));
  const positive = (leaf: Leaf): string => {
    switch (leaf.kind) {
      case "number":
        return language === "cel" ? `double(${path(leaf.at)}) ${leaf.cmp} ${number(leaf.value)}` : `${path(leaf.at)} ${leaf.cmp} ${number(leaf.value)}`;
      case "day":
        // zen orders dates, not texts.
        return language === "zen" ? `d(${path(leaf.at)}) ${leaf.cmp} d(${text(leaf.value)})` : `${path(leaf.at)} ${leaf.cmp} ${text(leaf.value)}`;
      case "text":
        return `${path(leaf.at)} ${equal} ${text(leaf.value)}`;
      case "flag":
        return `${path(leaf.at)} ${equal} ${String(leaf.value)}`;
      case "among":
        return `${path(leaf.at)} in [${leaf.values.map(text).join(", ")}]`;
      case "has":
        return language === "zen" ? `contains(${path(leaf.at)}, ${text(leaf.value)})` : `${text(leaf.value)} in ${path(leaf.at)}`;
      case "holding":
        return language === "zen" ? `some(holdings, #.type == ${text(leaf.type)} and #.balance >= ${number(leaf.least)})` : `c.holdings.exists(h, h.type == ${text(leaf.type)} && double(h.balance) >= ${number(leaf.least)})`;
    }
  };
  switch (condition.kind) {
    case "group":
      return `(${condition.items.map((item) => toExpression(item, language)).join(` ${condition.of === "all" ? and : or} `)})`;
    case "not":
      return `(${there(condition.item.at)} ${and} ${not}${language === "zen" ? " " : ""}(${positive(condition.item)}))`;
    case "holding":
      return positive(condition);
    default:
      return `(${there(condition.at)} ${and} ${positive(condition)})`;
  }
}

/** As a programmer would write them by hand: one function that pushes the ids of the rules that hold. */
export function toJavaScript(rules: readonly Rule[]): string {
  const text = (value: unknown): string => JSON.stringify(value);
  const path = (at: readonly string[]): string => `c.${dotted(at)}`;
  const positive = (leaf: Leaf): string => {
    switch (leaf.kind) {
      case "number":
        return `${path(leaf.at)} ${leaf.cmp} ${leaf.value}`;
      case "day":
        return `${path(leaf.at)} ${leaf.cmp} ${text(leaf.value)}`;
      case "text":
      case "flag":
        return `${path(leaf.at)} === ${text(leaf.value)}`;
      case "among":
        return leaf.values.length > 0 ? `(${leaf.values.map((value) => `${path(leaf.at)} === ${text(value)}`).join(" || ")})` : "false";
      case "has":
        return `${path(leaf.at)}.includes(${text(leaf.value)})`;
      case "holding":
        return `c.holdings.some((h) => h.type === ${text(leaf.type)} && h.balance >= ${leaf.least})`;
    }
  };
  const write = (condition: Condition): string => {
    if (condition.kind === "group") return `(${condition.items.map(write).join(condition.of === "all" ? " && " : " || ")})`;
    // A comparison with undefined is false already.
    return condition.kind === "not" ? `(${path(condition.item.at)} !== undefined && !(${positive(condition.item)}))` : positive(condition);
  };
  return `return (c) => { const found = [];\n${rules.map(({ id, when }) => `if (${write(when)}) found.push(${text(id)});`).join("\n")}\nreturn found; };`;
}
