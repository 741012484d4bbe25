import type { Lang } from "../diagnostics/diagnostic.js";
import { escapeText, type Escape } from "./escape-text.js";
import { formatDate, formatMoney, formatNumber, formatPercent } from "./format-value.js";
import type { TemplateFormat, TemplateNode, TemplateRead } from "./template-node.js";

/** Where a template's values come from. What is neither text, number, boolean nor a list counts as absent. */
export interface TemplateValues {
  /** The value of a dotted name; dates as ISO text, items as plain objects. */
  get(name: string): string | number | boolean | readonly unknown[] | null | undefined;
}

/** What filling a template gave. */
export interface Filled {
  readonly text: string;
  /** Names that were absent where output was asked for, sorted. */
  readonly missing: readonly string[];
  /** The text would have been longer than 20,000 characters and was cut. */
  readonly tooLarge: boolean;
  /** Text of each slot in order of first use; `""` where its branch was not taken. */
  readonly slots: Readonly<Record<string, string>>;
}

/** How to fill. */
export interface FillOptions {
  readonly locale: Lang;
  readonly escape: Escape;
}

/** Most characters that a filled template may have. */
export const maxOutput = 20_000;
// Loops may run without putting anything out; this bounds their work.
const maxSteps = 200_000;

interface Run {
  readonly values: TemplateValues;
  readonly options: FillOptions;
  readonly items: unknown[];
  readonly missing: Set<string>;
  readonly slots: readonly string[];
  readonly slotTexts: string[];
  readonly out: string[];
  length: number;
  steps: number;
  tooLarge: boolean;
}

/** Walks a checked template over values. Values are data: never parsed, called or asked for methods. */
export function fillTemplate(nodes: readonly TemplateNode[], slots: readonly string[], values: TemplateValues, options: FillOptions): Filled {
  const run: Run = { values, options, items: [], missing: new Set(), slots, slotTexts: slots.map(() => ""), out: [], length: 0, steps: 0, tooLarge: false };
  walk(nodes, run);
  const joined = run.out.join("");
  const text = options.escape === "html" ? joined : escapeText(joined, options.escape);
  return {
    text: options.escape === "line" ? text.trim() : text,
    missing: [...run.missing].sort(),
    tooLarge: run.tooLarge,
    slots: Object.fromEntries(slots.map((name, i) => [name, run.slotTexts[i] ?? ""])),
  };
}

function walk(nodes: readonly TemplateNode[], run: Run): void {
  for (const node of nodes) {
    if (run.tooLarge) return;
    if (++run.steps > maxSteps) {
      run.tooLarge = true;
      return;
    }
    switch (node.kind) {
      case "text":
        write(node.text, run);
        break;
      case "output":
        writeValue(node, run);
        break;
      case "if":
        walk(isTrue(readValue(node.read, run)) !== node.negate ? node.then : node.otherwise, run);
        break;
      case "each":
        walkEach(node, run);
        break;
    }
  }
}

function walkEach(node: Extract<TemplateNode, { kind: "each" }>, run: Run): void {
  const list = readValue(node.read, run);
  if (!Array.isArray(list) || list.length === 0) {
    if ((list === undefined || list === null) && !node.hasElse) run.missing.add(node.read.name);
    walk(node.otherwise, run);
    return;
  }
  for (let i = 0; i < list.length && !run.tooLarge; i++) {
    if (++run.steps > maxSteps) run.tooLarge = true;
    run.items[node.level] = list[i];
    walk(node.body, run);
  }
  run.items.length = node.level;
}

function writeValue(node: Extract<TemplateNode, { kind: "output" }>, run: Run): void {
  const text = formatValue(readValue(node.read, run), node.format, run.options.locale);
  if (text === undefined) {
    run.missing.add(node.read.name);
    return;
  }
  const safe = escapeText(text.slice(0, maxOutput + 1), run.options.escape);
  if (node.slot >= 0) run.slotTexts[node.slot] = safe;
  write(safe, run);
}

function write(text: string, run: Run): void {
  const room = maxOutput - run.length;
  if (text.length > room) {
    run.tooLarge = true;
    // Never half of a character, and never half of an entity.
    const cut = text.slice(0, room).replace(/[\uD800-\uDBFF]$/, "");
    run.out.push(run.options.escape === "html" ? cut.replace(/&[^;]{0,6}$/, "") : cut);
    run.length = maxOutput;
    return;
  }
  run.out.push(text);
  run.length += text.length;
}

function readValue(read: TemplateRead, run: Run): unknown {
  if (read.level < 0) return run.values.get(read.name);
  let value: unknown = run.items[read.level];
  for (const member of read.path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, member)?.value;
  }
  return value;
}

/** As Handlebars: false, 0, empty text, an empty list and what is absent are false. */
function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "function" && typeof value !== "symbol" && Boolean(value);
}

function formatValue(value: unknown, format: TemplateFormat, locale: Lang): string | undefined {
  switch (format.helper) {
    case "money":
      return typeof value === "number" ? formatMoney(value, format.decimals ?? 2) : undefined;
    case "number":
      return typeof value === "number" ? formatNumber(value, format.decimals) : undefined;
    case "percent":
      return typeof value === "number" ? formatPercent(value, format.decimals) : undefined;
    case "date":
      return typeof value === "string" ? formatDate(value, locale) : undefined;
    case "plain":
      return plainText(value, locale);
  }
}

function plainText(value: unknown, locale: Lang): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : undefined;
  if (!Array.isArray(value)) return undefined;
  const parts: string[] = [];
  let length = 0;
  for (let i = 0; i < value.length && length <= maxOutput; i++) {
    const part = Array.isArray(value[i]) ? undefined : plainText(value[i], locale);
    if (part === undefined) continue;
    parts.push(part);
    length += part.length + 1;
  }
  return parts.length === 0 && value.length > 0 ? undefined : parts.join(locale === "zh-CN" ? "、" : ", ");
}
