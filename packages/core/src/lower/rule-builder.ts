import { parseDay } from "../calendar/civil-date.js";
import { closest } from "../diagnostics/did-you-mean.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { DiagnosticParams } from "../diagnostics/describe.js";
import { mostConditions } from "../language/parse-condition.js";
import { parseValue } from "../language/parse-value.js";
import { isObject, jsonType, shown, type Spot } from "../language/spot.js";
import type { Calendar } from "../calendar/calendar.js";
import type { MessageClass } from "../decision/message-class.js";
import type { FactType } from "../model/catalogue.js";
import type { AuthoredRule, Kind, KindBuilder, PlainRule } from "../plugin/kind.js";
import type { FactTable } from "./fact-table.js";
import { lowerActions } from "./lower-actions.js";
import { lowerJson } from "./lower-condition.js";
import { lowerValue } from "./lower-value.js";
import { always, and, compare, constant, never, shift, today } from "./nodes.js";
import type { Range, TruthNode, ValueNode } from "./node.js";
import type { ActionProgram, RulePolicy, RuleProgram } from "./rule-program.js";
import { openRange, resolveFact, withRange, type Names, type Scope } from "./scope.js";

/** Days for which a signal counts where a rule does not say. */
const defaultWakeDays = 30;

/** Bounds of a number that must be known at load. */
interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly integer?: boolean;
}

/** A rule as the pack holds it, its kind found. */
export interface RuleDefinition {
  readonly kind: Kind;
  readonly rule: AuthoredRule;
  readonly spot: Spot;
  /** Whether its JSON has the shape its kind wants; where not, it is not lowered. */
  readonly good: boolean;
}

/** What a kind lowers one rule with; gathers the plain rules it makes. */
export class RuleBuilder implements KindBuilder {
  readonly rule: AuthoredRule;
  readonly #out: RuleProgram[] = [];
  readonly #class: MessageClass;
  /** Ids of actions given so far. */
  readonly #ids = new Map<string, number>();
  readonly #expires: number | "same-day" | undefined;
  #scope: Scope;

  constructor(readonly definition: RuleDefinition, scope: Scope, readonly each: Range | undefined, readonly facts: FactTable) {
    this.#scope = scope;
    this.rule = definition.rule;
    const { json } = this.rule;
    this.#class = (json["class"] as MessageClass | undefined) ?? definition.kind.defaults.class;
    const given = json["expires"];
    this.#expires = given === undefined ? undefined : given === "same-day" ? "same-day" : this.#number(given, this.#spot.at("expires"), { minimum: 0, integer: true });
  }

  /** Has the kind lower the rule. */
  lower(kind: Kind): readonly RuleProgram[] {
    kind.lower(this);
    const { count } = this.#scope.budget;
    if (count > mostConditions) this.#spot.report("TOO_MANY_CONDITIONS", { name: this.rule.id, found: count, limit: mostConditions });
    return this.#out;
  }

  get #spot(): Spot {
    return this.definition.spot;
  }

  when(): TruthNode {
    const { json } = this.rule;
    const spot = this.#spot;
    return and(json["enabled"] === false ? never : always, effective(json["effective"], spot.at("effective")), this.#awake(), json["when"] === undefined ? always : lowerJson(json["when"], spot.at("when"), this.#scope));
  }

  condition(json: unknown, pointer: string): TruthNode {
    return lowerJson(json, this.#spot.down(pointer), this.#scope);
  }

  value(json: unknown, pointer: string, types: readonly FactType[]): ValueNode {
    return readValue(json, this.#spot.down(pointer), this.#scope, types);
  }

  fact(name: unknown, pointer: string, types: readonly FactType[]): ValueNode {
    return readFact(name, this.#spot.down(pointer), this.#scope, types);
  }

  range<T>(json: unknown, pointer: string, inside: (range: Range) => T): T | undefined {
    const outer = this.#scope;
    const range = openRange(json, this.#spot.down(pointer), outer);
    if (!range) return undefined;
    this.#scope = withRange(outer, range);
    const result = inside(range);
    this.#scope = outer;
    return result;
  }

  number(json: unknown, pointer: string, limits: NumberLimits = {}): number {
    return this.#number(json, this.#spot.down(pointer), limits);
  }

  actions(json: unknown, pointer: string, extra: { readonly guard?: TruthNode; readonly expires?: ValueNode } = {}): ActionProgram[] {
    if (json === undefined) return [];
    return lowerActions(json, this.#spot.down(pointer), { scope: this.#scope, class: this.#class, extra, number: (n, at) => this.#number(n, at, { minimum: 0, integer: true }), ids: this.#ids, expires: this.#expires });
  }

  repeat(json: unknown, _pointer: string, otherwise: "once" | "month" | "quarter" | "year" | "episode"): ValueNode | "episode" {
    // A rule that wakes on signals speaks of each once: whoever evaluates first, at once or at night, finds the same key.
    if (this.#wakes && this.each) return this.fact(`${this.each.as}.${this.each.collection.idField}`, "/on", ["text"]);
    const unit = (json as typeof otherwise | undefined) ?? otherwise;
    if (unit === "episode") return "episode";
    return unit === "once" ? constant("once", "text") : { op: "period", type: "text", unit };
  }

  calendar(name: unknown, pointer: string): Calendar | undefined {
    return findNamedCalendar(name, this.#spot.down(pointer), this.#scope.names);
  }

  addFact(part: string | undefined, node: ValueNode, label: PlainRule["title"] & object): void {
    this.facts.define(part === undefined ? this.rule.id : `${this.rule.id}.${part}`, node, label, this.definition.kind.id);
  }

  addLevel(level: Parameters<KindBuilder["addLevel"]>[0]): ReturnType<KindBuilder["addLevel"]> {
    return this.facts.addLevel(this.rule.id, level, level.label, this.definition.kind.id);
  }

  addRule(plain: PlainRule): void {
    this.#out.push(plainRule(plain, this.definition, this.#commonPolicy(), plain.each ? this.facts.itemFacts(plain.each, this.#spot) : undefined));
  }

  report(code: DiagnosticCode, pointer: string, params?: DiagnosticParams): void {
    this.#spot.down(pointer).report(code, params);
  }

  get #wakes(): boolean {
    return this.definition.kind.wakes === true && this.rule.json["on"] !== undefined;
  }

  /** The signal is of a type that is waited for and happened within the last days; always true for rules that wait for none. */
  #awake(): TruthNode {
    const { on, within } = this.rule.json;
    if (!this.#wakes || !this.each) {
      if (this.definition.kind.wakes === true && within !== undefined) this.report("KEY_MISSING", "", { name: "on" });
      return always;
    }
    const types = typeof on === "string" ? [on] : (on as readonly string[]);
    const { as, collection } = this.each;
    const type = this.fact(`${as}.type`, "/on", ["text"]);
    const allowed = collection.fields.get("type")?.enum?.map(String);
    types.forEach((name, i) => {
      if (allowed?.includes(name) === false) this.report("VALUE_NOT_ALLOWED", typeof on === "string" ? "/on" : `/on/${i}`, { name, suggestion: closest(name, allowed) ?? "", allowed: allowed.join(", ") });
    });
    const days = within === undefined ? defaultWakeDays : this.number(within, "/within", { minimum: 1, maximum: 3660, integer: true });
    const date = this.fact(`${as}.date`, "/on", ["date"]);
    const origin = this.#spot.at("on").origin;
    return and(
      { op: "in", value: type, list: constant(types, "list"), origin },
      { ...compare(date, ">", shift(today, days, "days", -1)), origin },
      { ...compare(date, "<=", today), origin },
    );
  }

  #number(json: unknown, spot: Spot, limits: NumberLimits = {}): number {
    return readNumber(json, spot, this.#scope, limits);
  }

  #commonPolicy(): RulePolicy {
    const { json } = this.rule;
    const spot = this.#spot;
    const consent = isObject(json["consent"]) ? json["consent"] : {};
    const unknown = isObject(consent["unknown"]) ? consent["unknown"] : {};
    const cooldown = isObject(json["cooldown"]) ? json["cooldown"] : undefined;
    const days = cooldown && this.#number(cooldown["days"], spot.at("cooldown", "days"));
    const afterRefusal = cooldown?.["afterRefusal"] === undefined ? days : this.#number(cooldown["afterRefusal"], spot.at("cooldown", "afterRefusal"));
    return {
      ...(typeof consent["purpose"] === "string" ? { purpose: consent["purpose"] } : {}),
      ...(typeof unknown["task"] === "string" ? { unknownConsentTask: unknown["task"] } : {}),
      ...(typeof json["suitability"] === "string" ? { suitability: json["suitability"] } : {}),
      ...(typeof json["holdout"] === "number" ? { holdout: json["holdout"] } : {}),
      ...(days === undefined ? {} : { cooldown: { days, afterRefusal: afterRefusal ?? days } }),
    };
  }
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

function readNumber(json: unknown, spot: Spot, scope: Scope, limits: NumberLimits): number {
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
  const found = typeof name === "string" ? calendars.get(name) : (calendars.get("working-days") ?? [...calendars.values()][0]);
  if (!found) spot.report("UNKNOWN_REFERENCE", { name: shown(name ?? "calendar"), suggestion: closest(shown(name), calendars.keys()) ?? "" });
  return found;
}

function plainRule(plain: PlainRule, definition: RuleDefinition, policy: RulePolicy, itemFacts: ReadonlyMap<string, ValueNode> | undefined): RuleProgram {
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
    ...(plain.each && itemFacts ? { each: plain.each, itemFacts } : {}),
  };
}
