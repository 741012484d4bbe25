import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { Kept } from "../ports/customer-state.js";
import { rememberLevel } from "./compile-level.js";
import type { MatchDetail } from "./evaluation.js";
import type { Compiler, Machine } from "./machine.js";
import { readByName } from "./read-by-name.js";
import { keep, type Asked, type Ground } from "./record-evaluation.js";
import type { Item, Truth, Value } from "./value.js";

/** Answers single questions about records with the closures of a program, on the one machine of an evaluator. */
export class Questions implements Asked {
  constructor(readonly program: Program, readonly compiler: Compiler, readonly machine: Machine) {}

  truth(ground: Ground, node: TruthNode, match: MatchDetail | undefined, extra: Item | undefined): Truth {
    this.#enter(ground, match, extra);
    return this.compiler.truth(node)(this.machine);
  }

  value(ground: Ground, node: ValueNode, match: MatchDetail | undefined, extra: Item | undefined): Value {
    this.#enter(ground, match, extra);
    return this.compiler.value(node)(this.machine);
  }

  until(ground: Ground, node: TruthNode | ValueNode, match: MatchDetail | undefined): number {
    this.#enter(ground, match, undefined);
    if ("type" in node) this.compiler.value(node)(this.machine);
    else this.compiler.truth(node)(this.machine);
    return this.machine.until;
  }

  read(ground: Ground, name: string, fact: (index: number) => Value, match: MatchDetail | undefined, product: Item | undefined): Value {
    const { record, options } = ground;
    return readByName(this.program, name, { record, asOf: options.asOf, fact, match, product, value: (node) => this.value(ground, node, match, undefined) });
  }

  fact(ground: Ground, index: number): Value {
    this.#enter(ground, undefined, undefined);
    try {
      return this.factOf(index);
    } catch {
      // The failure was told when the rules were evaluated.
      return undefined;
    }
  }

  facts(ground: Ground): readonly Value[] {
    return this.program.facts.map((_, index) => this.fact(ground, index));
  }

  lastFacts(ground: Ground, values: readonly Value[]): Readonly<Record<string, Kept>> {
    this.#enter(ground, undefined, undefined);
    const out: Record<string, Kept> = {};
    this.program.facts.forEach((fact, i) => {
      out[fact.id] = keep(values[i], fact.type === "date");
    });
    this.program.levels.forEach((one, i) => {
      try {
        Object.assign(out, rememberLevel(one.fact, this.compiler.level(i)(this.machine), ground.options.state?.lastFacts ?? {}));
      } catch {
        // A measure that fails leaves no memory; the failure itself is reported with the fact.
      }
    });
    return out;
  }

  /** Puts a record into the machine. */
  restore({ record, options, id }: Ground): void {
    const m = this.machine;
    m.record = record;
    m.context = options.context;
    m.asOf = options.asOf;
    m.state = options.state;
    m.run = id;
  }

  /** Makes a record the one at hand: the machine may have moved on since it was evaluated. */
  #enter(ground: Ground, match: MatchDetail | undefined, extra: Item | undefined): void {
    const m = this.machine;
    if (m.run !== ground.id) {
      this.restore(ground);
      m.factRun.fill(0);
      m.levelRun.fill(0);
      m.sharedRun.fill(0);
    }
    if (match?.item) m.items[0] = match.item;
    if (extra) m.items[match?.item ? 1 : 0] = extra;
  }

  /** A derived fact of the record at hand; what fails throws. */
  factOf(index: number): Value {
    const m = this.machine;
    // The memo of this run may hold it already.
    return m.factRun[index] === m.run ? m.factValue[index] : this.compiler.value((this.program.facts[index] as Program["facts"][number]).node)(m);
  }
}
