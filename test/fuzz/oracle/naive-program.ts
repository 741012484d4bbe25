import type { Item, NormalContext, NormalRecord, Program, RuleProgram, TruthNode, Value, ValueNode } from "@evertend/core";
import { read, rightDays, written, type NaiveDays } from "./naive-days.js";

/** What is true: yes, no, or nobody can tell. */
export type Verdict = "yes" | "no" | "open";

/** A count that is not settled: between two numbers. */
class Between {
  constructor(readonly least: number, readonly most: number) {}
}

type Found = Value | Between;
type Kept = Readonly<Record<string, unknown>>;

/** Everything an answer may depend on. */
export interface Ground {
  readonly program: Program;
  readonly record: NormalRecord;
  readonly context: NormalContext;
  readonly asOf: number;
  readonly lastFacts: Kept;
  /** How days are counted, where not rightly. */
  readonly days?: NaiveDays;
}

interface Level {
  readonly level: string;
  readonly since: number;
  readonly previous: string | undefined;
  readonly change: string;
  readonly atRisk: boolean;
  readonly below: number | undefined;
}

const opposite: Readonly<Record<Verdict, Verdict>> = { yes: "no", no: "yes", open: "open" };

/** Three-valued "all of these". */
function all(list: readonly Verdict[]): Verdict {
  return list.includes("no") ? "no" : list.includes("open") ? "open" : "yes";
}

function any(list: readonly Verdict[]): Verdict {
  return opposite[all(list.map((one) => opposite[one]))];
}

function itemsOf(ground: Ground, range: { readonly collection: { readonly scope: string; readonly slot: number } }): readonly Item[] | undefined {
  return range.collection.scope === "record" ? ground.record.collections[range.collection.slot] : ground.context[range.collection.slot];
}

/** An interpreter that walks the tree anew for each question: nothing is shared, remembered or known ahead. */
export class NaiveProgram {
  readonly #days: NaiveDays;

  constructor(readonly ground: Ground) {
    this.#days = ground.days ?? rightDays;
  }

  verdict(node: TruthNode, items: readonly Item[], elements: readonly Value[] = []): Verdict {
    const truth = (one: TruthNode): Verdict => this.verdict(one, items, elements);
    switch (node.op) {
      case "constant":
        return node.value ? "yes" : "no";
      case "and":
        return all(node.items.map(truth));
      case "or":
        return any(node.items.map(truth));
      case "not":
        return opposite[truth(node.item)];
      case "named":
        return truth(node.item);
      case "present": {
        const value = this.value(node.value, items, elements);
        return value === undefined || value === null ? "no" : "yes";
      }
      case "compare":
        return compare(node.cmp, this.find(node.left, items, elements), this.find(node.right, items, elements));
      case "in": {
        const [value, list] = [this.value(node.value, items, elements), this.value(node.list, items, elements)];
        if (value === null || list === null) return "no";
        if (value === undefined || !Array.isArray(list)) return "open";
        return (list as readonly Value[]).includes(value) ? "yes" : "no";
      }
      case "some":
      case "every": {
        const list = itemsOf(this.ground, node.range)?.map((item) => this.verdict(node.where, [...items.slice(0, node.range.level), item], elements));
        return list === undefined ? "open" : node.op === "some" ? any(list) : all(list);
      }
      case "anyOf":
      case "allOf": {
        const list = this.value(node.list, items, elements);
        if (list === null) return "no";
        if (!Array.isArray(list)) return "open";
        const verdicts = (list as readonly Value[]).map((value) => this.verdict(node.where, items, [...elements.slice(0, node.depth), value]));
        return node.op === "anyOf" ? any(verdicts) : all(verdicts);
      }
      case "pluginTruth":
        throw new Error("random packs have no plugins");
    }
  }

  /** A value; a count that is not settled is unknown. */
  value(node: ValueNode, items: readonly Item[], elements: readonly Value[] = []): Value {
    const found = this.find(node, items, elements);
    return found instanceof Between ? undefined : found;
  }

  find(node: ValueNode, items: readonly Item[], elements: readonly Value[]): Found {
    const value = (one: ValueNode): Value => this.value(one, items, elements);
    const { asOf, program } = this.ground;
    switch (node.op) {
      case "const":
        return node.value;
      case "none":
        return null;
      case "field":
        return node.level < 0 ? this.ground.record.slots[node.slot] : items[node.level]?.[node.slot];
      case "fact":
        return this.find((program.facts[node.fact] as Program["facts"][number]).node, [], []);
      case "element":
        return elements[node.depth];
      case "asOf":
        return asOf;
      case "shift":
        return numbers([value(node.date), value(node.amount)], ([date, amount]) => {
          const by = Math.trunc(amount as number) * node.sign;
          if (node.unit === "workingDays") return node.calendar && this.#days.workingDaysLater(node.calendar, date as number, by);
          return node.unit === "days" ? (date as number) + by : this.#days.monthsLater(date as number, node.unit === "years" ? by * 12 : by);
        });
      case "diff":
        return numbers([value(node.from), value(node.to)], ([from, to]) => {
          if (node.unit === "days") return this.#days.daysApart(from as number, to as number);
          if (node.unit === "workingDays") return node.calendar && this.#days.workedBetween(node.calendar, from as number, to as number);
          const months = this.#days.wholeMonths(from as number, to as number);
          return node.unit === "months" ? months : Math.trunc(months / 12);
        });
      case "anniversary":
        return numbers([value(node.date)], ([date]) => this.#days.nextReturn(date as number, asOf, node.feb29));
      case "namedDay":
        return asOf < node.calendar.from || asOf > node.calendar.to ? undefined : this.#days.nextNamed(node.calendar.named.get(node.name), asOf);
      case "arith":
        return numbers([value(node.left), value(node.right)], ([a, b]) => calculate(node, a as number, b as number));
      case "choose":
        for (const row of node.rows) {
          const verdict = this.verdict(row.when, items, elements);
          if (verdict === "open") return undefined;
          if (verdict === "yes") return value(row.value);
        }
        return value(node.otherwise);
      case "first": {
        const list = node.of.map(value);
        return list.find((one) => one !== undefined && one !== null) ?? (list.includes(undefined) ? undefined : null);
      }
      case "fold":
        return this.#fold(node, items, elements);
      case "pick": {
        const list = itemsOf(this.ground, node.range);
        if (!list) return undefined;
        const inside = (item: Item): readonly Item[] => [...items.slice(0, node.range.level), item];
        const id = (item: Item): string => String(item[node.range.collection.fields.get(node.range.collection.idField)?.slot ?? 0]);
        const fits = list.filter((item) => this.verdict(node.where, inside(item), elements) === "yes").map((item) => ({ id: id(item), rank: node.by && (this.value(node.by, inside(item), elements) ?? undefined) }));
        // By rank, those without one last; then by id.
        const ranked = fits.filter(({ rank }) => rank !== undefined).map(({ rank }) => rank as number);
        const best = ranked.reduce((a, b) => ((node.order === "ascending") === b < a ? b : a), ranked[0] as number);
        const first = ranked.length === 0 ? fits : fits.filter(({ rank }) => rank === best);
        return first.map((one) => one.id).sort((a, b) => (a < b ? -1 : 1))[0] ?? null;
      }
      case "period":
        return this.#days.nameOfPeriod(asOf, node.unit);
      case "join": {
        const parts = node.parts.map((part) => [part.type, value(part)] as const);
        if (parts.some(([, part]) => part === undefined)) return undefined;
        return parts.map(([type, part]) => (part === null ? "" : type === "date" && typeof part === "number" ? written(part) : String(part))).join("");
      }
      case "level": {
        const level = this.level(node.state);
        return level === undefined || level === null ? level : level[node.part];
      }
      default:
        throw new Error(`random packs have no ${node.op} here`);
    }
  }

  #fold(node: Extract<ValueNode, { op: "fold" }>, outer: readonly Item[], elements: readonly Value[]): Found {
    const list = itemsOf(this.ground, node.range);
    if (!list) return undefined;
    const inside = (item: Item): readonly Item[] => [...outer.slice(0, node.range.level), item];
    const verdicts = list.map((item) => this.verdict(node.where, inside(item), elements));
    const sure = list.filter((_, i) => verdicts[i] === "yes");
    const open = verdicts.filter((one) => one === "open").length;
    if (node.kind === "count") return open > 0 ? new Between(sure.length, sure.length + open) : sure.length === 0 ? this.#empty(node, outer, elements) : sure.length;
    if (open > 0) return undefined;
    const values = sure.map((item) => this.value(node.value as ValueNode, inside(item), elements));
    if (node.missing === "unknown" && values.includes(undefined)) return undefined;
    // What there is none of adds nothing.
    const there = values.filter((one): one is number => typeof one === "number");
    if (there.length === 0) return this.#empty(node, outer, elements);
    if (node.kind === "min") return Math.min(...there);
    if (node.kind === "max") return Math.max(...there);
    const power = 10 ** (node.scale ?? 0);
    const sum = node.scale === undefined ? there.reduce((a, b) => a + b, 0) : there.reduce((total, one) => total + Math.round(one * power), 0);
    return node.kind === "sum" ? sum / power : sum / (there.length * power);
  }

  #empty(node: Extract<ValueNode, { op: "fold" }>, items: readonly Item[], elements: readonly Value[]): Value {
    return node.empty === "unknown" ? undefined : this.value(node.empty, items, elements);
  }

  /** A level that remembers; none or unknown as its measure is. */
  level(index: number): Level | null | undefined {
    const state = this.ground.program.levels[index] as Program["levels"][number];
    const measure = this.value(state.measure, []);
    if (typeof measure !== "number") return measure === null ? null : undefined;
    const { asOf, lastFacts } = this.ground;
    const line = (node: ValueNode | undefined): number => {
      const value = node && this.value(node, []);
      return typeof value === "number" ? value : -Infinity;
    };
    const plain = state.levels.findIndex(({ from }) => measure >= line(from));
    const nameOf = (at: number): string => (state.levels[at] as { readonly name: string }).name;
    const start = { level: nameOf(plain), since: asOf, previous: undefined, change: "none", atRisk: false, below: undefined };
    const kept = (part: string): unknown => lastFacts[`${state.fact}/${part}`];
    const held = state.levels.findIndex(({ name }) => name === kept("level"));
    if (held < 0) return start;
    const same = { level: nameOf(held), since: read(kept("since")) ?? asOf, previous: kept("previous") as string | undefined, change: (kept("change") as string | undefined) ?? "none", atRisk: false, below: undefined };
    if (plain < held) return { ...start, previous: nameOf(held), change: "upgraded" };
    if (plain === held || measure >= line(state.levels[held]?.keepFrom ?? state.levels[held]?.from)) return same;
    const below = read(kept("below")) ?? asOf;
    if (this.#days.graceIsOver(below, asOf, state.graceDays)) return { ...start, previous: nameOf(held), change: "downgraded" };
    return { ...same, atRisk: true, below };
  }

  /** What the next day remembers of the levels. */
  remembered(): Kept {
    const out: Record<string, unknown> = { ...this.ground.lastFacts };
    this.ground.program.levels.forEach(({ fact }, i) => {
      const level = this.level(i);
      if (!level) return;
      for (const key of ["level", "since", "previous", "change", "below"] as const) {
        const value = level[key];
        if (value === undefined) delete out[`${fact}/${key}`];
        else out[`${fact}/${key}`] = typeof value === "number" ? written(value) : value;
      }
    });
    return out;
  }

  /** Each subject of a rule with its verdict and, where it fires, its occurrence. */
  answers(rule: RuleProgram): readonly { readonly subject: string; readonly verdict: Verdict; readonly occurrence: Value; readonly product?: string | null }[] {
    const { each } = rule;
    const list = each ? itemsOf(this.ground, each) : [undefined];
    if (!list) return [{ subject: "", verdict: "open", occurrence: undefined }];
    const slot = each?.collection.fields.get(each.collection.idField)?.slot ?? 0;
    return list.map((item) => {
      const items = item ? [item] : [];
      const verdict = this.verdict(rule.when, items);
      const { product } = rule.policy;
      return {
        subject: item ? String(item[slot]) : "", verdict,
        occurrence: verdict !== "yes" || rule.occurrence === "episode" ? undefined : this.value(rule.occurrence, items),
        ...(product && verdict === "yes" ? { product: (this.value(product.pick, items) ?? null) as string | null } : {}),
      };
    });
  }
}

/** None decides, then unknown. */
function numbers(list: readonly Value[], compute: (list: readonly number[]) => Value): Value {
  if (list.includes(null)) return null;
  return list.every((one) => typeof one === "number") ? compute(list) : undefined;
}

function calculate(node: Extract<ValueNode, { op: "arith" }>, a: number, b: number): number | undefined {
  const places = (node.kind === "divide" ? node.places : node.scale) ?? undefined;
  const power = 10 ** (places ?? 0);
  const [x, y] = places === undefined ? [a, b] : [Math.round(a * power), Math.round(b * power)];
  const result = { add: (x + y) / power, subtract: (x - y) / power, multiply: a * b, divide: b === 0 ? NaN : x / y }[node.kind];
  return Number.isFinite(result) ? result : undefined;
}

function compare(cmp: string, left: Found, right: Found): Verdict {
  if (left === null || right === null) return "no";
  if (left === undefined || right === undefined) return "open";
  const spread = (one: Value | Between): readonly Value[] => (one instanceof Between ? Array.from({ length: one.most - one.least + 1 }, (_, i) => one.least + i) : [one]);
  const verdicts = new Set(spread(left).flatMap((a) => spread(right).map((b) => holds(cmp, a as number, b as number))));
  return verdicts.size > 1 ? "open" : verdicts.has(true) ? "yes" : "no";
}

function holds(cmp: string, a: number, b: number): boolean {
  return cmp === "=" ? a === b : cmp === "<" ? a < b : cmp === "<=" ? a <= b : cmp === ">" ? a > b : a >= b;
}
