/** One statement of a script, as it stands there. */
export interface SqlStatement {
  readonly text: string;
  /** Line of its first character, from 1. */
  readonly line: number;
}

/** A variable that a script reads, where it first does so. */
export interface VariableUse {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** A script taken apart. */
export interface SqlScript {
  readonly statements: readonly SqlStatement[];
  /** Each variable read by `getvariable('name')` and not set by the script itself, in order of first use. */
  readonly variables: readonly VariableUse[];
}

interface Token {
  readonly kind: "word" | "text" | "mark";
  /** A word as written (quotes of a quoted name removed), the content of a text, or one character. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a DuckDB script into statements and finds the variables it reads. Comments and quoted texts are passed over as
 * DuckDB does (nested block comments, `''` in texts, `E'\''`, `$tag$ … $tag$`). Only names written as a literal are
 * found: `getvariable('a' || 'b')` is not.
 */
export function readSqlScript(sql: string): SqlScript {
  const tokens = tokenise(sql);
  return { statements: splitStatements(sql, tokens), variables: findVariables(sql, tokens) };
}

function tokenise(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const rest = sql.slice(at, at + 2);
    const character = sql.charAt(at);
    if (/\s/.test(character)) at++;
    else if (rest === "--") at = endOf(sql, "\n", at);
    else if (rest === "/*") at = endOfComment(sql, at);
    else {
      const token = nextToken(sql, at);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function nextToken(sql: string, start: number): Token {
  const character = sql.charAt(start);
  if (character === "'") return quoted(sql, start, start, "'", false);
  if (/[eE]/.test(character) && sql.charAt(start + 1) === "'") return quoted(sql, start, start + 1, "'", true);
  if (character === '"') return { ...quoted(sql, start, start, '"', false), kind: "word" };
  const tag = /^\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(sql.slice(start, start + 130))?.[0];
  if (tag !== undefined) {
    const close = sql.indexOf(tag, start + tag.length);
    const inner = close === -1 ? sql.length : close;
    return { kind: "text", value: sql.slice(start + tag.length, inner), start, end: close === -1 ? sql.length : close + tag.length };
  }
  const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
  word.lastIndex = start;
  const found = word.exec(sql)?.[0];
  if (found !== undefined) return { kind: "word", value: found, start, end: start + found.length };
  return { kind: "mark", value: character, start, end: start + 1 };
}

function quoted(sql: string, start: number, open: number, quote: string, backslash: boolean): Token {
  let value = "";
  let at = open + 1;
  for (; at < sql.length; at++) {
    const character = sql.charAt(at);
    if (backslash && character === "\\") value += sql.charAt(++at);
    else if (character !== quote) value += character;
    else if (sql.charAt(at + 1) === quote) value += sql.charAt(at++);
    else break;
  }
  return { kind: "text", value, start, end: Math.min(at + 1, sql.length) };
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found === -1 ? sql.length : found + mark.length;
}

function endOfComment(sql: string, from: number): number {
  let depth = 0;
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  for (let found = mark.exec(sql); found !== null; found = mark.exec(sql)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return sql.length;
}

function splitStatements(sql: string, tokens: readonly Token[]): SqlStatement[] {
  const statements: SqlStatement[] = [];
  let first: Token | undefined;
  let last: Token | undefined;
  const end = (): void => {
    if (first !== undefined && last !== undefined) statements.push({ text: sql.slice(first.start, last.end), line: placeOf(sql, first.start).line });
    first = undefined;
  };
  for (const token of tokens) {
    if (token.kind === "mark" && token.value === ";") end();
    else {
      first ??= token;
      last = token;
    }
  }
  end();
  return statements;
}

function findVariables(sql: string, tokens: readonly Token[]): VariableUse[] {
  const is = (token: Token | undefined, word: string): boolean => token?.kind !== "text" && token?.value.toLowerCase() === word;
  const own = new Set<string>();
  tokens.forEach((token, i) => {
    const name = tokens[i + 2];
    if (is(token, "set") && is(tokens[i + 1], "variable") && name?.kind === "word") own.add(name.value.toLowerCase());
  });
  const uses = new Map<string, VariableUse>();
  tokens.forEach((token, i) => {
    const name = tokens[i + 2];
    if (!is(token, "getvariable") || !is(tokens[i + 1], "(") || name?.kind !== "text") return;
    const key = name.value.toLowerCase();
    if (!own.has(key) && !uses.has(key)) uses.set(key, { name: name.value, ...placeOf(sql, token.start) });
  });
  return [...uses.values()];
}

function placeOf(sql: string, offset: number): { line: number; column: number } {
  const before = sql.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
