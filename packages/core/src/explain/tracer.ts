import { createCompiler } from "../evaluate/compiler.js";
import { itemsOf } from "../evaluate/compile-value.js";
import { createMissingFinder } from "../evaluate/find-missing.js";
import { createMachine, type Compiler, type Machine } from "../evaluate/machine.js";
import { TRUE, UNKNOWN, type Item, type NormalContext, type NormalRecord, type Truth, type Value } from "../evaluate/value.js";
import type { Range, TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { CustomerState } from "../ports/customer-state.js";
import type { Answer } from "./explanation.js";

/** What a rule is asked against. */
export interface TraceGround {
  readonly record: NormalRecord;
  readonly context: NormalContext;
  /** Day number. */
  readonly asOf: number;
  readonly state: CustomerState | undefined;
}

/** A supposed change: a field of the record, of one of its items, a derived fact, or another day. */
export type Patch =
  | { readonly kind: "slot"; readonly slot: number; readonly value: Value }
  | { readonly kind: "item"; readonly collection: number; readonly index: number; readonly slot: number; readonly value: Value }
  | { readonly kind: "fact"; readonly fact: number; readonly value: Value }
  | { readonly kind: "day"; readonly day: number };

/** An item that stands open while a condition is asked. */
export interface OpenItem {
  readonly range: Range;
  /** Position in its collection. */
  readonly index: number;
}

/** An answer with the last day number on which it holds. */
export interface Traced<T> {
  readonly value: T;
  readonly until: number;
}

/** Asks single nodes of a program about one record, with items open; and about the record as it might be. */
export class Tracer {
  readonly #compiler: Compiler;
  readonly #missing: ReturnType<typeof createMissingFinder>;
  readonly #machine: Machine;

  constructor(readonly program: Program, readonly ground: TraceGround, patches: readonly Patch[] = [], compiler: Compiler = createCompiler(program)) {
    this.#compiler = compiler;
    this.#missing = createMissingFinder(program, compiler);
    const machine = createMachine(program.facts.length, program.levels.length);
    machine.record = patched(ground.record, patches);
    machine.context = ground.context;
    machine.asOf = patches.reduce((day, patch) => (patch.kind === "day" ? patch.day : day), ground.asOf);
    machine.zone = program.model.zone;
    machine.state = ground.state;
    machine.run = 1;
    for (const patch of patches) {
      if (patch.kind !== "fact") continue;
      machine.factValue[patch.fact] = patch.value;
      machine.factUntil[patch.fact] = Infinity;
      machine.factRun[patch.fact] = 1;
    }
    this.#machine = machine;
  }

  get asOf(): number {
    return this.#machine.asOf;
  }

  /** The same record with supposed changes. */
  suppose(patches: readonly Patch[]): Tracer {
    return new Tracer(this.program, this.ground, patches, this.#compiler);
  }

  truth(node: TruthNode, open: readonly OpenItem[] = []): Traced<Truth> {
    this.#enter(open);
    const value = this.#compiler.truth(node)(this.#machine);
    return { value, until: this.#machine.until };
  }

  value(node: ValueNode, open: readonly OpenItem[] = []): Traced<Value> {
    this.#enter(open);
    const value = this.#compiler.value(node)(this.#machine);
    return { value, until: this.#machine.until };
  }

  /** Bounds of a count: items that are surely in it, and those that may be. `undefined` where the collection is unknown. */
  bounds(range: Range, where: TruthNode, open: readonly OpenItem[]): { readonly sure: number; readonly most: number } | undefined {
    const items = this.items(range);
    if (!items) return undefined;
    const answers = items.map((_, index) => this.truth(where, [...open, { range, index }]).value);
    const sure = answers.filter((answer) => answer === TRUE).length;
    return { sure, most: sure + answers.filter((answer) => answer === UNKNOWN).length };
  }

  items(range: Range): readonly Item[] | undefined {
    return itemsOf(range)(this.#machine);
  }

  /** Id of an item; its position where it has none. */
  idOf({ range, index }: OpenItem): string {
    const slot = range.collection.fields.get(range.collection.idField)?.slot;
    const item = this.items(range)?.[index];
    const id = slot === undefined ? undefined : item?.[slot];
    return id === undefined || id === null ? String(index) : String(id);
  }

  /** Follows a reference to a derived fact to what computes it. */
  unwrap(node: ValueNode): ValueNode {
    return this.#compiler.unwrap(node);
  }

  missingOf(node: TruthNode, open: readonly OpenItem[]): readonly string[] {
    const names = new Set<string>();
    this.#enter(open);
    this.#missing.truth(node, this.#machine, names);
    return [...names].sort();
  }

  missingOfValue(node: ValueNode, open: readonly OpenItem[]): readonly string[] {
    const names = new Set<string>();
    this.#enter(open);
    this.#missing.value(node, this.#machine, names);
    return [...names].sort();
  }

  /** Puts items in their places: what was asked before may have left others there. */
  #enter(open: readonly OpenItem[]): void {
    for (const { range, index } of open) {
      const item = this.items(range)?.[index];
      if (item) this.#machine.items[range.level] = item;
    }
  }
}

function patched(record: NormalRecord, patches: readonly Patch[]): NormalRecord {
  const slots = [...record.slots];
  const collections = record.collections.map((items) => items && [...items]);
  for (const patch of patches) {
    if (patch.kind === "slot") slots[patch.slot] = patch.value;
    if (patch.kind !== "item") continue;
    const items = collections[patch.collection];
    const item = items?.[patch.index];
    if (items && item) items[patch.index] = item.map((value, slot) => (slot === patch.slot ? patch.value : value));
  }
  return { ...record, slots, collections };
}

/** A truth in a word. */
export function answerOf(truth: Truth): Answer {
  return truth === UNKNOWN ? "unknown" : truth === TRUE ? "true" : "false";
}
