import fc from "fast-check";
import type { NestedCondition } from "json-rules-engine";

/** Random complete records, and random conditions over them that fit their types. */

const numbers = fc.integer({ min: -3, max: 6 }).map((n) => n / 2);
const texts = fc.constantFrom("a", "b", "c", "gold", "金卡");
const dates = fc.constantFrom("2026-01-31", "2026-02-28", "2026-11-23", "2027-03-01");

/** A record with nothing missing. */
export const record = fc.record({
  n: numbers,
  m: numbers,
  t: texts,
  u: texts,
  yes: fc.boolean(),
  day: dates,
  other: dates,
  numbers: fc.array(numbers, { maxLength: 4 }),
  texts: fc.array(texts, { maxLength: 4 }),
  inner: fc.record({ n: numbers, t: texts, list: fc.array(fc.record({ x: numbers }), { minLength: 2, maxLength: 3 }) }),
});

type Leaf = { fact: string; operator: string; value: unknown; path?: string };

/** Where a value of a type can be read: a fact, or a fact with a plain path. */
const places = {
  number: fc.constantFrom<{ fact: string; path?: string }>({ fact: "n" }, { fact: "m" }, { fact: "inner", path: "$.n" }, { fact: "inner", path: "$.list[1].x" }),
  text: fc.constantFrom<{ fact: string; path?: string }>({ fact: "t" }, { fact: "u" }, { fact: "inner", path: "$.t" }),
  boolean: fc.constant<{ fact: string; path?: string }>({ fact: "yes" }),
  date: fc.constantFrom<{ fact: string; path?: string }>({ fact: "day" }, { fact: "other" }),
};
const literals = { number: numbers, text: texts, boolean: fc.boolean(), date: dates };
type Type = keyof typeof places;

const scalar = (type: Type): fc.Arbitrary<unknown> => fc.oneof({ weight: 3, arbitrary: literals[type] as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: places[type] });
const lists = { number: fc.oneof(fc.array(numbers, { maxLength: 4 }), fc.constant({ fact: "numbers" })), text: fc.oneof(fc.array(texts, { maxLength: 4 }), fc.constant({ fact: "texts" })) };
const ordering = fc.constantFrom("lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive");
const equality = fc.constantFrom("equal", "notEqual");

const compared = (type: Type, operators: fc.Arbitrary<string>): fc.Arbitrary<Leaf> => fc.record({ place: places[type], operator: operators, value: scalar(type) }).map(({ place, ...leaf }) => ({ ...place, ...leaf }));
const prefixed = (prefix: string, operators: fc.Arbitrary<string>): fc.Arbitrary<string> => operators.map((operator) => `${prefix}:${operator}`);

function typedLeaves(type: "number" | "text"): fc.Arbitrary<Leaf> {
  const listFact = type === "number" ? "numbers" : "texts";
  const compare = type === "number" ? fc.oneof(ordering, equality) : equality;
  return fc.oneof(
    compared(type, compare),
    compared(type, prefixed("swap", compare)),
    compared(type, prefixed("not", compare)),
    fc.record({ place: places[type], operator: fc.constantFrom("in", "notIn", "not:in"), value: lists[type] }).map(({ place, ...leaf }) => ({ ...place, ...leaf })),
    fc.record({ fact: fc.constant(listFact), operator: fc.constantFrom("contains", "doesNotContain", "not:contains"), value: scalar(type) }),
    fc.record({ fact: fc.constant(listFact), operator: fc.oneof(prefixed("someFact", compare), prefixed("everyFact", compare), prefixed("not:someFact", compare), prefixed("everyFact:not", compare)), value: scalar(type) }),
    fc.record({ place: places[type], operator: fc.oneof(prefixed("someValue", compare), prefixed("everyValue", compare), prefixed("someValue:swap", compare)), value: lists[type] }).map(({ place, ...leaf }) => ({ ...place, ...leaf })),
    fc.record({ fact: fc.constant(listFact), operator: prefixed("someFact:everyValue", compare), value: lists[type] }),
  );
}

const leaf = fc.oneof(typedLeaves("number"), typedLeaves("text"), compared("boolean", equality), compared("date", fc.oneof(ordering, equality)));

/** A condition in json-rules-engine's form, up to four levels deep. */
export const condition = fc.letrec<{ node: NestedCondition; group: NestedCondition }>((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf as fc.Arbitrary<unknown> as fc.Arbitrary<NestedCondition>, tie("group")),
  group: fc.oneof(
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("node").map((not) => ({ not })),
  ),
})).group;
