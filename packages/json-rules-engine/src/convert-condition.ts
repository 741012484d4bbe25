import { isObject, parseOperator, parsePath } from "@evertend/core";
import type { DifferenceCode } from "./difference.js";
import { elementOf, listOf, type UsedFacts, type UsedType } from "./infer-model.js";
import { listSides } from "./list-sides.js";

/** A condition of a pack; one that is always true; or one that cannot be taken over. */
export type Converted = Readonly<Record<string, unknown>> | "true" | "refused";

/** What converting needs to know and to tell. */
export interface ConvertContext {
  readonly used: UsedFacts;
  /** Ids of the named conditions that could be taken over, by their names there. */
  readonly conditions: ReadonlyMap<string, string>;
  readonly operators: ReadonlyMap<string, unknown>;
  readonly note: (code: DifferenceCode, pointer: string) => void;
}

type Json = Readonly<Record<string, unknown>>;

const ordering = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"];
const holdsWhereMissing = ["notEqual", "notIn"];
const theirOperators = ["equal", "notEqual", "in", "notIn", "contains", "doesNotContain", ...ordering];
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
  if (typeof given["condition"] === "string") {
    const id = context.conditions.get(given["condition"]);
    return id === undefined ? refuse("CONDITION_UNKNOWN", `${pointer}/condition`, context) : { condition: id };
  }
  return convertLeaf(given, pointer, context, negated);
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
  const lists = listSides(base, over);
  if (lists.value && typeof value === "string" && (base === "in" || base === "notIn")) return refuse("IN_SUBSTRING", `${pointer}/value`, context);
  const right = convertValue(value, pointer, context);
  if (right === "refused") return right;
  // Of an operator of the host only the host knows what it compares.
  if (base !== "" && right.name === undefined && Array.isArray(value) !== lists.value) return refuse("VALUE_REFUSED", `${pointer}/value`, context);
  const single = singleType(value) ?? (right.name === undefined ? undefined : (elementOf(context.used.typeOf(right.name)) ?? elementOf(context.used.typeOf(name)))) ?? (ordering.includes(base) ? "number" : undefined);
  if (ordering.includes(base) && single === "text") return refuse("TEXT_ORDER", `${pointer}/value`, context);
  if (!context.used.use(name, lists.fact ? listOf(single) : single)) return refuse("TYPES_CLASH", pointer, context);
  if (right.name !== undefined && !context.used.use(right.name, lists.value ? listOf(single) : single)) return refuse("TYPES_CLASH", `${pointer}/value`, context);
  if (base !== "" && !theirOperators.includes(base)) context.note("OPERATOR_OWN", `${pointer}/operator`);
  if (fact.includes(".")) context.note("DOTTED_NAME", `${pointer}/fact`);
  if (isObject(value) && String(value["fact"]).includes(".")) context.note("DOTTED_NAME", `${pointer}/value/fact`);
  if (holdsWhereMissing.includes(base) || over.includes("not") || negated) context.note("MISSING_IS_UNKNOWN", pointer);
  if (ordering.includes(base)) context.note(single === "date" ? "DATE_ORDER" : "TEXT_NUMBERS", pointer);
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
  const fits = plain(value) || typeof value === "boolean" || (Array.isArray(value) && value.every((one) => plain(one) && typeof one === typeof value[0]));
  return fits ? { json: value } : refuse("VALUE_REFUSED", `${pointer}/value`, context);
}

/** Type of one element, as a literal shows it. */
function singleType(value: unknown): UsedType | undefined {
  const element: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof element === "number") return "number";
  if (typeof element === "boolean") return "boolean";
  return typeof element !== "string" ? undefined : isDate.test(element) ? "date" : "text";
}
