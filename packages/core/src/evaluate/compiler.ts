import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import { compileLevel } from "./compile-level.js";
import { compileTruth } from "./compile-truth.js";
import { compileValue } from "./compile-value.js";
import { apart, type Compiler, type LevelResult, type Machine, type TruthFn, type ValueFn } from "./machine.js";
import { UNKNOWN } from "./value.js";

/** Wires the compilers of values, truths and levels together; each node object is compiled once. */
export function createCompiler(program: Pick<Program, "facts" | "levels" | "environment">): Compiler {
  const values = new WeakMap<ValueNode, ValueFn>();
  const truths = new WeakMap<TruthNode, TruthFn>();
  const levels = new Map<number, (m: Machine) => LevelResult>();
  const compiler: Compiler = {
    value(node) {
      let compiled = values.get(node);
      if (!compiled) values.set(node, (compiled = compileValue(node, compiler)));
      return compiled;
    },
    truth(node) {
      let compiled = truths.get(node);
      if (!compiled) truths.set(node, (compiled = compileTruth(node, compiler)));
      return compiled;
    },
    unwrap(node) {
      let inner = node;
      for (let i = 0; inner.op === "fact" && i < 64; i++) inner = program.facts[inner.fact]?.node ?? inner;
      return inner;
    },
    level(state) {
      let compiled = levels.get(state);
      const definition = program.levels[state];
      if (!definition) throw new Error(`no level ${state}`);
      if (!compiled) {
        const compute = apart(compileLevel(definition, compiler));
        compiled = (m) => {
          const known = m.levelRun[state] === m.run ? m.levelMemo[state] : undefined;
          if (known) return known;
          const result = compute(m);
          m.levelRun[state] = m.run;
          m.levelMemo[state] = result;
          return result;
        };
        levels.set(state, compiled);
      }
      return compiled;
    },
    operator(id) {
      const operator = program.environment.operators.get(id);
      if (!operator) throw new Error(`no operator "${id}"`);
      return (fact, value) => (fact === undefined || fact === null || value === undefined || value === null ? UNKNOWN : operator.evaluate(fact, value));
    },
    pluginFact(id) {
      const fact = program.environment.facts.get(id);
      if (!fact) throw new Error(`no fact "${id}"`);
      return (list) => fact.evaluate(list);
    },
  };
  return compiler;
}
