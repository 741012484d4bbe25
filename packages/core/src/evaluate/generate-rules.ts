import type { TruthNode } from "../lower/node.js";
import type { RuleProgram } from "../lower/rule-program.js";
import { generateCode } from "./generate-code.js";
import type { Machine, TruthFn } from "./machine.js";
import { TruthWriter, type TruthGround } from "./truth-writer.js";
import { writeMissing, type WrittenMissing } from "./missing-writer.js";
import { writeUntil } from "./until-writer.js";
import type { Item, NormalRecord, Truth } from "./value.js";

type Slots = NormalRecord["slots"];
type Collections = NormalRecord["collections"];
type OfRule<T> = (s: Slots, c: Collections, m: Machine, item: Item | undefined) => T;
type SureWord = (s: Slots, c: Collections, m: Machine, sure: number) => number;
type TruthWord = (s: Slots, c: Collections, m: Machine, sure: number, possible: number) => number;

/**
 * The conditions of all rules as generated code. Rules are asked in words of 32: those that speak of the customer, cannot
 * fail and do not move with time are settled by the word; the others keep their bit and are asked one by one. Items that
 * stand open are in the machine too. What an index settled by choosing a rule is not asked again: see `RuleIndex.rest`.
 */
export interface GeneratedRules {
  /** Of rules chosen as sure, those that are surely true, and those that must be asked one by one. */
  readonly sureWords: readonly SureWord[];
  /** Of rules chosen as possible the same; rules that are unknown are added in `m.unknownBits`. */
  readonly truthWords: readonly TruthWord[];
  /** Rules that `sureWords` and `truthWords` leave to be asked, as bits. */
  readonly singlySure: Int32Array;
  readonly singlyTrue: Int32Array;
  /** Whether a rule that was chosen as sure is true. */
  readonly sure: readonly OfRule<boolean>[];
  /** Its truth, with `until` left in the machine. */
  readonly truth: readonly OfRule<Truth>[];
  /** Finds what leaves a rule unknown, where one pass over it does. */
  readonly missing: readonly (MissingSearch | undefined)[];
}

/** Searches a rule that is unknown; the number it gives stands for names. */
interface MissingSearch {
  readonly search: OfRule<number>;
  readonly names: WrittenMissing["names"];
}

/** What decides how a rule is written. */
export interface RuleGround extends TruthGround {
  /** What is left of each rule where it was chosen. */
  readonly rest: readonly TruthNode[];
  readonly mayFail: (node: TruthNode) => boolean;
  readonly moves: (node: TruthNode) => boolean;
}

interface Handed {
  readonly truths: readonly TruthFn[];
  readonly sets: readonly ReadonlySet<unknown>[];
  /** The run in which an answer was found, and the answer. */
  readonly runs: Float64Array;
  readonly answers: Uint8Array;
}

interface Written {
  /** What is left of the condition, as surely true. */
  readonly sure: string;
  readonly truth: string;
  /** What is left of it, as surely false, of rules whose word settles them. */
  readonly no: string | undefined;
  readonly each: boolean;
  readonly mayFail: boolean;
  readonly missing: WrittenMissing | undefined;
}

type Made = Omit<GeneratedRules, "singlySure" | "singlyTrue" | "missing"> & { readonly missing: readonly (OfRule<number> | undefined)[] };

/** Generates the conditions of rules; `undefined` where the host forbids it. */
export function generateRules(rules: readonly RuleProgram[], ground: RuleGround): GeneratedRules | undefined {
  const writer = new TruthWriter(ground);
  const written = rules.map((rule, i) => {
    const rest = ground.rest[i] ?? rule.when;
    return rule.each ? writer.within(rule.each, () => writeRule(rule, rest, writer, ground)) : writeRule(rule, rest, writer, ground);
  });
  const words = Array.from({ length: Math.ceil(rules.length / 32) }, (_, w) => written.slice(w * 32, w * 32 + 32));
  const singlySure = Int32Array.from(words, (word) => bitsWhere(word, (one) => one.each || one.mayFail));
  const singlyTrue = Int32Array.from(words, (word) => bitsWhere(word, (one) => one.no === undefined));
  const source = `const { truths, sets, runs, answers } = g;
${writer.functions.join("\n")}
return {
sureWords: [${words.map((word, w) => sureWord(word, singlySure[w] as number)).join(",\n")}],
truthWords: [${words.map((word, w) => truthWord(word, singlyTrue[w] as number)).join(",\n")}],
sure: [${written.map(({ sure }) => `(s, c, m, i0) => ${sure}`).join(",\n")}],
truth: [${written.map(({ truth }) => `(s, c, m, i0) => { ${truth} }`).join(",\n")}],
missing: [${written.map(({ missing }) => (missing ? `(s, c, m, i0) => { let t; ${missing.source} return t; }` : "undefined")).join(",\n")}],
};`;
  const { truths, sets } = writer.constants;
  const made = generateCode<Handed, Made>("g", source)?.({ truths, sets, runs: new Float64Array(writer.memos), answers: new Uint8Array(writer.memos) });
  if (!made) return undefined;
  const missing = made.missing.map((search, i) => {
    const names = written[i]?.missing?.names;
    return search && names && { search, names };
  });
  return { ...made, missing, singlySure, singlyTrue };
}

function bitsWhere(word: readonly Written[], which: (one: Written) => boolean): number {
  return word.reduce((bits, one, bit) => (which(one) ? bits | (1 << bit) : bits), 0);
}

/** Rules of which the choice left nothing to ask are settled all at once. */
function settledBits(word: readonly Written[], singly: number): number {
  return bitsWhere(word, ({ sure }) => sure === "true") & ~singly;
}

function sureWord(word: readonly Written[], singly: number): string {
  const settled = settledBits(word, singly);
  return `(s, c, m, sure) => {
  let out = sure & ${singly | settled};
  ${eachRule(`sure & ${~(singly | settled)}`, word, singly | settled, (one, bit) => `if (${one.sure}) out |= ${bit};`)}
  return out;
}`;
}

function truthWord(word: readonly Written[], singly: number): string {
  const settled = settledBits(word, singly);
  return `(s, c, m, sure, possible) => {
  let out = possible & ${singly} | sure & ${settled}, unknown = possible & ~sure & ${settled};
  ${eachRule(`possible & ${~(singly | settled)}`, word, singly | settled, (one, bit) => `if (sure & ${bit} && ${one.sure}) out |= ${bit}; else if (!${one.no ?? "true"}) unknown |= ${bit};`)}
  m.unknownBits = unknown;
  return out;
}`;
}

function eachRule(bits: string, word: readonly Written[], except: number, write: (one: Written, bit: number) => string): string {
  const cases = word.flatMap((one, bit) => ((except >>> bit) & 1 ? [] : [`case ${bit}: ${write(one, 1 << bit)} break;`]));
  if (cases.length === 0) return "";
  return `for (let b = ${bits}; b !== 0; b &= b - 1) {
    switch (31 - Math.clz32(b & -b)) {
      ${cases.join("\n      ")}
    }
  }`;
}

function writeRule({ when, each }: RuleProgram, rest: TruthNode, writer: TruthWriter, ground: RuleGround): Written {
  const frame = { each: each !== undefined, mayFail: false, missing: writeMissing(when, writer) };
  // What may throw must throw in its turn, and once.
  if (ground.mayFail(when)) return { ...frame, mayFail: true, sure: `${writer.call(when)} === 1`, truth: `return ${writer.call(when)};`, no: undefined };
  const sure = writer.write(rest, true);
  if (ground.moves(when)) return { ...frame, sure, truth: `let t, u; ${writeUntil(when, writer, ground.moves)} m.until = u; return t;`, no: undefined };
  // Of rules that speak of each item the choice for the customer says nothing about one that is unknown.
  return { ...frame, sure, truth: `m.until = Infinity; return ${writer.write(when, true)} ? 1 : ${writer.write(when, false)} ? 0 : 2;`, no: each ? undefined : writer.write(rest, false) };
}
