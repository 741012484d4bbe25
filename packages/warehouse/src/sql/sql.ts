import type { SqlType } from "./sql-dialect.js";

/** Rows that columns stand in: those of the customers, or of the items beside each row of `outer`. */
export interface SqlRows {
  readonly id: number;
  readonly outer?: SqlRows | undefined;
}

/** A column of a scope's rows: one that is there from the beginning, or one that has a definition. */
export interface SqlColumn {
  readonly part: "column";
  readonly scope: SqlRows;
  readonly name: string;
  /** It looks at the items of a collection: better asked after all that is cheaper. */
  readonly dear?: boolean;
}

/** A field of the item at hand, as the collection has it. */
export interface SqlItemField {
  readonly part: "item";
  readonly scope: SqlRows;
  /** Where the item has it; empty = the item itself, an element of a plain list. */
  readonly path: readonly string[];
}

/** A value that goes in as a parameter of the statement, never as text. */
export interface SqlBound {
  readonly part: "bound";
  readonly value: string | number | boolean;
  readonly type: SqlType;
}

/** Text whose spelling is the dialect's, around others: the name of a function of `SqlDialect`, and its arguments. */
export interface SqlCall {
  readonly part: "call";
  readonly name: SqlFunctionName;
  readonly arguments: readonly (Sql | string)[];
}

/** Functions that dialects spell differently. */
export type SqlFunctionName = "addMonths" | "cast" | "contains" | "dayOfDate" | "dayOfMonth" | "elementAt" | "hasNul" | "isoText" | "joinTexts" | "jsonText" | "listLength" | "listText" | "matches" | "monthOf" | "numberText" | "octets" | "textOf" | "trunc" | "yearOf";

/** Says whose the expression behind it is. Two pieces that differ in nothing else are equal. */
export interface SqlComment {
  readonly part: "comment";
  readonly text: string;
}

/** SQL of a plugin's own, around the SQL of its arguments. */
export interface SqlSpelled {
  readonly part: "spelled";
  /** Which plugin's it is. */
  readonly id: string;
  spell(parts: readonly string[]): string;
  readonly arguments: readonly Sql[];
}

export type SqlPart = string | SqlColumn | SqlItemField | SqlBound | SqlCall | SqlComment | SqlSpelled;

/** A piece of SQL that is not rendered yet: where a column is read from depends on where the piece ends up. */
export class Sql {
  constructor(readonly parts: readonly SqlPart[]) {}

  /** Whether one of the parts, or of the parts of their arguments, fulfils a test. */
  some(test: (part: Exclude<SqlPart, string>) => boolean): boolean {
    return this.parts.some((part) => typeof part !== "string" && (test(part) || ((part.part === "call" || part.part === "spelled") && part.arguments.some((argument) => argument instanceof Sql && argument.some(test)))));
  }

  /** Whether this looks at the items of a collection. */
  get dear(): boolean {
    return this.some((part) => part.part === "column" && part.dear === true);
  }

  /** Equal keys are equal SQL. */
  get key(): string {
    return this.parts.map(partKey).join("");
  }
}

function partKey(part: SqlPart): string {
  if (typeof part === "string") return part;
  switch (part.part) {
    case "column":
      return `\u0001${part.name}\u0001`;
    case "item":
      return `\u0002${part.scope.id}.${part.path.join("\u0002")}\u0002`;
    case "bound":
      return `\u0003${part.type}:${typeof part.value}:${String(part.value)}\u0003`;
    case "comment":
      return "";
    case "spelled":
      return `\u0006${part.id}(${part.arguments.map((argument) => argument.key).join("\u0004")})`;
    case "call":
      return `\u0004${part.name}(${part.arguments.map((argument) => (argument instanceof Sql ? argument.key : argument)).join("\u0004")})`;
  }
}

/** Puts SQL together: text between is our own; what comes from a pack goes through `bound`. Numbers are printed. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Sql | number)[]): Sql {
  const parts: SqlPart[] = [];
  strings.forEach((text, i) => {
    if (text !== "") parts.push(text);
    const value = values[i];
    if (value instanceof Sql) parts.push(...value.parts);
    else if (value !== undefined) parts.push(numberText(value));
  });
  return new Sql(parts);
}

/** A number as SQL: whole ones as they are, others with an exponent so that they are doubles. */
export function numberText(value: number): string {
  const text = Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : value.toExponential();
  return value < 0 || Object.is(value, -0) ? `(${text})` : text;
}

export function bound(value: string | number | boolean, type: SqlType): Sql {
  return new Sql([{ part: "bound", value, type }]);
}

export function comment(text: string): Sql {
  return new Sql([{ part: "comment", text }]);
}

export function column(one: SqlColumn): Sql {
  return new Sql([one]);
}

export function call(name: SqlFunctionName, ...given: readonly (Sql | string)[]): Sql {
  return new Sql([{ part: "call", name, arguments: given }]);
}

/** Several pieces with text of ours between. */
export function joined(list: readonly Sql[], between: string): Sql {
  return new Sql(list.flatMap((one, i) => (i === 0 ? one.parts : [between, ...one.parts])));
}
