import { clockOf } from "../evaluate/clock.js";
import { FALSE, TRUE, UNKNOWN } from "../evaluate/value.js";
import type { Range, TruthNode, ValueNode } from "../lower/node.js";
import { opposite } from "./change-number.js";
import type { Way } from "./explanation.js";
import { countWays } from "./count-ways.js";
import type { Alternative, Proposal } from "./proposal.js";
import { anchoredComparison, countOf, partOf, partsOf, type Part } from "./read-window.js";
import { changeItems, clearValue, fillIn, waitUntil } from "./say-change.js";
import { isAlways, type Sayings } from "./sayings.js";
import type { OpenItem, Patch, Tracer } from "./tracer.js";
import { ValueWays } from "./value-ways.js";

/** Only so many alternatives are carried along; the simplest are found first. */
const mostAlternatives = 24;
const mostChanges = 6;
const mostWays = 5;
/** Nobody waits longer than ten years. */
const furthest = 3660;
const mostTurns = 40;
const fewItems = 5;
const fewWays = 2;

/** Finds what would bring a condition to an answer, leaf by leaf. */
export class WayFinder {
  readonly #values: ValueWays;

  constructor(readonly tracer: Tracer, readonly sayings: Sayings) {
    this.#values = new ValueWays(tracer, sayings, (node, open) => this.find(partOf(node), true, open));
  }

  /**
   * Ways to make a rule true, the simplest first. Each is tried on the record; one that was tried and does not do is
   * left out, one that cannot be tried is marked so.
   */
  ways(when: TruthNode, open: readonly OpenItem[]): readonly Way[] {
    const found = [...this.#byTime(when, true, open), ...this.find(partOf(when), true, open).flatMap(withoutClashes)];
    const ways: Way[] = [];
    const seen = new Set<string>();
    for (const alternative of found) {
      const changes = alternative.map(({ change }) => change).sort((a, b) => (a.text.en < b.text.en ? -1 : a.text.en > b.text.en ? 1 : 0));
      const id = JSON.stringify(changes.map((change) => change.text.en));
      if (changes.length === 0 || seen.has(id)) continue;
      seen.add(id);
      const patches = alternative.flatMap(({ patch }) => (patch ? [patch] : []));
      const complete = patches.length === alternative.length;
      const does = this.tracer.suppose(patches).truth(when, open).value === TRUE;
      if (does || !complete) ways.push({ changes, checked: does && complete });
    }
    return ways.sort((a, b) => Number(b.checked) - Number(a.checked) || a.changes.length - b.changes.length).slice(0, mostWays);
  }

  /** Alternatives that bring a part to an answer; `[[]]` where it has it already. */
  find(part: Part, wanted: boolean, open: readonly OpenItem[]): readonly Alternative[] {
    if (this.tracer.truth(part.node, open).value === (wanted ? TRUE : FALSE)) return [[]];
    if (part.kind === "window") return this.#days(part.node, part.window.date, wanted, open, () => this.#values.window(part.window, wanted, open));
    const { node } = part;
    switch (node.op) {
      case "constant":
      case "pluginTruth":
        return [];
      case "and":
      case "or": {
        const parts = node.op === "and" ? partsOf(node.items) : node.items.map(partOf);
        const found = parts.map((item) => this.find(item, wanted, open));
        return (node.op === "and") === wanted ? together(found) : anyOf(found);
      }
      case "not":
        return this.find(partOf(node.item), !wanted, open);
      case "named":
        return this.find(partOf(node.item), wanted, open);
      case "compare":
        return this.#comparison(node, wanted, open);
      case "in":
        return this.#values.membership(node, wanted, open);
      case "present": {
        const subject = this.#values.subject(node.value, open);
        if (!subject) return [];
        const clear = this.#values.patch(node.value, undefined, open);
        return wanted ? [[{ change: fillIn(subject, undefined, undefined) }]] : [[{ change: clearValue(subject), ...(clear ? { patch: clear } : {}) }]];
      }
      case "some":
      case "every":
        return this.#quantifier(node, wanted, open);
      case "anyOf":
      case "allOf":
        return this.#values.fillMissing(node.list, open);
    }
  }

  #comparison(node: Extract<TruthNode, { op: "compare" }>, wanted: boolean, open: readonly OpenItem[]): readonly Alternative[] {
    const { left, right } = node;
    const count = countOf(this.tracer.unwrap(left));
    if (count) return countWays(this.tracer, this.sayings, count, wanted ? node.cmp : opposite(node.cmp), this.tracer.value(right, open).value, open);
    const relation = wanted ? node.cmp : opposite(node.cmp);
    const plain = (): readonly Alternative[] => this.#values.comparison(left, relation, right, open);
    const moving = [left, right].some((side) => clockOf(this.tracer.unwrap(side)) !== undefined || movesByItself(this.tracer.unwrap(side)));
    if (!moving) return plain();
    const date = anchoredComparison(node)?.date ?? left;
    return this.#days(node, date, wanted, open, plain);
  }

  /** Something that turns by itself: the day on which it does. Where it never does, what else would do. */
  #days(node: TruthNode, date: ValueNode, wanted: boolean, open: readonly OpenItem[], otherwise: () => readonly Alternative[]): readonly Alternative[] {
    if (this.tracer.truth(node, open).value === UNKNOWN) {
      const missing = this.#values.fillMissing(date, open);
      return missing.length > 0 && missing[0]?.length !== 0 ? missing : otherwise();
    }
    const byTime = this.#byTime(node, wanted, open);
    return byTime.length > 0 ? byTime : otherwise();
  }

  /** The first day on which a condition comes out as wanted with nothing else changed. */
  #byTime(node: TruthNode, wanted: boolean, open: readonly OpenItem[]): readonly Alternative[] {
    let day = this.tracer.asOf;
    for (let turn = 0; turn < mostTurns; turn++) {
      const { until } = this.tracer.suppose([{ kind: "day", day }]).truth(node, open);
      day = until + 1;
      if (day > this.tracer.asOf + furthest) break;
      const then = this.tracer.suppose([{ kind: "day", day }]).truth(node, open);
      if (then.value === (wanted ? TRUE : FALSE)) return [[{ change: waitUntil(day, this.#lastDay(node, then.until, wanted, open)), patch: { kind: "day", day } }]];
    }
    return [];
  }

  /** Steps that follow each other end one by one: the day on which the last of them does. */
  #lastDay(node: TruthNode, until: number, wanted: boolean, open: readonly OpenItem[]): number {
    let last = until;
    for (let turn = 0; turn < mostTurns && last < this.tracer.asOf + furthest; turn++) {
      const next = this.tracer.suppose([{ kind: "day", day: last + 1 }]).truth(node, open);
      if (next.value !== (wanted ? TRUE : FALSE)) return last;
      last = next.until;
    }
    return Infinity;
  }

  #quantifier(node: Extract<TruthNode, { op: "some" | "every" }>, wanted: boolean, open: readonly OpenItem[]): readonly Alternative[] {
    const { range, where } = node;
    const items = this.tracer.items(range);
    if (!items) return this.#fillCollection(range);
    const one = (node.op === "some") === wanted;
    const found = items.slice(0, 200).map((_, index) => this.find(partOf(where), wanted, [...open, { range, index }]));
    if (!one) {
      const all = together(found);
      if (range.collection.scope !== "record" || all.length > 0 && found.length <= mostChanges) return all;
      const holding = found.filter((alternatives) => !alternatives.some((alternative) => alternative.length === 0)).length;
      return [[{ change: changeItems(range.collection.name, this.sayings.collection(range), -holding, isAlways(where) ? undefined : this.sayings.truth(where)) }]];
    }
    // Among many items one more is likelier than another past; the nearest few are told.
    const changed = anyOf(found).slice(0, items.length > fewItems ? fewWays : mostAlternatives);
    if (range.collection.scope !== "record") return changed;
    return [...changed, [{ change: changeItems(range.collection.name, this.sayings.collection(range), 1, isAlways(where) ? undefined : this.sayings.truth(where)) }]];
  }

  #fillCollection(range: Range): readonly Alternative[] {
    const { name } = range.collection;
    return range.collection.scope === "record" ? [[{ change: fillIn({ name, called: this.sayings.collection(range), format: { type: "any" } }, undefined, undefined) }]] : [];
  }
}

/** Values that change with the day although they are no plain clock: yearly returns, named days, figures over windows. */
function movesByItself(node: ValueNode): boolean {
  return node.op === "anniversary" || node.op === "namedDay" || (node.op === "shift" && movesByItself(node.date));
}

/** Every alternative of one with every alternative of the other, the shortest first. */
function together(found: readonly (readonly Alternative[])[]): readonly Alternative[] {
  let out: readonly Alternative[] = [[]];
  for (const alternatives of found) {
    out = out.flatMap((sofar) => alternatives.map((alternative) => [...sofar, ...alternative]));
    out = shortest(out.filter((alternative) => alternative.length <= mostChanges));
  }
  return out;
}

function anyOf(found: readonly (readonly Alternative[])[]): readonly Alternative[] {
  return shortest(found.flat());
}

function shortest(alternatives: readonly Alternative[]): readonly Alternative[] {
  return [...alternatives].sort((a, b) => a.length - b.length).slice(0, mostAlternatives);
}

function placeOf(patch: Patch): string {
  switch (patch.kind) {
    case "slot":
      return `slot ${patch.slot}`;
    case "item":
      return `item ${patch.collection} ${patch.index} ${patch.slot}`;
    case "fact":
      return `fact ${patch.fact}`;
    case "day":
      return "day";
  }
}

/** Two changes of one place cannot both be made: each is tried alone. The same change twice is one. */
function withoutClashes(alternative: Alternative): readonly Alternative[] {
  const once = [...new Map(alternative.map((proposal) => [proposal.change.text.en, proposal] as const)).values()];
  const places = new Map<string, Proposal[]>();
  const free: Proposal[] = [];
  for (const proposal of once) {
    if (!proposal.patch) free.push(proposal);
    else places.set(placeOf(proposal.patch), [...(places.get(placeOf(proposal.patch)) ?? []), proposal]);
  }
  let out: readonly Alternative[] = [free];
  for (const rivals of places.values()) out = out.flatMap((sofar) => rivals.map((rival) => [...sofar, rival])).slice(0, mostAlternatives);
  return out;
}
