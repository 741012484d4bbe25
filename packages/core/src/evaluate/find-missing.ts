import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import { itemsOf } from "./compile-value.js";
import { apart, type Compiler, type Machine } from "./machine.js";
import { UNKNOWN } from "./value.js";

/**
 * Finds the fields whose absence leaves an answer open: walks what is unknown down to fields and collections. It runs
 * only for rules that stayed undecided.
 */
export function createMissingFinder(program: Pick<Program, "facts" | "levels" | "environment">, c: Compiler): { truth(node: TruthNode, m: Machine, into: Set<string>): void; value(node: ValueNode, m: Machine, into: Set<string>): void } {
  function truth(node: TruthNode, m: Machine, into: Set<string>): void {
    if (c.truth(node)(m) !== UNKNOWN) return;
    switch (node.op) {
      case "compare":
        value(node.left, m, into);
        value(node.right, m, into);
        return;
      case "in":
        value(node.value, m, into);
        value(node.list, m, into);
        return;
      case "and":
      case "or":
        for (const item of node.items) truth(item, m, into);
        return;
      case "not":
      case "named":
        truth(node.item, m, into);
        return;
      case "some":
      case "every": {
        const items = itemsOf(node.range)(m);
        if (!items) into.add(node.range.collection.name);
        for (const item of items ?? []) {
          m.items[node.range.level] = item;
          truth(node.where, m, into);
        }
        return;
      }
      case "anyOf":
      case "allOf":
        value(node.list, m, into);
        return;
      case "pluginTruth":
        for (const argument of node.arguments) value(argument, m, into);
        return;
      case "present":
      case "constant":
        return;
    }
  }

  function value(node: ValueNode, m: Machine, into: Set<string>): void {
    const found = c.value(node)(m);
    // A count that is open between two bounds is undefined too; everything that has a value lacks nothing.
    if (found !== undefined) return;
    switch (node.op) {
      case "field":
      case "raw":
        into.add(node.name);
        return;
      case "fact": {
        const fact = program.facts[node.fact];
        orElse(node.name, into, (own) => fact && apart((inner) => value(fact.node, inner, own))(m));
        return;
      }
      case "level": {
        const state = program.levels[node.state];
        if (state) apart((inner) => value(state.measure, inner, into))(m);
        return;
      }
      case "shift":
      case "diff": {
        const parts = node.op === "shift" ? [node.date, node.amount] : [node.from, node.to];
        // Where both sides are there, the calendar ends before the answer.
        orElse(node.calendar && `calendar.${node.calendar.id}`, into, (own) => {
          for (const part of parts) value(part, m, own);
        });
        return;
      }
      case "anniversary":
        value(node.date, m, into);
        return;
      case "arith":
        value(node.left, m, into);
        value(node.right, m, into);
        return;
      case "choose":
        for (const row of node.rows) {
          const answer = c.truth(row.when)(m);
          if (answer === UNKNOWN) {
            truth(row.when, m, into);
            return;
          }
          if (answer) {
            value(row.value, m, into);
            return;
          }
        }
        value(node.otherwise, m, into);
        return;
      case "first":
        for (const one of node.of) value(one, m, into);
        return;
      case "fold":
      case "pick": {
        const items = itemsOf(node.range)(m);
        // Nothing to take a figure of: the items themselves are what is missing.
        orElse(node.range.collection.name, into, (own) => {
          for (const item of items ?? []) {
            m.items[node.range.level] = item;
            truth(node.where, m, own);
            if (node.op === "fold" && node.value && c.truth(node.where)(m) === 1) value(node.value, m, own);
          }
        });
        return;
      }
      case "join":
        for (const part of node.parts) value(part, m, into);
        return;
      case "plugin":
        for (const argument of node.arguments) value(argument, m, into);
        return;
      case "namedDay":
        into.add(`calendar.${node.calendar.id}`);
        return;
      default:
        return;
    }
  }
  return { truth, value };
}

/** Adds what a walk finds; where it finds nothing of its own, the name that stands for the whole. */
function orElse(name: string | undefined, into: Set<string>, walk: (own: Set<string>) => void): void {
  const own = new Set<string>();
  walk(own);
  for (const found of own) into.add(found);
  if (own.size === 0 && name !== undefined) into.add(name);
}
