import { and, choose, compare, constant, isObject, never } from "@evertend/core";
import type { KindBuilder, TruthNode, ValueNode } from "@evertend/core";

const limits = { minimum: 1, maximum: 3660, integer: true } as const;
const corners = ["high/high", "low/high", "high/low", "low/low"] as const;

type Json = Readonly<Record<string, unknown>>;

const daysNode = (days: number): ValueNode => constant(days, "number");

/** The `every` of a cadence as a number of days: fixed, by class, or by a matrix of two measures. */
export function intervalOf(builder: KindBuilder): ValueNode {
  const every = builder.rule.json["every"] as Json;
  const known = every["fact"] !== undefined ? byClass(builder, every) : every["rows"] !== undefined || every["columns"] !== undefined ? byMatrix(builder, every) : fixed(builder, every);
  if (every["unknown"] === undefined) return known;
  const unknown = daysNode(builder.number(every["unknown"], "/every/unknown", limits));
  return { op: "first", type: "number", of: [known, unknown] };
}

function fixed(builder: KindBuilder, every: Json): ValueNode {
  const { days } = every;
  if (days === undefined) {
    builder.report("KEY_MISSING", "/every", { name: "days" });
    return daysNode(90);
  }
  const own = typeof days === "object" && days !== null && !("param" in days);
  return own ? builder.value(days, "/every/days", ["number"]) : daysNode(builder.number(days, "/every/days", limits));
}

function byClass(builder: KindBuilder, every: Json): ValueNode {
  for (const name of ["rows", "columns"]) if (every[name] !== undefined) builder.report("UNKNOWN_KEY", `/every/${name}`, { name });
  const fact = builder.fact(every["fact"], "/every/fact", ["text"]);
  const days = every["days"];
  if (!isObject(days)) {
    builder.report("KEY_MISSING", "/every", { name: "days", expected: "{ class: days }" });
    return daysNode(90);
  }
  const rows = Object.keys(days).map((name) => ({
    when: compare(fact, "=", constant(name, "text")),
    value: daysNode(builder.number(days[name], `/every/days/${escapePointer(name)}`, limits)),
  }));
  return choose("number", rows);
}

function byMatrix(builder: KindBuilder, every: Json): ValueNode {
  const row = isHigh(builder, every["rows"], "rows");
  const column = isHigh(builder, every["columns"], "columns");
  const days = every["days"];
  if (!isObject(days)) {
    builder.report("KEY_MISSING", "/every", { name: "days", expected: corners.join(", ") });
    return daysNode(90);
  }
  for (const name of Object.keys(days)) {
    if (!(corners as readonly string[]).includes(name)) builder.report("UNKNOWN_KEY", `/every/days/${escapePointer(name)}`, { name, allowed: corners.join(", ") });
  }
  const of = (corner: (typeof corners)[number]): ValueNode => {
    if (days[corner] !== undefined) return daysNode(builder.number(days[corner], `/every/days/${escapePointer(corner)}`, limits));
    builder.report("KEY_MISSING", "/every/days", { name: corner });
    return daysNode(90);
  };
  const [highHigh, lowHigh, highLow, lowLow] = [of("high/high"), of("low/high"), of("high/low"), of("low/low")];
  return choose(
    "number",
    [
      { when: and(row, column), value: highHigh },
      { when: row, value: highLow },
      { when: column, value: lowHigh },
    ],
    lowLow,
  );
}

/** `[fact, threshold]`: whether the fact reaches the threshold. */
function isHigh(builder: KindBuilder, json: unknown, name: "rows" | "columns"): TruthNode {
  if (!Array.isArray(json) || json.length !== 2) {
    builder.report("LIST_REQUIRED", `/every${json === undefined ? "" : `/${name}`}`, { name });
    return never;
  }
  const list = json as readonly unknown[];
  return compare(builder.fact(list[0], `/every/${name}/0`, ["number"]), ">=", builder.value(list[1], `/every/${name}/1`, ["number"]));
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
