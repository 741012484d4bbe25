import type { Diagnostic, Lang } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/findings.js";
import { layoutJson } from "../json/layout-json.js";
import { parseJson } from "../json/parse-json.js";
import { orderKeys, type KeyOrder } from "./key-order.js";
import { rewriteCondition, type ConditionForm } from "./rewrite-condition.js";
import { isObject } from "./spot.js";

/** How `formatPackFile` writes. */
export interface FormatPackOptions {
  readonly form: ConditionForm;
  /** Name of the file in diagnostics. */
  readonly file?: string;
  readonly lang?: Lang;
}

/** Lines stay shorter than this, in terminal columns, where breaking can make them so. */
const columns = 100;

/**
 * Writes a file of a pack in one steady form: conditions short or long (json-rules-engine's), keys of rules, facts,
 * actions and test cases in one order, two spaces, small lists and objects on one line. What it means stays the same,
 * and formatting twice changes nothing. What is no condition where one belongs is left as it is, for `check` to report.
 *
 * @returns the text, ending with a line break; or what is wrong with the JSON (JSON_SYNTAX, DUPLICATE_KEY, …), or
 * TOO_DEEP and FILE_TOO_LARGE where the long form would no longer be a file of a pack
 * @example
 * ```ts
 * formatPackFile('{"rules":[{"when":{"all":[{"fact":"age","operator":"greaterThan","value":60}]},"id":"senior"}]}', { form: "short" });
 * // { text: '{\n  "rules": [\n    {\n      "id": "senior",\n      "when": [["age", ">", 60]]\n    }\n  ]\n}\n' }
 * ```
 */
export function formatPackFile(text: string, options: FormatPackOptions): { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] } {
  const { form, file = "pack.json" } = options;
  const findings = new Findings(options.lang ?? "en");
  const document = parseJson(file, text, findings);
  if (!document || findings.hasErrors) return { diagnostics: findings.sorted() };
  const formatted = `${layoutJson(formatFile(document.value, form), { columns, open: isOpen })}\n`;
  // The long form is deeper and larger; a file that could not be read again must not replace one that can.
  parseJson(file, formatted, findings);
  return findings.hasErrors ? { diagnostics: findings.sorted() } : { text: formatted };
}

/** The file itself, its sections, and each rule and test case: they take several lines however short they are. */
function isOpen(pointer: string): boolean {
  return /^(\/[^/]+)?$/.test(pointer) || /^\/(rules|tests)\/\d+$/.test(pointer);
}

function formatFile(json: unknown, form: ConditionForm): unknown {
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(orderKeys(json, "file")).map(([section, value]) => [section, formatSection(section, value, form)]));
}

function formatSection(section: string, json: unknown, form: ConditionForm): unknown {
  const each = (format: (item: Readonly<Record<string, unknown>>) => unknown): unknown => (Array.isArray(json) ? json.map((item: unknown) => (isObject(item) ? format(item) : item)) : json);
  switch (section) {
    case "conditions":
      return isObject(json) ? Object.fromEntries(Object.entries(json).map(([name, condition]) => [name, rewriteCondition(condition, form)])) : json;
    case "rules":
      return each((rule) => formatPart(orderKeys(rule, "rule"), form));
    case "facts":
      return each((fact) => formatPart(orderKeys(fact, "fact"), form));
    case "policy":
      return formatPart(json, form);
    case "templates":
      return each((template) => orderKeys(template, "template"));
    case "tests":
      return each((test) => orderKeys(test, "test"));
    case "parameters":
      return isObject(json) ? Object.fromEntries(Object.entries(json).map(([name, one]) => [name, isObject(one) ? orderKeys(one, "parameter") : one])) : json;
    default:
      return json;
  }
}

/** Keys under which rules, facts and policies hold conditions, whatever their kind. */
const conditionKeys = new Set(["when", "where", "unless"]);
const actionLists: Readonly<Record<string, KeyOrder>> = { then: "action", steps: "action" };

function formatPart(json: unknown, form: ConditionForm): unknown {
  if (Array.isArray(json)) return json.map((item) => formatPart(item, form));
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, conditionKeys.has(key) ? rewriteCondition(value, form) : formatPart(ordered(key, value), form)]));
}

function ordered(key: string, value: unknown): unknown {
  const order = Object.hasOwn(actionLists, key) ? actionLists[key] : undefined;
  return order && Array.isArray(value) ? value.map((item: unknown) => (isObject(item) ? orderKeys(item, order) : item)) : value;
}
