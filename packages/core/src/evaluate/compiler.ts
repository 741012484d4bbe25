import type { TruthNode, ValueNode } from "../lower/node.js";
import type { FactType } from "../model/catalogue.js";
import type { Program } from "../lower/program.js";
import { opensItems } from "./apart-for.js";
import { compileLevel } from "./compile-level.js";
import { compileTruth } from "./compile-truth.js";
import { compileValue } from "./compile-value.js";
import { apart, type Compiler, type LevelResult, type Machine, type TruthFn, type ValueFn } from "./machine.js";
import { createNodeKeys, readsOutside } from "./node-key.js";
import { UNKNOWN, type Value } from "./value.js";

/** Wires the compilers of values, truths and levels together; each node object is compiled once. */
export function createCompiler(program: Pick<Program, "facts" | "levels" | "environment">): Compiler {
  const values = new WeakMap<ValueNode, ValueFn>();
  const truths = new WeakMap<TruthNode, TruthFn>();
  const levels = new Map<number, (m: Machine) => LevelResult>();
  const keyOf = createNodeKeys();
  const sharedTruths = new Map<number, TruthFn>();
  const sharedValues = new Map<number, ValueFn>();
  const compiler: Compiler = {
    value(node) {
      let compiled = values.get(node);
      if (!compiled) values.set(node, (compiled = node.op === "fold" || node.op === "pick" ? shared(node, sharedValues, (one) => compileValue(one, compiler)) : compileValue(node, compiler)));
      return compiled;
    },
    truth(node) {
      let compiled = truths.get(node);
      if (!compiled) truths.set(node, (compiled = node.op === "some" || node.op === "every" ? shared(node, sharedTruths, (one) => compileTruth(one, compiler)) : compileTruth(node, compiler)));
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
        const limits = definition.levels.flatMap((one) => [one.from, one.keepFrom]);
        const compute = [definition.measure, ...limits].some((one) => one && opensItems(one)) ? apart(compileLevel(definition, compiler)) : compileLevel(definition, compiler);
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
      return (list) => {
        const value = fact.evaluate(list);
        if (!isOfType(value, fact.type)) throw new TypeError(`the fact "${id}" of a plugin gave something that is no ${fact.type}`);
        return value;
      };
    },
  };
  return compiler;

  /** What ranges over items is compiled once for all nodes that say the same, and answered once a record. */
  function shared<T extends Ranging, V extends Value>(node: T, known: Map<number, (m: Machine) => V>, compile: (node: T) => (m: Machine) => V): (m: Machine) => V {
    if (readsOutside(node, node.range.level)) return compile(node);
    const key = keyOf(node);
    const before = known.get(key);
    if (before) return before;
    const compute = compile(node);
    const place = sharedTruths.size + sharedValues.size;
    const answer = (m: Machine): V => {
      if (m.sharedRun[place] === m.run) {
        m.until = m.sharedUntil[place] as number;
        return m.sharedValue[place] as V;
      }
      const value = compute(m);
      m.sharedRun[place] = m.run;
      m.sharedUntil[place] = m.until;
      m.sharedValue[place] = value;
      return value;
    };
    known.set(key, answer);
    return answer;
  }
}

type Ranging = Extract<TruthNode | ValueNode, { readonly range: unknown }>;

/** Whether a plugin's value is what its fact was declared to be; dates are day numbers. */
function isOfType(value: unknown, type: FactType): boolean {
  if (value === undefined || value === null) return true;
  switch (type) {
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "date":
      return Number.isInteger(value);
    case "list":
      return Array.isArray(value);
  }
}
