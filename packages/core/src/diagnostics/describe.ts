import { codes, type DiagnosticCode } from "./codes.js";
import type { Lang } from "./diagnostic.js";

/** Values for the placeholders of a code's texts, by name. */
export type DiagnosticParams = Readonly<Record<string, string | number>>;

const optionalPart = /\[([^[\]]*)\]/g;
// A placeholder has one brace on each side: `{{field}}` in a text is Handlebars as the user would write it.
const placeholder = /(?<!\{)\{([a-z]+)\}(?!\})/g;
const longParams = new Set(["allowed", "detail", "expected"]);

/**
 * Makes a value safe to stand in a message: one line, no control, zero-width or bidirectional characters, at most
 * `limit` characters.
 */
function clean(value: string | number, limit: number): string {
  if (typeof value === "number") return String(value);
  const flat = value
    .slice(0, limit * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Cs}/gu, "\uFFFD");
  const characters = Array.from(flat);
  return characters.length > limit || value.length > limit * 4 ? characters.slice(0, limit - 1).join("") + "…" : flat;
}

function given(params: DiagnosticParams, name: string): string | number | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return value === "" ? undefined : value;
}

function insert(text: string, params: DiagnosticParams): string {
  return text.replace(placeholder, (_all, name: string) => {
    const value = given(params, name);
    return value === undefined ? "…" : clean(value, longParams.has(name) ? 400 : 120);
  });
}

function render(text: string, params: DiagnosticParams): string {
  let out = "";
  let last = 0;
  for (const part of text.matchAll(optionalPart)) {
    const inner = part[1] ?? "";
    const names = Array.from(inner.matchAll(placeholder), (m) => m[1] ?? "");
    if (names.length === 0) continue;
    out += insert(text.slice(last, part.index), params);
    if (names.every((name) => given(params, name) !== undefined)) out += insert(inner, params);
    last = part.index + part[0].length;
  }
  return (out + insert(text.slice(last), params)).trim();
}

/**
 * The texts of a code with its placeholders filled. Values are shortened and stripped of control characters. Parts of a
 * text whose placeholder is not given are left out.
 *
 * @example
 * describe("FACT_UNKNOWN", { name: "asets.total", suggestion: "assets.total" }, "en").hint
 * // Did you mean "assets.total"? Use a field of the model or a derived fact of the pack.
 */
export function describe(code: DiagnosticCode, params: DiagnosticParams, lang: Lang): { message: string; hint: string } {
  const entry = codes[code];
  return { message: render(entry.message[lang], params), hint: render(entry.hint[lang], params) };
}
