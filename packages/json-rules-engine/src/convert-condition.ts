import { isObject, parseOperator, parsePath } from "@evertend/core";
import type { DifferenceCode } from "./difference.js";
import type { UsedFacts, UsedType } from "./infer-model.js";

/** A condition of a pack; one that is always true; or one that cannot be taken over. */
export type Converted = Readonly<Record<string, unknown>> | "true" | "refused";

/** What converting needs to know and to tell. */
export interface ConvertContext {
  readonly used: UsedFacts;
  /** Names of named conditions. */
  readonly conditions: readonly string[];
  readonly operators: ReadonlyMap<string, unknown>;
  readonly note: (code: DifferenceCode, pointer: string) => void;
}

type Json = Readonly<Record<string, unknown>>;

const ordering = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"];
const holdsWhereMissing = ["notEqual", "notIn"];
const isDate = /^\d{4}-\d{2}-\d{2}$/;

/** Takes a condition over; `negated`: it stands under an odd number of `not`. */
export function convertCondition(given: unknown, pointer: string, context: ConvertContext, negated = false): Converted {
  if (!isObject(given)) return refuse("NOT_A_RULE", pointer, context);
  if (given["priority"] !== undefined) context.note("PRIORITY_DROPPED", `${pointer}/priority`);
  if (Array.isArray(given["all"]) && Array.isArray(given["any"])) context.note("BOTH_GROUPS", pointer);
  if (Array.isArray(given["any"])) return convertGroup("any", given["any"], `${pointer}/any`, context, negated);
  if (Array.isArray(given["all"])) return convertGroup("all", given["all"], `${pointer}/all`, context, negated);
  if (given["not"] !== undefined) {
    const inner = convertCondition(given["not"], `${pointer}/not`, context, !negated);
    // Never true: said with what is there in every record.
    return inner === "true" ? { fact: "customerId", operator: "isMissing" } : inner === "refused" ? inner : { not: inner };
  }
  if (typeof given["condition"] === "string") return context.conditions.includes(given["condition"]) ? { condition: nameOf(given["condition"]) } : refuse("CONDITION_UNKNOWN", `${pointer}/condition`, context);
  return convertLeaf(given, pointer, context, negated);
}

function nameOf(condition: string): string {
  return condition.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60);
}

function refuse(code: DifferenceCode, pointer: string, { note }: ConvertContext): "refused" {
  note(code, pointer);
  return "refused";
}

function convertGroup(key: "all" | "any", items: readonly unknown[], pointer: string, context: ConvertContext, negated: boolean): Converted {
  const converted = items.map((item, i) => convertCondition(item, `${pointer}/${i}`, context, negated));
  if (converted.includes("refused")) return "refused";
  if (items.length === 0) context.note("EMPTY_GROUP", pointer);
  const left = converted.filter((item) => item !== "true");
  if (left.length === 0 || (key === "any" && left.length < converted.length)) return "true";
  return { [key]: left };
}

function convertLeaf(leaf: Json, pointer: string, context: ConvertContext, negated: boolean): Converted {
  const { fact, operator, value } = leaf;
  if (typeof fact !== "string" || typeof operator !== "string" || !("value" in leaf)) return refuse("NOT_A_RULE", pointer, context);
  if (isObject(leaf["params"]) && Object.keys(leaf["params"]).length > 0) return refuse("PARAMS_REFUSED", `${pointer}/params`, context);
  const name = dotted(fact, leaf["path"]);
  if (name === undefined) return refuse("PATH_REFUSED", `${pointer}/path`, context);
  const parsed = parseOperator(operator, context.operators);
  if (!parsed) return refuse("OPERATOR_UNKNOWN", `${pointer}/operator`, context);
  if (value === null && (operator === "equal" || operator === "notEqual")) {
    context.note("NULL_VALUE", `${pointer}/value`);
    context.used.use(name, undefined);
    return { fact: name, operator: operator === "equal" ? "isMissing" : "isPresent" };
  }
  const base = typeof parsed.operator === "string" ? parsed.operator : "";
  const over = parsed.decorators;
  if (over.length === 0 && (base === "in" || base === "notIn") && typeof value === "string") return refuse("IN_SUBSTRING", `${pointer}/value`, context);
  const right = convertValue(value, pointer, context);
  if (right === "refused") return right;
  const type = usedType(base, over, value);
  if (ordering.includes(base) && (type === "text" || type === "texts")) return refuse("TEXT_ORDER", `${pointer}/value`, context);
  if (!context.used.use(name, type)) return refuse("TYPES_CLASH", pointer, context);
  if (right.name !== undefined && !context.used.use(right.name, listOf(base, over) ? undefined : (context.used.typeOf(name) ?? type))) return refuse("TYPES_CLASH", `${pointer}/value`, context);
  if (holdsWhereMissing.includes(base) || over.includes("not") || negated) context.note("MISSING_IS_UNKNOWN", pointer);
  if (ordering.includes(base)) context.note(type === "date" ? "DATE_ORDER" : "TEXT_NUMBERS", pointer);
  return { fact: name, operator, value: right.json };
}

/** A fact with its path as dotted name; `undefined` where the path is more than members. */
function dotted(fact: string, path: unknown): string | undefined {
  if (!/^[A-Za-z_][\w.-]*$/.test(fact)) return undefined;
  if (path === undefined) return fact;
  if (typeof path !== "string") return undefined;
  const steps = parsePath(path);
  if (typeof steps === "string" || steps.some((step) => typeof step === "number")) return undefined;
  return [fact, ...steps].join(".");
}

function convertValue(value: unknown, pointer: string, context: ConvertContext): { readonly json: unknown; readonly name?: string } | "refused" {
  if (isObject(value)) {
    if (typeof value["fact"] !== "string" || (isObject(value["params"]) && Object.keys(value["params"]).length > 0)) return refuse("PARAMS_REFUSED", `${pointer}/value`, context);
    const name = dotted(value["fact"], value["path"]);
    return name === undefined ? refuse("PATH_REFUSED", `${pointer}/value/path`, context) : { json: { fact: name }, name };
  }
  const plain = (one: unknown): boolean => typeof one === "string" || (typeof one === "number" && Number.isFinite(one));
  const fits = plain(value) || typeof value === "boolean" || (Array.isArray(value) && value.every(plain));
  return fits ? { json: value } : refuse("VALUE_REFUSED", `${pointer}/value`, context);
}

function listOf(base: string, over: readonly string[]): boolean {
  return base === "in" || base === "notIn" || base === "contains" || base === "doesNotContain" || over.some((one) => one.endsWith("Fact") || one.endsWith("Value"));
}

/** Type of the fact, as operator and value show it. */
function usedType(base: string, over: readonly string[], value: unknown): UsedType | undefined {
  const element: unknown = Array.isArray(value) ? value[0] : value;
  const single: UsedType | undefined = typeof element === "number" ? "number" : typeof element === "boolean" ? "boolean" : typeof element !== "string" ? undefined : isDate.test(element) ? "date" : "text";
  const isList = base === "contains" || base === "doesNotContain" || over.some((one) => one.endsWith("Fact"));
  if (!isList) return single ?? (ordering.includes(base) && over.length === 0 ? "number" : undefined);
  return single === "number" ? "numbers" : single === undefined ? undefined : "texts";
}
