import { closest } from "../diagnostics/did-you-mean.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { DiagnosticParams } from "../diagnostics/describe.js";
import type { Sensitivity } from "../channel/channel.js";
import { longestNumber, maxDecimals } from "./format-value.js";
import type { HandlebarsBlock, HandlebarsExpression, HandlebarsMustache, HandlebarsPath, HandlebarsProgram, HandlebarsStatement } from "./handlebars-ast.js";
import type { TemplateContext, TemplateField } from "./template-context.js";
import type { TemplateFormat, TemplateNode, TemplateRead } from "./template-node.js";

/** Deepest nesting of blocks. */
export const maxBlocks = 4;

/** What the walk over the syntax tree found. */
export interface CompiledTemplate {
  /** Whether anything was found wrong; then the nodes must not be used. */
  readonly failed: boolean;
  readonly nodes: readonly TemplateNode[];
  /** Fields read, by name. */
  readonly fields: ReadonlyMap<string, Sensitivity>;
  /** Outputs outside `#each`, in order of first use: the name of the slot and its field. */
  readonly slots: readonly { readonly name: string; readonly field: string }[];
}

const helpers: ReadonlySet<string> = new Set(["money", "number", "percent", "date"]);
const forbidden: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), "prototype"]);

/** A block parameter in scope: `x` of `{{#each items as |x|}}`. */
interface Variable {
  readonly name: string;
  readonly collection: string;
  readonly field: TemplateField;
}

interface Resolved {
  readonly read: TemplateRead;
  readonly field: TemplateField;
}

/**
 * Checks the syntax tree of a template against the fields it may read and turns it into nodes. Names always mean the
 * record unless they begin with a block parameter: inside `#each` the item does not shadow the record, as it would in
 * Handlebars. Everything found wrong is added to the context's findings.
 */
export function compileTemplate(program: HandlebarsProgram, context: TemplateContext): CompiledTemplate {
  const compiler = new Compiler(context);
  const nodes = compiler.program(program, 0);
  return { failed: compiler.failed, nodes, fields: compiler.fields, slots: compiler.slots };
}

class Compiler {
  failed = false;
  readonly fields = new Map<string, Sensitivity>();
  readonly slots: { name: string; field: string }[] = [];
  readonly #slotIndex = new Map<string, number>();
  readonly #variables: Variable[] = [];
  readonly #context: TemplateContext;

  constructor(context: TemplateContext) {
    this.#context = context;
  }

  program(program: HandlebarsProgram | undefined, depth: number): TemplateNode[] {
    return (program?.body ?? []).flatMap((statement) => this.#statement(statement, depth) ?? []);
  }

  #statement(statement: HandlebarsStatement, depth: number): TemplateNode | undefined {
    switch (statement.type) {
      case "ContentStatement":
        return statement.value === "" ? undefined : { kind: "text", text: statement.value };
      case "CommentStatement":
        return undefined;
      case "MustacheStatement":
        return this.#mustache(statement);
      case "BlockStatement":
        return this.#block(statement, depth);
      case "PartialStatement":
      case "PartialBlockStatement":
        return this.#report("PARTIAL_FORBIDDEN", statement, { name: written(statement.name) });
      case "Decorator":
      case "DecoratorBlock":
        return this.#report("PARTIAL_FORBIDDEN", statement, { name: written(statement.path) });
    }
  }

  #mustache(node: HandlebarsMustache): TemplateNode | undefined {
    const [first, ...literals] = node.params;
    if (!node.escaped) this.#report("UNESCAPED_OUTPUT", node, { name: written(first ?? node.path) });
    if (node.hash !== undefined) this.#report("TEMPLATE_SYNTAX", node, { detail: this.#text("花括号内不能有 名称=值", "there are no name=value arguments") });
    if (first === undefined) {
      const resolved = this.#read(node.path);
      return resolved && this.#output(resolved, { helper: "plain" }, node);
    }
    const helper = node.path.type === "PathExpression" && !node.path.data && node.path.depth === 0 ? node.path.original : "";
    const resolved = this.#read(first);
    if (!helpers.has(helper)) {
      // Data access hidden in the helper's place is worse than a wrong name.
      if (node.path.type === "PathExpression" && this.#isForbidden(node.path)) this.#report("DATA_FORBIDDEN", node, { name: written(node.path) });
      else this.#report("TEMPLATE_SYNTAX", node, { detail: this.#text(`没有名为“${written(node.path)}”的助手`, `there is no helper "${written(node.path)}"`) });
      return undefined;
    }
    const format = this.#format(helper as TemplateFormat["helper"], literals, resolved?.field, node);
    return resolved && format && this.#output(resolved, format, node);
  }

  #format(helper: TemplateFormat["helper"], literals: readonly HandlebarsExpression[], field: TemplateField | undefined, node: HandlebarsMustache): TemplateFormat | undefined {
    const [literal] = literals;
    if (literal === undefined) return helper === "money" ? { helper, decimals: Math.min(field?.scale ?? 2, maxDecimals) } : { helper };
    if (literals.length > 1 || helper === "date" || literal.type !== "NumberLiteral" || !Number.isInteger(literal.value) || literal.value < 0 || literal.value > maxDecimals) {
      return this.#report("TEMPLATE_SYNTAX", node, {
        detail: this.#text(`“${helper}”之后写一个字段${helper === "date" ? "" : `和 0 至 ${maxDecimals} 的小数位数`}`, `"${helper}" takes a field${helper === "date" ? "" : ` and decimals from 0 to ${maxDecimals}`}`),
      });
    }
    return { helper, decimals: literal.value };
  }

  #output({ read, field }: Resolved, format: TemplateFormat, node: HandlebarsMustache): TemplateNode | undefined {
    const expected = format.helper === "plain" ? undefined : format.helper === "date" ? "date" : "number";
    if (field.type === "items" || (expected !== undefined && field.type !== expected)) {
      return this.#report("TYPE_MISMATCH", node, { name: read.name, found: field.type, expected: expected ?? "text, number, boolean, date, list" });
    }
    return { kind: "output", read, format, slot: this.#slot(read, format), maxLength: maxLength(field, format) };
  }

  /** The same field in the same form is one slot; inside a loop there is none, since nobody knows how many. */
  #slot(read: TemplateRead, format: TemplateFormat): number {
    if (this.#variables.length > 0) return -1;
    const form = `${read.name} ${format.helper} ${format.decimals ?? ""}`;
    let index = this.#slotIndex.get(form);
    if (index === undefined) {
      index = this.slots.length;
      this.#slotIndex.set(form, index);
      const before = this.slots.filter((slot) => slot.field === read.name).length;
      this.slots.push({ name: before === 0 ? read.name : `${read.name}#${before + 1}`, field: read.name });
    }
    return index;
  }

  #block(node: HandlebarsBlock, depth: number): TemplateNode | undefined {
    if (depth >= maxBlocks) return this.#report("OUTPUT_TOO_LARGE", node, { limit: maxBlocks });
    const name = written(node.path);
    const [subject, extra] = node.params;
    if (node.path.type === "PathExpression" && this.#isForbidden(node.path)) return this.#report("DATA_FORBIDDEN", node, { name });
    if (name !== "if" && name !== "unless" && name !== "each") {
      return this.#report("TEMPLATE_SYNTAX", node, { detail: this.#text(`没有名为“{{#${name}}}”的块`, `there is no block "{{#${name}}}"`) });
    }
    const parameters = node.program?.blockParams ?? node.inverse?.blockParams ?? [];
    const shape = name === "each" ? this.#text("{{#each 列表 as |x|}}", "{{#each list as |x|}}") : this.#text(`{{#${name} 字段}}`, `{{#${name} field}}`);
    const badShape = subject === undefined || extra !== undefined || node.hash !== undefined || parameters.length !== (name === "each" ? 1 : 0);
    if (badShape) this.#report("TEMPLATE_SYNTAX", node, { detail: this.#text(`应写成 ${shape}`, `it is written ${shape}`) });
    const resolved = subject && this.#read(subject);
    if (name !== "each") {
      const then = this.program(node.program, depth + 1);
      const otherwise = this.#inverse(node, depth);
      return resolved && { kind: "if", read: resolved.read, negate: name === "unless", then, otherwise };
    }
    const parameter = parameters[0] ?? "";
    if (parameter !== "" && (forbidden.has(parameter) || helpers.has(parameter))) this.#report("RESERVED_NAME", node, { name: parameter });
    if (resolved && resolved.field.type !== "list" && resolved.field.type !== "items") {
      return this.#report("TYPE_MISMATCH", node, { name: resolved.read.name, found: resolved.field.type, expected: "list" });
    }
    const level = this.#variables.length;
    // Where the list itself is wrong, its item would only give more of the same findings.
    if (resolved === undefined || badShape) return undefined;
    this.#variables.push({ name: parameter, collection: resolved.read.name, field: elementOf(resolved.field) });
    const body = this.program(node.program, depth + 1);
    this.#variables.pop();
    return { kind: "each", read: resolved.read, level, body, otherwise: this.#inverse(node, depth), hasElse: node.inverse !== undefined };
  }

  /** `{{else if}}` is a block inside the inverse; a chain of them is no deeper than its first. */
  #inverse(node: HandlebarsBlock, depth: number): TemplateNode[] {
    return this.program(node.inverse, node.inverse?.chained === true ? depth : depth + 1);
  }

  #read(expression: HandlebarsExpression): Resolved | undefined {
    if (expression.type !== "PathExpression") {
      return this.#report("TEMPLATE_SYNTAX", expression, { detail: this.#text("此处应写字段名", "a field is expected here") });
    }
    const name = expression.parts.join(".");
    if (this.#isForbidden(expression)) return this.#report("DATA_FORBIDDEN", expression, { name: expression.original });
    const [head = "", ...rest] = expression.parts;
    const level = this.#variables.findLastIndex((variable) => variable.name === head);
    const variable = this.#variables[level];
    const plain = expression.original === name && !expression.parts.some((part) => part.includes("."));
    const field = !plain ? undefined : variable === undefined ? this.#context.resolve(name) : rest.length === 0 ? variable.field : variable.field.itemFields?.(rest.join("."));
    if (field === undefined) {
      const suggestion = this.#suggest(name, variable, rest);
      return this.#report("FIELD_UNKNOWN", expression, { name: expression.original, ...(suggestion === undefined ? {} : { suggestion }) });
    }
    const canonical = variable === undefined ? name : [variable.collection, ...rest].join(".");
    this.fields.set(canonical, field.sensitivity);
    return { field, read: { name: canonical, level, path: variable === undefined ? [] : rest } };
  }

  #suggest(name: string, variable: Variable | undefined, rest: readonly string[]): string | undefined {
    const names = this.#context.names();
    if (variable === undefined) {
      return this.#context.resolve(name) !== undefined ? name : closest(name, [...names, ...this.#variables.map((v) => v.name)]);
    }
    const prefix = variable.collection + ".";
    const found = closest(prefix + rest.join("."), names.filter((known) => known.startsWith(prefix)));
    return found === undefined ? undefined : `${variable.name}.${found.slice(prefix.length)}`;
  }

  #isForbidden(path: HandlebarsPath): boolean {
    return path.data || path.depth > 0 || path.parts.length === 0 || /^(?:this(?:[./]|$)|\.)/.test(path.original) || path.parts.some((part) => forbidden.has(part.replace(/^["']|["']$/g, "")));
  }

  #text(zh: string, en: string): string {
    return this.#context.findings.lang === "zh-CN" ? zh : en;
  }

  #report(code: DiagnosticCode, node: { readonly loc: { readonly start: { readonly line: number } } }, params: DiagnosticParams): undefined {
    this.failed = true;
    this.#context.findings.add(code, this.#context.place, { line: node.loc.start.line, ...params });
    return undefined;
  }
}

function elementOf(field: TemplateField): TemplateField {
  return field.type === "items" ? field : { type: "text", sensitivity: field.sensitivity };
}

/** A name as the author wrote it, for a message. */
function written(expression: HandlebarsExpression): string {
  return expression.type === "PathExpression" ? expression.original : expression.type;
}

function maxLength(field: TemplateField, format: TemplateFormat): number | null {
  if (format.helper === "date") return "30 September 2026".length;
  if (field.type === "number") return longestNumber(format.helper, format.decimals, field);
  if (field.type === "boolean") return 5;
  if (field.type === "date") return 10;
  return field.type === "text" ? (field.maxLength ?? null) : null;
}
