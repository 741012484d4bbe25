import type { Spot } from "../language/spot.js";
import { namedFact, typedValue } from "./fact-parts.js";
import { exactScale } from "./arithmetic.js";
import { choose, compare, constant, not, present } from "./nodes.js";
import type { ValueNode } from "./node.js";
import type { Scope } from "./scope.js";

type Json = Readonly<Record<string, unknown>>;

/** Points have so many decimal places; weights, in per cent, have two. */
const pointPlaces = 2;
const weightUnit = 100;

/**
 * Lowers a weighted score. Points are held to two decimal places and weights to whole hundredths of a per cent, so that
 * all is added up in whole numbers and divided once: a score of exactly 80 is 80 in every back-end.
 *
 * `json.only` leaves a single category, by its index: the score of that category alone.
 */
export function lowerScore(json: Json, spot: Spot, scope: Scope): ValueNode | undefined {
  const categories = json["categories"] as readonly Json[];
  const only = typeof json["only"] === "number" ? json["only"] : undefined;
  const shares = weightsOf(categories, spot.at("categories"), scope, "categories");
  checkIds(categories, spot.at("categories"));
  const parts = categories.flatMap((category, i) => {
    const at = spot.at("categories", i);
    const indicators = category["indicators"] as readonly Json[];
    const own = weightsOf(indicators, at.at("indicators"), scope, String(category["id"]));
    checkIds(indicators, at.at("indicators"));
    return indicators.map((indicator, k) => ({
      points: only === undefined || only === i ? pointsOf(indicator, at.at("indicators", k), scope, json["missing"] === "zero") : constant(0, "number"),
      weight: only === undefined ? (shares?.[i] ?? 0) * (own?.[k] ?? 0) : only === i ? (own?.[k] ?? 0) : 0,
    }));
  });
  if (!shares || parts.some(({ points }) => points === undefined)) return undefined;
  const weighted = parts.filter(({ weight }) => weight > 0).map(({ points, weight }): ValueNode => ({ op: "arith", type: "number", kind: "multiply", left: points as ValueNode, right: constant(weight, "number") }));
  if (weighted.length === 0) return constant(0, "number");
  const whole = (100 * weightUnit) ** (only === undefined ? 2 : 1);
  // The sum rounds each addend to its places, which takes back what the product of a decimal fraction is off by.
  const sum = weighted.reduce((left, right) => ({ op: "arith", type: "number", kind: "add", left, right, scale: pointPlaces }), constant(0, "number"));
  return { op: "arith", type: "number", kind: "divide", left: sum, right: constant(whole, "number"), places: pointPlaces };
}

/** Weights in hundredths of a per cent; `undefined` where they are no numbers or do not add up, which is reported. */
function weightsOf(list: readonly Json[], spot: Spot, scope: Scope, name: string): readonly number[] | undefined {
  const weights = list.map((one, i) => {
    const node = typedValue(one["weight"], spot.at(i, "weight"), scope, "number");
    if (node?.op === "const" && typeof node.value === "number" && node.value >= 0) return node.value * weightUnit;
    if (node) spot.at(i, "weight").report("TYPE_MISMATCH", { name: "weight", expected: "number | {param}", found: node.op });
    return undefined;
  });
  if (weights.some((weight) => weight === undefined)) return undefined;
  const whole = (weights as readonly number[]).map((weight) => Math.round(weight));
  const exact = whole.every((weight, i) => Math.abs(weight - (weights[i] as number)) < 1e-6);
  const sum = whole.reduce((a, b) => a + b, 0);
  if (exact && sum === 100 * weightUnit) return whole;
  spot.report("SCORE_WEIGHTS", { name, found: exact ? sum / weightUnit : weights.map((weight) => (weight as number) / weightUnit).join(" + "), expected: 100 });
  return undefined;
}

function checkIds(list: readonly Json[], spot: Spot): void {
  const ids = list.map((one) => one["id"]);
  ids.forEach((id, i) => {
    if (ids.indexOf(id) !== i) spot.at(i, "id").report("DUPLICATE_ID", { name: String(id) });
  });
}

/** The points of one indicator, 0 or more, in hundredths. */
function pointsOf(json: Json, spot: Spot, scope: Scope, zero: boolean): ValueNode | undefined {
  const of = namedFact(json["of"], spot.at("of"), scope, ["number"]);
  if ((json["bands"] === undefined) === (json["linear"] === undefined)) {
    spot.report(json["bands"] === undefined ? "KEY_MISSING" : "AMBIGUOUS_GROUP", { name: json["bands"] === undefined ? "bands" : "bands, linear" });
    return undefined;
  }
  if (!of) return undefined;
  const points = json["bands"] === undefined ? linearPoints(json["linear"] as Json, spot.at("linear"), scope, of) : bandPoints(json["bands"] as readonly Json[], spot.at("bands"), scope, of);
  return points && zero ? choose("number", [{ when: not(present(of)), value: constant(0, "number") }], points) : points;
}

function bandPoints(bands: readonly Json[], spot: Spot, scope: Scope, of: ValueNode): ValueNode | undefined {
  let previous: number | undefined;
  const rows = bands.map((band, i) => {
    const at = spot.at(i);
    const value = held(band["points"] as number, at.at("points"));
    if (band["from"] === undefined) {
      if (i > 0) at.report("KEY_MISSING", { name: "from" });
      return { when: present(of), value };
    }
    const from = typedValue(band["from"], at.at("from"), scope, "number");
    if (from?.op === "const" && typeof from.value === "number") {
      if (previous !== undefined && from.value <= previous) at.at("from").report("NUMBER_RANGE", { name: String(from.value), found: from.value, expected: `> ${previous}` });
      previous = from.value;
    }
    return from && { when: compare(of, ">=", from), value };
  });
  if (rows.some((row) => row === undefined)) return undefined;
  // Below the lowest threshold there are no points; an unknown measure leaves the first comparison unknown, and all with it.
  return choose("number", (rows as { when: ReturnType<typeof compare>; value: ValueNode }[]).reverse(), constant(0, "number"));
}

function linearPoints(json: Json, spot: Spot, scope: Scope, of: ValueNode): ValueNode | undefined {
  const [from, to] = (["from", "to"] as const).map((key) => typedValue(json[key], spot.at(key), scope, "number"));
  const low = held((json["low"] as number | undefined) ?? 0, spot.at("low"));
  const high = held(json["high"] as number, spot.at("high"));
  if (!from || !to) return undefined;
  const [a, b] = [from, to].map((node) => (node.op === "const" && typeof node.value === "number" ? node.value : undefined));
  if (a === undefined || b === undefined) {
    spot.report("TYPE_MISMATCH", { name: "linear", expected: "number | {param}", found: "fact" });
    return undefined;
  }
  if (a >= b) {
    spot.at("to").report("NUMBER_RANGE", { name: String(b), found: b, expected: `> ${a}` });
    return undefined;
  }
  const places = Math.max(exactScale(of) ?? 4, exactScale(from) ?? 4, exactScale(to) ?? 4);
  const [least, most] = [Number(low.value), Number(high.value)].map((one) => Math.round(one * 100)) as [number, number];
  const over: ValueNode = { op: "arith", type: "number", kind: "subtract", left: of, right: from, scale: places };
  // Hundredths of a point, one division of whole numbers, rounded half up.
  const share: ValueNode = { op: "arith", type: "number", kind: "divide", left: { op: "arith", type: "number", kind: "multiply", left: over, right: constant(most - least, "number") }, right: constant(b - a, "number"), places };
  const hundredths: ValueNode = { op: "arith", type: "number", kind: "add", left: constant(least, "number"), right: share, scale: 0 };
  const between: ValueNode = { op: "arith", type: "number", kind: "divide", left: hundredths, right: constant(10 ** pointPlaces, "number"), places: 0 };
  return choose("number", [{ when: compare(of, ">=", to), value: high }, { when: compare(of, "<=", from), value: low }], between);
}

/** Points as a constant; more decimal places than points have are reported. */
function held(points: number, spot: Spot): Extract<ValueNode, { op: "const" }> {
  const whole = Math.round(points * 10 ** pointPlaces) / 10 ** pointPlaces;
  if (whole !== points) spot.report("NUMBER_RANGE", { name: String(points), found: points, expected: `${pointPlaces} decimal places` });
  return { op: "const", type: "number", value: whole };
}
