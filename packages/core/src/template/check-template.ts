import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { DiagnosticParams } from "../diagnostics/describe.js";
import type { Sensitivity } from "../channel/channel.js";
import { sha256Hex } from "../json/hash.js";
import { checkLinks } from "./check-links.js";
import { compileTemplate } from "./compile-template.js";
import { fillTemplate, type Filled, type FillOptions, type TemplateValues } from "./fill-template.js";
import { parseHandlebars } from "./parse-handlebars.js";
import type { TemplateContext } from "./template-context.js";
import type { TemplateNode } from "./template-node.js";

export type { Filled, FillOptions, TemplateValues } from "./fill-template.js";
export type { TemplateContext, TemplateField } from "./template-context.js";

/** A checked template, ready to be filled. Immutable. */
export interface Template {
  readonly source: string;
  /** SHA-256 of the source. */
  readonly version: string;
  /** Dotted names of all fields read, sorted; a field of a ranged-over item as `holdings.balance`. */
  readonly reads: readonly string[];
  /** The same with the sensitivity of each. */
  readonly fields: readonly { readonly name: string; readonly sensitivity: Sensitivity }[];
  /** Outputs outside `#each` in order of first use; a field printed in a second form is `name#2`. */
  readonly slots: readonly { readonly name: string; readonly field: string }[];
  /**
   * Most characters that the text can have as `plain` or `line`, counted as the model's `maxLength` counts; `null` where
   * nothing bounds it (a text without `maxLength`, a loop).
   */
  readonly maxCharacters: number | null;
  fill(values: TemplateValues, options: FillOptions): Filled;
}

const defaultMaxLength = 20_000;
// Counted without understanding the source, so that nothing can hide from it; the tree is checked exactly afterwards.
const maxBlockTags = 400;
const maxParentheses = 500;
const blockTag = /\{\{~?\s*(?:[#^]|else\b)/g;

/**
 * Checks a template and makes it fillable; `undefined` where anything is wrong, which is then in the context's findings.
 *
 * A template holds text, `{{field}}`, `{{money field}}`, `{{number field 1}}`, `{{percent field}}`, `{{date field}}`,
 * `{{#if field}}…{{else}}…{{/if}}`, `{{#unless field}}`, `{{#each list as |x|}}…{{x.field}}…{{/each}}`, at most 4 deep.
 *
 * Findings: TEMPLATE_NOT_STRING, TEMPLATE_SYNTAX, UNESCAPED_OUTPUT, FIELD_UNKNOWN, TYPE_MISMATCH, PARTIAL_FORBIDDEN,
 * DATA_FORBIDDEN, RESERVED_NAME, URL_SCHEME, MESSAGE_EMPTY, OUTPUT_TOO_LARGE.
 */
export function checkTemplate(source: unknown, context: TemplateContext): Template | undefined {
  let failed = false;
  const report = (code: DiagnosticCode, params: DiagnosticParams = {}): undefined => {
    failed = true;
    context.findings.add(code, context.place, params);
    return undefined;
  };
  if (typeof source !== "string") return report("TEMPLATE_NOT_STRING");
  const limit = context.maxLength ?? defaultMaxLength;
  if (source.length > limit) return report("OUTPUT_TOO_LARGE", { found: source.length, limit });
  if (isBlank(source)) return report("MESSAGE_EMPTY");
  if ((source.match(blockTag)?.length ?? 0) > maxBlockTags) return report("OUTPUT_TOO_LARGE", { limit: maxBlockTags, name: "{{#…}}" });
  if (source.split("(").length - 1 > maxParentheses) return report("OUTPUT_TOO_LARGE", { limit: maxParentheses, name: "(" });
  // A raw block looks like any other in the tree.
  const raw = source.indexOf("{{{{");
  if (raw >= 0) return report("TEMPLATE_SYNTAX", { line: source.slice(0, raw).split("\n").length, detail: "{{{{" });
  const parsed = parseHandlebars(source, context.findings.lang);
  if ("error" in parsed) return report("TEMPLATE_SYNTAX", { line: parsed.error.line, detail: parsed.error.detail });

  const { failed: found, nodes, fields, slots } = compileTemplate(parsed.program, context);
  if (found) failed = true;
  for (const problem of checkLinks(nodes, context.escape)) report(problem.code, { name: problem.name });
  if (!failed && !putsOut(nodes)) report("MESSAGE_EMPTY");
  if (failed) return undefined;

  const reads = [...fields.keys()].sort();
  const slotNames = slots.map((slot) => slot.name);
  return Object.freeze({
    source,
    version: sha256Hex(source),
    reads,
    fields: reads.map((name) => ({ name, sensitivity: fields.get(name) ?? "restricted" })),
    slots,
    maxCharacters: mostCharacters(nodes),
    fill: (values: TemplateValues, options: FillOptions) => fillTemplate(nodes, slotNames, values, options),
  });
}

function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}\u3164\u115F\u1160\u2800]/u.test(text);
}

/** Whether some way through the template puts out more than white space. */
function putsOut(nodes: readonly TemplateNode[]): boolean {
  return nodes.some((node) => {
    if (node.kind === "text") return !isBlank(node.text);
    if (node.kind === "output") return true;
    return putsOut(node.kind === "if" ? node.then : node.body) || putsOut(node.otherwise);
  });
}

function mostCharacters(nodes: readonly TemplateNode[]): number | null {
  let sum = 0;
  for (const node of nodes) {
    const most = mostOf(node);
    if (most === null) return null;
    sum += most;
  }
  return sum;
}

function mostOf(node: TemplateNode): number | null {
  if (node.kind === "text") return node.text.length;
  if (node.kind === "output") return node.maxLength;
  const otherwise = mostCharacters(node.otherwise);
  const body = mostCharacters(node.kind === "if" ? node.then : node.body);
  if (node.kind === "each" && body !== 0) return null;
  return otherwise === null || body === null ? null : Math.max(otherwise, body);
}
