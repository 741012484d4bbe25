import { parseDay } from "../calendar/civil-date.js";
import { closest } from "../diagnostics/did-you-mean.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import { bilingual } from "../language/bilingual.js";
import { checkShape } from "../language/check-shape.js";
import { mostConditions, parseCondition } from "../language/parse-condition.js";
import { parseValue } from "../language/parse-value.js";
import { ruleBase } from "../language/rule-shapes.js";
import { isObject, jsonType, shown, type Spot } from "../language/spot.js";
import type { Calendar } from "../calendar/calendar.js";
import type { MessageClass } from "../decision/message-class.js";
import type { FactType } from "../model/catalogue.js";
import type { AuthoredRule, Kind, KindBuilder, PlainRule } from "../plugin/kind.js";
import type { FactTable } from "./fact-table.js";
import { lowerActions } from "./lower-actions.js";
import { lowerCondition } from "./lower-condition.js";
import { lowerValue } from "./lower-value.js";
import { always, and, compare, constant, never, today } from "./nodes.js";
import type { Range, TruthNode, ValueNode } from "./node.js";
import type { RulePolicy, RuleProgram } from "./rule-program.js";
import { openRange, openScope, resolveFact, withRange, type Names, type Scope } from "./scope.js";

/** A rule as the pack holds it, its kind found. */
export interface RuleDefinition {
  readonly kind: Kind;
  readonly rule: AuthoredRule;
  readonly spot: Spot;
  /** Whether its JSON has the shape its kind wants; where not, it is not lowered. */
  readonly good: boolean;
}

/** Finds the kind of a rule and checks its shape. */
export function readRule(json: unknown, spot: Spot, names: Names): RuleDefinition | undefined {
  if (!isObject(json)) {
    spot.report("TYPE_MISMATCH", { name: "rule", expected: "object", found: jsonType(json) });
    return undefined;
  }
  const name = json["kind"] === undefined ? "rule" : shown(json["kind"]);
  const kind = names.environment.kinds.get(name);
  if (!kind) {
    const known = [...names.environment.kinds.keys()];
    spot.at("kind").report("VALUE_NOT_ALLOWED", { name, suggestion: closest(name, known) ?? "", allowed: known.join(", ") });
    return undefined;
  }
  const own = kind.shape.type === "object" ? kind.shape : { properties: {}, required: [] };
  const good = checkShape({ type: "object", properties: { ...ruleBase, ...own.properties }, required: ["id", ...(own.required ?? [])] }, json, spot);
  const id = typeof json["id"] === "string" ? json["id"] : "";
  return { kind, spot, good, rule: { id, title: bilingual(json["title"], id), json, origin: spot.origin } };
}

/** Lowers one authored rule into plain ones. */
export function lowerRule(definition: RuleDefinition, names: Names, facts: FactTable): readonly RuleProgram[] {
  const { kind, rule, spot } = definition;
  const { json } = rule;
  const out: RuleProgram[] = [];
  let scope: Scope = openScope(names);
  let each: Range | undefined;
  if (json["forEach"] !== undefined) {
    each = openRange(json["forEach"], spot.at("forEach"), scope);
    if (!each) return [];
    if (each.collection.idField === "") spot.at("forEach").report("ID_MISSING", { name: each.collection.name });
    scope = withRange(scope, each);
  }
  const messageClass = (json["class"] as MessageClass | undefined) ?? kind.defaults.class;
  const ids = new Map<string, number>();
  const number = (value: unknown, at: Spot, limits: { readonly minimum?: number; readonly maximum?: number; readonly integer?: boolean } = {}): number => readNumber(value, at, scope, limits);
  const given = json["expires"];
  const expires = given === undefined ? undefined : given === "same-day" ? ("same-day" as const) : number(given, spot.at("expires"), { minimum: 0, integer: true });

  const builder: KindBuilder = {
    rule,
    each,
    when: () => and(enabled(json), effective(json["effective"], spot.at("effective")), json["when"] === undefined ? always : lowerOwn(json["when"], spot.at("when"), scope)),
    condition: (value, pointer) => lowerOwn(value, spot.down(pointer), scope),
    value: (value, pointer, types) => readValue(value, spot.down(pointer), scope, types),
    fact: (name, pointer, types) => readFact(name, spot.down(pointer), scope, types),
    range(text, pointer, inside) {
      const range = openRange(text, spot.down(pointer), scope);
      if (!range) return undefined;
      const outer = scope;
      scope = withRange(scope, range);
      const result = inside(range);
      scope = outer;
      return result;
    },
    number: (value, pointer, limits) => number(value, spot.down(pointer), limits),
    actions: (value, pointer, extra = {}) => lowerActions(value, spot.down(pointer), { scope, class: messageClass, extra, number: (n, at) => number(n, at, { minimum: 0, integer: true }), ids, expires }),
    repeat: (value, _pointer, otherwise) => repeat((value as string | undefined) ?? otherwise),
    calendar: (name, pointer) => findNamedCalendar(name, spot.down(pointer), names),
    addFact: (part, node, label) => facts.define(part === undefined ? rule.id : `${rule.id}.${part}`, node, label, kind.id),
    addLevel: (level) => facts.addLevel(rule.id, level, level.label, kind.id),
    addRule: (plain) => out.push(plainRule(plain, definition, commonPolicy(definition, number), plain.each ? facts.itemFacts(plain.each, spot) : new Map())),
    report: (code: DiagnosticCode, pointer, params) => spot.down(pointer).report(code, params),
  };
  kind.lower(builder);
  if (scope.budget.count > mostConditions) spot.report("TOO_MANY_CONDITIONS", { name: rule.id, found: scope.budget.count, limit: mostConditions });
  return out;
}

/** Looks at the condition of a rule that will not be lowered for another fault, so that all is said at once. */
export function checkCondition({ rule: { json }, spot }: RuleDefinition, names: Names): void {
  const scope = openScope(names);
  const range = json["forEach"] === undefined ? undefined : openRange(json["forEach"], spot.at("forEach"), scope);
  if (json["when"] === undefined || (json["forEach"] !== undefined && !range)) return;
  lowerOwn(json["when"], spot.at("when"), range ? withRange(scope, range) : scope);
}

function lowerOwn(json: unknown, spot: Spot, scope: Scope): TruthNode {
  const condition = parseCondition(json, spot, scope.budget);
  return condition ? lowerCondition(condition, scope) : always;
}

function enabled(json: Readonly<Record<string, unknown>>): TruthNode {
  return json["enabled"] === false ? never : always;
}

function effective(json: unknown, spot: Spot): TruthNode {
  if (!isObject(json)) return always;
  const [from, to] = [parseDay(shown(json["from"])), parseDay(shown(json["to"]))];
  if (from !== undefined && to !== undefined && from > to) spot.report("EFFECTIVE_RANGE", { from: shown(json["from"]), to: shown(json["to"]) });
  return and(
    from === undefined ? always : { ...compare(today, ">=", constant(from, "date")), origin: spot.at("from").origin },
    to === undefined ? always : { ...compare(today, "<=", constant(to, "date")), origin: spot.at("to").origin },
  );
}

function repeat(unit: string): ValueNode | "episode" {
  if (unit === "episode") return "episode";
  if (unit === "once") return constant("once", "text");
  return { op: "period", type: "text", unit: unit as "month" | "quarter" | "year" };
}

function readValue(json: unknown, spot: Spot, scope: Scope, types: readonly FactType[]): ValueNode {
  const expression = parseValue(json, spot);
  const node = expression && lowerValue(expression, scope, types.includes("date") && !types.includes("text") ? "date" : types[0]);
  return checkType(node, spot, types, "value");
}

function readFact(name: unknown, spot: Spot, scope: Scope, types: readonly FactType[]): ValueNode {
  if (isObject(name)) return readValue(name, spot, scope, types);
  if (typeof name !== "string") {
    spot.report("TYPE_MISMATCH", { name: "fact", expected: "text", found: jsonType(name) });
    return harmless(types);
  }
  return checkType(resolveFact(name, spot, scope), spot, types, name);
}

function checkType(node: ValueNode | undefined, spot: Spot, types: readonly FactType[], name: string): ValueNode {
  if (!node) return harmless(types);
  if (node.type === "any" || types.length === 0 || types.includes(node.type)) return node;
  spot.report("TYPE_MISMATCH", { name, expected: types.join(" | "), found: node.type });
  return harmless(types);
}

/** Stands in for a value that was refused: the pack will not run, but the rest of it is still looked at. */
function harmless(types: readonly FactType[]): ValueNode {
  return { op: "none", type: types[0] ?? "number" };
}

function readNumber(json: unknown, spot: Spot, scope: Scope, limits: { readonly minimum?: number; readonly maximum?: number; readonly integer?: boolean }): number {
  const node = readValue(json, spot, scope, ["number"]);
  const fallback = limits.minimum ?? 0;
  if (node.op !== "const" || typeof node.value !== "number") {
    if (node.op !== "none") spot.report("TYPE_MISMATCH", { name: "number", expected: "number | {param}", found: node.op });
    return fallback;
  }
  const { value } = node;
  if (limits.integer === true && !Number.isInteger(value)) {
    spot.report("TYPE_MISMATCH", { name: "number", expected: "integer", found: String(value) });
    return fallback;
  }
  if (value < (limits.minimum ?? -Infinity) || value > (limits.maximum ?? Infinity)) {
    spot.report("PARAMETER_RANGE", { name: node.param ?? "number", found: value, from: limits.minimum ?? "−∞", to: limits.maximum ?? "∞" });
    return fallback;
  }
  return value;
}

function findNamedCalendar(name: unknown, spot: Spot, names: Names): Calendar | undefined {
  const { calendars } = names;
  const found = typeof name === "string" ? calendars.get(name) : [...calendars.values()][0];
  if (!found) spot.report("UNKNOWN_REFERENCE", { name: shown(name ?? "calendar"), suggestion: closest(shown(name), calendars.keys()) ?? "" });
  return found;
}

function commonPolicy(definition: RuleDefinition, number: (json: unknown, spot: Spot) => number): RulePolicy {
  const { spot, rule: { json } } = definition;
  const consent = isObject(json["consent"]) ? json["consent"] : {};
  const unknown = isObject(consent["unknown"]) ? consent["unknown"] : {};
  const cooldown = isObject(json["cooldown"]) ? json["cooldown"] : undefined;
  const days = cooldown && number(cooldown["days"], spot.at("cooldown", "days"));
  const afterRefusal = cooldown?.["afterRefusal"] === undefined ? days : number(cooldown["afterRefusal"], spot.at("cooldown", "afterRefusal"));
  return {
    ...(typeof consent["purpose"] === "string" ? { purpose: consent["purpose"] } : {}),
    ...(typeof unknown["task"] === "string" ? { unknownConsentTask: unknown["task"] } : {}),
    ...(typeof json["suitability"] === "string" ? { suitability: json["suitability"] } : {}),
    ...(typeof json["holdout"] === "number" ? { holdout: json["holdout"] } : {}),
    ...(days === undefined ? {} : { cooldown: { days, afterRefusal: afterRefusal ?? days } }),
  };
}

function plainRule(plain: PlainRule, definition: RuleDefinition, policy: RulePolicy, itemFacts: ReadonlyMap<string, ValueNode>): RuleProgram {
  const { kind, rule } = definition;
  const { json } = rule;
  return {
    id: plain.part === undefined ? rule.id : `${rule.id}/${plain.part}`,
    title: plain.title ?? rule.title,
    kind: kind.id,
    category: typeof json["category"] === "string" ? json["category"] : kind.defaults.category,
    objective: typeof json["objective"] === "string" ? json["objective"] : kind.defaults.objective,
    priority: typeof json["priority"] === "number" ? json["priority"] : kind.defaults.priority,
    covers: Array.isArray(json["covers"]) ? (json["covers"] as string[]) : [],
    when: plain.when,
    occurrence: plain.occurrence,
    actions: plain.actions,
    policy: { ...policy, ...plain.policy },
    origin: rule.origin,
    ...(plain.each ? { each: plain.each, itemFacts } : {}),
  };
}
