import type { CustomerState } from "../ports/customer-state.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Item, NormalContext, NormalRecord, Truth, Value } from "./value.js";

/**
 * The registers of one evaluation. Compiled nodes are closures over nothing but the program; all that changes from
 * record to record is here, so that evaluating makes no garbage.
 */
export interface Machine {
  record: NormalRecord;
  context: NormalContext;
  /** Raw record, for conditions without a model. */
  raw: unknown;
  zone: string;
  asOf: number;
  state: CustomerState | undefined;
  /** Open items by level. */
  readonly items: Item[];
  /** Elements of open `anyOf`/`allOf`. */
  readonly elements: Value[];
  /** Out-register: last day on which the value just computed holds; `Infinity` = never ends. */
  until: number;
  /** Out-register of a count: how many items are in it at the most. */
  most: number;
  /** Out-register of generated code: rules of a word that are unknown. */
  unknownBits: number;
  /** Derived facts of this record: value, until, and the run in which they were computed. */
  readonly factValue: Value[];
  readonly factUntil: number[];
  readonly factRun: number[];
  readonly levelMemo: (LevelResult | undefined)[];
  readonly levelRun: number[];
  /** Answers of conditions and figures that several rules share, by their number. */
  readonly sharedValue: Value[];
  readonly sharedUntil: number[];
  readonly sharedRun: number[];
  run: number;
}

/** A remembering level worked out for one record. */
export interface LevelResult {
  /** `null` where there is no measure; `undefined` where it is unknown. So are the others. */
  readonly level: string | null | undefined;
  readonly since: number | null | undefined;
  readonly previous: string | null | undefined;
  readonly change: "upgraded" | "downgraded" | "none" | null | undefined;
  readonly atRisk: boolean | null | undefined;
  /** First day below the line to keep the level, while grace runs. */
  readonly below: number | undefined;
  readonly until: number;
}

export type ValueFn = (m: Machine) => Value;
export type TruthFn = (m: Machine) => Truth;

/** Compiles nodes; each node once. */
export interface Compiler {
  value(node: ValueNode): ValueFn;
  truth(node: TruthNode): TruthFn;
  /** Follows a reference to a derived fact to what it is made of, where that is one clock-dependent node. */
  unwrap(node: ValueNode): ValueNode;
  level(state: number): (m: Machine) => LevelResult;
  operator(id: string): (fact: Value, value: Value) => Truth;
  pluginFact(id: string): (values: readonly Value[]) => Value;
}

/**
 * Runs something of the record's own (a derived fact, a level) without touching the items and elements that stand open
 * where it is asked for: it numbers its own from the outermost again.
 */
export function apart<T>(run: (m: Machine) => T): (m: Machine) => T {
  return (m) => {
    const { items, elements } = m;
    const [outerItems, outerElements] = [items.slice(), elements.slice()];
    const result = run(m);
    for (let i = 0; i < outerItems.length; i++) items[i] = outerItems[i] as Item;
    for (let i = 0; i < outerElements.length; i++) elements[i] = outerElements[i];
    return result;
  };
}

/** A machine for a program with this many facts and levels. */
export function createMachine(facts: number, levels: number): Machine {
  const empty: NormalRecord = { id: "", slots: [], collections: [], hash: "" };
  return {
    record: empty, context: [], raw: undefined, zone: "UTC", asOf: 0, state: undefined,
    items: [], elements: [], until: Infinity, most: 0, unknownBits: 0,
    factValue: new Array<Value>(facts).fill(undefined), factUntil: new Array<number>(facts).fill(Infinity), factRun: new Array<number>(facts).fill(0),
    levelMemo: new Array<LevelResult | undefined>(levels).fill(undefined), levelRun: new Array<number>(levels).fill(0),
    sharedValue: [], sharedUntil: [], sharedRun: [],
    run: 0,
  };
}
