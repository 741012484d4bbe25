import { isObject, shown, type Spot } from "../language/spot.js";
import type { FactType } from "../model/catalogue.js";
import { lowerJson } from "./lower-condition.js";
import { arithmetic, exactScale } from "./arithmetic.js";
import { findCalendar } from "./lower-value.js";
import { always, choose, compare, constant, not, present, today } from "./nodes.js";
import type { ShiftUnit, TruthNode, ValueNode } from "./node.js";
import { namedFact as named, typedValue as value } from "./fact-parts.js";
import { lowerPopulation } from "./lower-population.js";
import { lowerScore } from "./lower-score.js";
import type { LevelState } from "./rule-program.js";
import { openRange, withRange, type Scope } from "./scope.js";

type Json = Readonly<Record<string, unknown>>;

/** Lowers one derived fact whose JSON has passed its kind's shape; `undefined` where something in it is wrong. */
export function lowerFactKind(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const lower = kinds[String(json["kind"])];
  const node = lower?.(json, spot, scope);
  if (!node) return undefined;
  // How a fact is shown must not change how it is worked out: the scale of a fold or a sum is that of its parts.
  const shownOnly = node.op !== "fold" && !(node.op === "arith" && (node.kind === "add" || node.kind === "subtract"));
  const scale = shownOnly && typeof json["scale"] === "number" ? { scale: json["scale"] } : {};
  const whole = { ...node, origin: spot.origin, ...scale } as ValueNode;
  if (json["when"] === undefined || json["kind"] === "condition") return whole;
  const guarded = choose(node.type as FactType, [{ when: lowerJson(json["when"], spot.at("when"), scope), value: whole }]);
  return { ...guarded, origin: spot.origin, ...unitOf([whole]) } as ValueNode;
}

const kinds: Readonly<Record<string, (json: Json, spot: Spot, scope: Scope) => ValueNode | undefined>> = {
  bands: lowerBands,
  matrix: lowerMatrix,
  classify: lowerClassify,
  aggregate: lowerAggregate,
  ratio(json, spot, scope) {
    const [of, to] = [named(json["of"], spot.at("of"), scope, ["number"]), named(json["to"], spot.at("to"), scope, ["number"])];
    return of && to && arithmetic("divide", of, to);
  },
  sum: lowerSum,
  score: lowerScore,
  population: lowerPopulation,
  daysSince: (json, spot, scope) => lowerDays(json, spot, scope, "since"),
  daysUntil: (json, spot, scope) => lowerDays(json, spot, scope, "until"),
  shift: lowerShift,
  first(json, spot, scope) {
    const list = (json["of"] as readonly unknown[]).map((name, i) => named(name, spot.at("of", i), scope, undefined));
    const types = new Set(list.map((node) => node?.type));
    if (list.some((node) => node === undefined)) return undefined;
    if (types.size > 1) {
      spot.at("of").report("TYPE_MISMATCH", { name: "of", expected: String(list[0]?.type), found: [...types].join(", ") });
      return undefined;
    }
    return { op: "first", type: (list[0] as ValueNode).type as FactType, of: list as ValueNode[], ...unitOf(list as ValueNode[]) };
  },
  condition(json, spot, scope) {
    const when = lowerJson(json["when"], spot.at("when"), scope);
    return choose("boolean", [{ when, value: constant(true, "boolean") }], constant(false, "boolean"));
  },
};

function lowerBands(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const of = named(json["of"], spot.at("of"), scope, ["number", "date"]);
  const bands = json["bands"] as readonly Json[];
  const rows: { when: TruthNode; value: ValueNode }[] = [];
  let previous: number | undefined;
  bands.forEach((band, i) => {
    const name = constant(String(band["name"]), "text");
    const at = spot.at("bands", i);
    if (band["from"] === undefined) {
      if (i > 0) at.report("KEY_MISSING", { name: "from" });
      if (of) rows.unshift({ when: of.type === "number" || of.type === "date" ? present(of) : always, value: name });
      return;
    }
    const from = value(band["from"], at.at("from"), scope, of?.type === "date" ? "date" : "number");
    if (!from || !of) return;
    if (from.op === "const" && typeof from.value === "number") {
      if (previous !== undefined && from.value <= previous) at.at("from").report("NUMBER_RANGE", { name: shown(band["from"]) });
      previous = from.value;
    }
    rows.unshift({ when: { ...compare(of, ">=", from), origin: at.origin }, value: name });
  });
  // An unknown measure makes the first comparison unknown, and with it the band; the lowest band never stands in for it.
  return of && rows.length > 0 ? choose("text", rows) : undefined;
}

function lowerMatrix(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const axis = (key: "rows" | "columns"): { high: TruthNode; known: ValueNode } | undefined => {
    const [fact, threshold] = json[key] as readonly unknown[];
    const node = named(fact, spot.at(key, 0), scope, ["number", "date"]);
    const from = value(threshold, spot.at(key, 1), scope, node?.type === "date" ? "date" : "number");
    return node && from && { high: { ...compare(node, ">=", from), origin: spot.at(key).origin }, known: node };
  };
  const rows = axis("rows");
  const columns = axis("columns");
  const cells = json["values"] as Json;
  const cell = (name: string): ValueNode | undefined => value(cells[name], spot.at("values", name), scope, undefined);
  const [hh, hl, lh, ll] = [cell("high/high"), cell("high/low"), cell("low/high"), cell("low/low")];
  if (!rows || !columns || !hh || !hl || !lh || !ll) return undefined;
  const type = hh.type as FactType;
  for (const one of [hl, lh, ll]) {
    if (one.type === type) continue;
    spot.at("values").report("TYPE_MISMATCH", { name: "values", expected: type, found: one.type });
    return undefined;
  }
  const pick = (row: TruthNode, high: ValueNode, low: ValueNode): ValueNode => choose(type, [{ when: row, value: high }], low);
  const grid = choose(type, [{ when: rows.high, value: pick(columns.high, hh, hl) }], pick(columns.high, lh, ll));
  if (json["unknown"] === undefined) return grid;
  const otherwise = value(json["unknown"], spot.at("unknown"), scope, type);
  const unknown = not({ op: "and", items: [present(rows.known), present(columns.known)] });
  return otherwise && choose(type, [{ when: unknown, value: otherwise }], grid);
}

function lowerClassify(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const classes = json["classes"] as readonly Json[];
  const seen = new Set<string>();
  const rows = classes.map((one, i) => {
    const at = spot.at("classes", i);
    if (seen.has(String(one["name"]))) at.at("name").report("DUPLICATE_ID", { name: String(one["name"]) });
    seen.add(String(one["name"]));
    return { when: lowerJson(one["when"], at.at("when"), scope), value: constant(String(one["name"]), "text") };
  });
  return choose("text", rows, typeof json["otherwise"] === "string" ? constant(json["otherwise"], "text") : undefined);
}

function lowerAggregate(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const kind = json["fold"] as "count" | "sum" | "min" | "max" | "avg";
  const range = openRange(json["over"], spot.at("over"), scope);
  if (!range) return undefined;
  const inside = withRange(scope, range);
  const where = json["where"] === undefined ? always : lowerJson(json["where"], spot.at("where"), inside);
  if (kind !== "count" && json["of"] === undefined) {
    spot.report("KEY_MISSING", { name: "of" });
    return undefined;
  }
  const of = json["of"] === undefined ? undefined : named(json["of"], spot.at("of"), inside, kind === "min" || kind === "max" ? ["number", "date"] : ["number"]);
  if (kind !== "count" && !of) return undefined;
  const type: FactType = kind === "count" ? "number" : ((of as ValueNode).type as FactType);
  const empty = lowerEmpty(json["empty"], spot.at("empty"), scope, type, kind);
  if (!empty) return undefined;
  const scale = kind === "count" ? 0 : of && exactScale(of);
  return {
    op: "fold", type, kind, range, where, empty,
    missing: json["missing"] === "skip" ? "skip" : "unknown",
    ...(of && kind !== "count" ? { value: of } : {}),
    ...(scale === undefined ? {} : { scale }),
    ...(of && "unit" in of && of.unit !== undefined ? { unit: of.unit } : {}),
  };
}

function lowerEmpty(json: unknown, spot: Spot, scope: Scope, type: FactType, kind: string): ValueNode | "unknown" | undefined {
  if (json === undefined) return kind === "count" || kind === "sum" ? constant(0, "number") : "unknown";
  if (json === "unknown") return "unknown";
  return json === "none" ? { op: "none", type } : value(json, spot, scope, type);
}

function lowerSum(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const skip = json["missing"] === "skip";
  const term = (name: unknown, at: Spot): ValueNode | undefined => {
    const node = named(name, at, scope, ["number"]);
    if (!node || !skip) return node;
    return { op: "first", type: "number", of: [node, constant(0, "number")] };
  };
  const plus = (json["of"] as readonly unknown[]).map((name, i) => term(name, spot.at("of", i)));
  const minus = ((json["minus"] ?? []) as readonly unknown[]).map((name, i) => term(name, spot.at("minus", i)));
  if ([...plus, ...minus].some((node) => node === undefined)) return undefined;
  const total = (plus as ValueNode[]).reduce((left, right) => arithmetic("add", left, right));
  return (minus as ValueNode[]).reduce((left, right) => arithmetic("subtract", left, right), total);
}

function lowerDays(json: Json, spot: Spot, scope: Scope, direction: "since" | "until"): ValueNode | undefined {
  const date = named(json["date"], spot.at("date"), scope, ["date"]);
  const unit = (json["unit"] ?? "days") as ShiftUnit;
  const calendar = findCalendar(json["calendar"] as string | undefined, unit, spot.at("calendar"), scope);
  if (!date || calendar === "missing") return undefined;
  const [from, to] = direction === "since" ? [date, today] : [today, date];
  return { op: "diff", type: "number", from, to, unit, ...(calendar ? { calendar } : {}) };
}

function lowerShift(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const date = named(json["date"], spot.at("date"), scope, ["date"]);
  const by = json["by"] as Json;
  const units = Object.keys(by) as ShiftUnit[];
  const unit = units[0];
  if (unit === undefined || units.length > 1) {
    spot.at("by").report(unit === undefined ? "KEY_MISSING" : "AMBIGUOUS_GROUP", { name: unit === undefined ? "days" : units.join(", ") });
    return undefined;
  }
  const amount = value(by[unit], spot.at("by", unit), scope, "number");
  const calendar = findCalendar(json["calendar"] as string | undefined, unit, spot.at("calendar"), scope);
  if (!date || !amount || calendar === "missing") return undefined;
  return { op: "shift", type: "date", date, amount, unit, sign: 1, ...(calendar ? { calendar } : {}) };
}

function unitOf(nodes: readonly ValueNode[]): { unit?: string; scale?: number } {
  const first = nodes[0];
  const scales = nodes.map((node) => ("scale" in node ? node.scale : exactScale(node)));
  return {
    ...(first && "unit" in first && first.unit !== undefined ? { unit: first.unit } : {}),
    ...(scales.every((scale) => scale !== undefined) ? { scale: Math.max(...scales) } : {}),
  };
}

/** Lowers the levels of a `state` fact. */
lowerFactKind.level = function lowerLevel(json: Json, spot: Spot, scope: Scope): Omit<LevelState, "fact"> | undefined {
  const measure = named(json["measure"], spot.at("measure"), scope, ["number"]);
  const list = json["levels"] as readonly Json[];
  const levels = list.map((level, i) => {
    const at = spot.at("levels", i);
    if (level["from"] === undefined && i < list.length - 1) at.report("KEY_MISSING", { name: "from" });
    const from = level["from"] === undefined ? undefined : value(level["from"], at.at("from"), scope, "number");
    const keepFrom = level["keepFrom"] === undefined ? undefined : value(level["keepFrom"], at.at("keepFrom"), scope, "number");
    return { name: String(level["name"]), ...(from ? { from } : {}), ...(keepFrom ? { keepFrom } : {}) };
  });
  const grace = json["graceDays"] === undefined ? constant(0, "number") : value(json["graceDays"], spot.at("graceDays"), scope, "number");
  const graceDays = grace?.op === "const" && typeof grace.value === "number" ? grace.value : undefined;
  if (graceDays === undefined || graceDays < 0) {
    spot.at("graceDays").report("TYPE_MISMATCH", { name: "graceDays", expected: "number | param", found: isObject(json["graceDays"]) ? "fact" : typeof json["graceDays"] });
    return undefined;
  }
  if (!measure || json["when"] === undefined) return measure && { measure, levels, graceDays };
  const guarded = choose("number", [{ when: lowerJson(json["when"], spot.at("when"), scope), value: measure }]);
  return { measure: guarded, levels, graceDays };
};
