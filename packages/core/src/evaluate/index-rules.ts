import type { Range, TruthNode, ValueNode } from "../lower/node.js";
import { and, conjunctsOf } from "../lower/nodes.js";
import type { RuleProgram } from "../lower/rule-program.js";
import { clauseOf, type Clause, type ColumnKey } from "./index-clauses.js";
import { IndexColumn, type IndexedClause } from "./index-column.js";
import type { Item, NormalRecord } from "./value.js";

/** Tells which rules of a program are worth a look for a record; the others are surely false, and stay so for ever. */
export interface RuleIndex {
  /** 32-bit words that hold one bit a rule. */
  readonly words: number;
  readonly blocks: readonly IndexBlock[];
  /**
   * What is left to ask of each rule where `select` chose it: conditions on one field of the record are settled by the
   * choice. Chosen as sure, a rule is true where its rest is; chosen as possible, it is false where its rest is, unless it
   * moves with time.
   */
  readonly rest: readonly TruthNode[];
  /**
   * Fills `into` with a bit for every rule that may be true (`sure`), or that is not false for ever, so that it may be
   * unknown or turn one day.
   */
  select(record: NormalRecord, asOf: number, sure: boolean, into: Int32Array): void;
}

/** Rules of one block: the tables grow with the square of it. */
const blockSize = 1024;

interface Needs {
  /** Clauses by column of the record. */
  readonly own: Map<string, { readonly key: ColumnKey; readonly clauses: IndexedClause[] }>;
  readonly collections: Map<number, CollectionNeeds>;
}

interface CollectionNeeds {
  /** Rules that need an item. */
  readonly someItem: number[];
  /** Rules that speak of each item: where the items are unknown, so are they. */
  readonly each: number[];
  readonly columns: Map<string, { readonly key: ColumnKey; readonly clauses: IndexedClause[] }>;
}

/**
 * Builds the index of a list of rules. `mayFail`: rules that may throw are always looked at, so that they fail as they
 * would without an index.
 */
export function indexRules(rules: readonly RuleProgram[], unwrap: (node: ValueNode) => ValueNode, mayFail: (node: TruthNode) => boolean): RuleIndex {
  const blocks: IndexBlock[] = [];
  for (let i = 0; i < rules.length; i += blockSize) blocks.push(new IndexBlock(rules.slice(i, i + blockSize), i / 32, unwrap, mayFail));
  return {
    words: Math.ceil(rules.length / 32),
    blocks,
    rest: blocks.flatMap((block) => block.rest),
    select(record, asOf, sure, into) {
      for (const block of blocks) block.select(record, asOf, sure, into);
    },
  };
}

interface IndexedCollection {
  readonly slot: number;
  /** Columns of items; `others`: rules that ask nothing of it. */
  readonly columns: readonly { readonly column: IndexColumn; readonly others: Int32Array }[];
  /** Rules that need no item. */
  readonly noItem: Int32Array;
  readonly each: Int32Array;
}

/** The index of some rules that follow each other, from word `from` on. */
export class IndexBlock {
  readonly own: readonly IndexColumn[];
  readonly collections: readonly IndexedCollection[];
  /** A bit for every rule. */
  readonly all: Int32Array;
  readonly rest: readonly TruthNode[];
  readonly #any: Int32Array;

  constructor(rules: readonly RuleProgram[], readonly from: number, unwrap: (node: ValueNode) => ValueNode, mayFail: (node: TruthNode) => boolean) {
    const words = Math.ceil(rules.length / 32);
    const needs: Needs = { own: new Map(), collections: new Map() };
    this.rest = rules.map((rule, bit) => (mayFail(rule.when) ? rule.when : gather(rule, bit, unwrap, needs)));
    this.own = [...needs.own.values()].map(({ key, clauses }) => new IndexColumn(key, merged(clauses), words));
    this.collections = [...needs.collections].map(([slot, one]) => ({
      slot,
      columns: [...one.columns.values()].map(({ key, clauses }) => ({ column: new IndexColumn(key, clauses, words), others: without(clauses.map(({ bit }) => bit), words) })),
      noItem: without(one.someItem, words),
      each: only(one.each, words),
    }));
    this.all = only(rules.map((_, bit) => bit), words);
    this.#any = new Int32Array(words);
  }

  select(record: NormalRecord, asOf: number, sure: boolean, into: Int32Array): void {
    const { from } = this;
    const words = this.all.length;
    for (let w = 0; w < words; w++) into[from + w] = this.all[w] as number;
    for (const column of this.own) {
      const at = column.at(record.slots[column.slot], asOf);
      const table = sure ? column.sure : column.possible;
      for (let w = 0; w < words; w++) (into[from + w] as number) &= table[at + w] as number;
    }
    let unknown = false;
    for (const one of this.collections) {
      const items = record.collections[one.slot];
      if (items && items.length > 0) this.#selectByItems(one, items, asOf, sure, into);
      else if (items || sure) {
        for (let w = 0; w < words; w++) (into[from + w] as number) &= one.noItem[w] as number;
      } else unknown = true;
    }
    if (!unknown) return;
    // Rules that speak of each item are unknown where the items are, whatever else they ask.
    for (const one of this.collections) {
      if (record.collections[one.slot]) continue;
      for (let w = 0; w < words; w++) (into[from + w] as number) |= one.each[w] as number;
    }
  }

  #selectByItems({ columns }: IndexedCollection, items: readonly Item[], asOf: number, sure: boolean, into: Int32Array): void {
    const any = this.#any;
    const { from } = this;
    for (const { column, others } of columns) {
      const table = sure ? column.sure : column.possible;
      for (let w = 0; w < any.length; w++) any[w] = others[w] as number;
      for (const item of items) {
        const at = column.at(item[column.slot], asOf);
        for (let w = 0; w < any.length; w++) (any[w] as number) |= table[at + w] as number;
      }
      for (let w = 0; w < any.length; w++) (into[from + w] as number) &= any[w] as number;
    }
  }
}

/** Gathers what a rule needs, and gives what that leaves open. */
function gather(rule: RuleProgram, bit: number, unwrap: (node: ValueNode) => ValueNode, needs: Needs): TruthNode {
  const { each } = rule;
  // Where the items of a context are unknown, the rule is: it is always looked at.
  if (each && each.collection.scope !== "record") return rule.when;
  const conjuncts = conjunctsOf(rule.when);
  if (each) {
    needsOf(needs, each.collection.slot).each.push(bit);
    gatherItems(each, conjuncts, bit, unwrap, needs);
  }
  const rest: TruthNode[] = [];
  for (const conjunct of conjuncts) {
    const found = clauseOf(conjunct, unwrap);
    if (found && found.column.level < 0) {
      add(needs.own, found.column, { bit, clause: found.clause });
      continue;
    }
    rest.push(conjunct);
    if (conjunct.op === "some" && conjunct.range.collection.scope === "record") gatherItems(conjunct.range, conjunctsOf(conjunct.where), bit, unwrap, needs);
  }
  return rest.length === conjuncts.length ? rule.when : and(...rest);
}

/** What some item must be like. */
function gatherItems(range: Range, conjuncts: readonly TruthNode[], bit: number, unwrap: (node: ValueNode) => ValueNode, needs: Needs): void {
  const collection = needsOf(needs, range.collection.slot);
  collection.someItem.push(bit);
  const columns: Needs["own"] = new Map();
  for (const conjunct of conjuncts) {
    const found = clauseOf(conjunct, unwrap);
    if (found?.column.level === range.level) add(columns, found.column, { bit, clause: found.clause });
  }
  for (const [name, { key, clauses }] of columns) {
    const known = collection.columns.get(name);
    // One bit cannot tell of two different items: of several wishes of a rule for some item the first counts. Rules come in
    // turn, so that a rule's own clause is the last.
    if (!known) collection.columns.set(name, { key, clauses: [...merged(clauses)] });
    else if (known.clauses[known.clauses.length - 1]?.bit !== bit) known.clauses.push(...merged(clauses));
  }
}

function needsOf(needs: Needs, slot: number): CollectionNeeds {
  let found = needs.collections.get(slot);
  if (!found) needs.collections.set(slot, (found = { someItem: [], each: [], columns: new Map() }));
  return found;
}

function add(columns: Needs["own"], key: ColumnKey, clause: IndexedClause): void {
  const name = `${key.slot}${key.age ? "a" : ""}`;
  const found = columns.get(name);
  if (found) found.clauses.push(clause);
  else columns.set(name, { key, clauses: [clause] });
}

/** All clauses of a rule on one column as one. */
function merged(clauses: readonly IndexedClause[]): readonly IndexedClause[] {
  const byBit = new Map<number, Clause[]>();
  for (const { bit, clause } of clauses) byBit.set(bit, [...(byBit.get(bit) ?? []), clause]);
  return [...byBit].map(([bit, list]) => ({ bit, clause: list.length === 1 ? (list[0] as Clause) : { op: "and", items: list } }));
}

function only(bits: readonly number[], words: number): Int32Array {
  const out = new Int32Array(words);
  for (const bit of bits) (out[bit >>> 5] as number) |= 1 << (bit & 31);
  return out;
}

function without(bits: readonly number[], words: number): Int32Array {
  return only(bits, words).map((word) => ~word);
}
