import { signs } from "./operators.js";
import { isObject } from "./spot.js";

/** `short`: `["age", ">=", 60]` and lists that mean all; `long`: json-rules-engine's own form. */
export type ConditionForm = "short" | "long";

const signOf = new Map<string, string>(Object.entries(signs).map(([sign, name]) => [name, sign]));

/**
 * Writes one condition, or a list of them, in the other form. It parses to the same condition in both. A leaf with
 * `path` or `name` has no short form and stays long. Whatever is no valid condition stays as it is, for `check` to say.
 */
export function rewriteCondition(json: unknown, form: ConditionForm): unknown {
  return rewrite(json, form, true);
}

/** @param outermost the value of `when` or `where`, where the short form of `all` is a bare list */
function rewrite(json: unknown, form: ConditionForm, outermost: boolean): unknown {
  if (Array.isArray(json)) return rewriteList(json, form, outermost);
  if (!isObject(json)) return json;
  if (isLeaf(json)) return rewriteLeaf(json, form);
  if (hasOnly(json, ["all"], ["name"]) && Array.isArray(json["all"])) {
    const items = json["all"].map((item) => rewrite(item, form, false));
    return form === "short" && outermost && json["name"] === undefined && isGroup(items) ? items : { ...json, all: items };
  }
  if (hasOnly(json, ["any"], ["name"]) && Array.isArray(json["any"])) return { ...json, any: json["any"].map((item) => rewrite(item, form, false)) };
  if (hasOnly(json, ["not"], ["name"])) return { ...json, not: rewrite(json["not"], form, false) };
  const head = ["some", "every", "none", "count"].find((name) => Object.hasOwn(json, name));
  return head === undefined ? json : rewriteItems(json, head, form);
}

function rewriteList(json: readonly unknown[], form: ConditionForm, outermost: boolean): unknown {
  const [fact, operator] = json;
  if (typeof fact === "string" || typeof operator === "string") {
    if (typeof fact !== "string" || typeof operator !== "string" || json.length > 3) return json;
    return rewriteLeaf({ fact, operator, ...(json.length > 2 ? { value: json[2] } : {}) }, form);
  }
  if (json.length === 0) return json;
  const items = json.map((item) => rewrite(item, form, false));
  return form === "short" && outermost ? items : { all: items };
}

/** Whether a bare list of these would be read as a group, and not as a short leaf. */
function isGroup(items: readonly unknown[]): boolean {
  return items.length > 0 && typeof items[0] !== "string" && typeof items[1] !== "string";
}

function rewriteItems(json: Readonly<Record<string, unknown>>, head: string, form: ConditionForm): unknown {
  const { [head]: over, where, operator, value, ...rest } = json;
  return {
    [head]: over,
    ...(where === undefined ? {} : { where: rewrite(where, form, true) }),
    ...(operator === undefined ? {} : { operator: writeOperator(operator, form) }),
    ...(value === undefined ? {} : { value }),
    ...rest,
  };
}

function isLeaf(json: Readonly<Record<string, unknown>>): boolean {
  return hasOnly(json, ["fact", "operator"], ["path", "value", "name"]) && typeof json["fact"] === "string" && typeof json["operator"] === "string";
}

function rewriteLeaf(json: Readonly<Record<string, unknown>>, form: ConditionForm): unknown {
  const { fact, path, operator, value, name } = json;
  const written = writeOperator(operator, form === "short" && path === undefined && name === undefined ? "short" : "long");
  const withoutValue = value === undefined || (value === true && isPresence(operator));
  if (form === "short" && path === undefined && name === undefined) return withoutValue ? [fact, written] : [fact, written, value];
  return {
    fact,
    ...(path === undefined ? {} : { path }),
    operator: written,
    ...(withoutValue ? {} : { value }),
    ...(name === undefined ? {} : { name }),
  };
}

/** `isPresent` and `isMissing` take no value; json-rules-engine's form may write `true`. */
function isPresence(operator: unknown): boolean {
  return typeof operator === "string" && /(^|:)(isPresent|isMissing)$/.test(operator);
}

/** Signs in the short form, names in the long one; decorators stay. */
function writeOperator(operator: unknown, form: ConditionForm): unknown {
  if (typeof operator !== "string") return operator;
  const at = operator.lastIndexOf(":") + 1;
  const base = operator.slice(at);
  const other = form === "short" ? signOf.get(base) : Object.hasOwn(signs, base) ? signs[base] : undefined;
  return other === undefined ? operator : operator.slice(0, at) + other;
}

function hasOnly(json: Readonly<Record<string, unknown>>, needed: readonly string[], allowed: readonly string[]): boolean {
  return needed.every((key) => Object.hasOwn(json, key)) && Object.keys(json).every((key) => needed.includes(key) || allowed.includes(key));
}
