import { parse } from "handlebars/dist/cjs/handlebars/compiler/base.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import type { HandlebarsProgram } from "./handlebars-ast.js";

/** Why a source is not Handlebars; `line` counts from 1 inside the template. */
export interface HandlebarsSyntaxError {
  readonly line: number;
  readonly detail: string;
}

/**
 * Parses Handlebars source, white space control included, without compiling it. The caller bounds length and nesting
 * first: the parser's time grows faster than its input.
 */
export function parseHandlebars(source: string, lang: Lang): { readonly program: HandlebarsProgram } | { readonly error: HandlebarsSyntaxError } {
  try {
    return { program: parse(source) as HandlebarsProgram };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return { error: { line: lineOf(error, message), detail: detailOf(message, lang) } };
  }
}

function lineOf(error: unknown, message: string): number {
  if (typeof error === "object" && error !== null && "lineNumber" in error && typeof error.lineNumber === "number") return error.lineNumber;
  return Number(/ on line (\d+)/.exec(message)?.[1] ?? 1);
}

function detailOf(message: string, lang: Lang): string {
  const mismatch = /^(\S{1,60}) doesn't match (\S{1,60})/.exec(message);
  if (mismatch !== null) {
    const [, open = "", close = ""] = mismatch;
    return { "zh-CN": `“{{#${open}}}”被“{{/${close}}}”关闭`, en: `"{{#${open}}}" is closed by "{{/${close}}}"` }[lang];
  }
  if (message.endsWith("got 'EOF'")) return { "zh-CN": "模板在块或花括号关闭之前结束", en: "it ends before a block or brace is closed" }[lang];
  return { "zh-CN": "花括号内的写法无效", en: "what stands in the braces is not valid" }[lang];
}
