import type { DuckDBType } from "@duckdb/node-api";
import type { Catalogue, Field } from "@evertend/core";
import type { TypedColumn } from "../source/row-json.js";
import { identifier, literal } from "../source/sql-text.js";
import { civilDayOfSeconds, civilDayOfText, dateOfText } from "./civil-day.js";
import { columnType, itemsType } from "./column-type.js";

/** A column of the kept rows: its name in the source, its type, and SQL that reads it. */
export type KeptColumn = TypedColumn & { readonly sql: string };

/** Columns as the model wants them: SQL by name, and what makes a record odd. */
export interface TypedCells {
  readonly cells: readonly { readonly name: string; readonly sql: string }[];
  readonly odd: readonly string[];
}

const largestExact = Number.MAX_SAFE_INTEGER;
const harmless = /^(BOOLEAN|U?(TINY|SMALL)INT|U?INTEGER|VARCHAR|DATE|UUID|TIMESTAMP( WITH TIME ZONE)?)$/;
const wideNumber = /^(U?BIGINT|FLOAT|DOUBLE|DECIMAL\(\d+, ?\d+\))$/;

/**
 * Reads typed columns as the model wants them, without writing a record as JSON; `undefined` where a column's type leaves
 * something for core to judge in every record.
 */
export function typedColumns(model: Catalogue, columns: readonly KeptColumn[]): TypedCells | undefined {
  try {
    return new Typing(model, columns).cells();
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

/** A type that the model's field cannot be read from. */
class Unfit extends Error {}

interface Typed {
  readonly sql: string;
  readonly type: DuckDBType;
}

class Typing {
  readonly #odd: string[] = [];
  /** Paths that the model reads, as they lead through columns and structs. */
  readonly #read = new Set<string>();

  constructor(readonly model: Catalogue, readonly columns: readonly KeptColumn[]) {}

  cells(): TypedCells {
    const { model } = this;
    const fields = [...model.fields.values()].map((field) => ({ name: field.name, sql: this.#field(field) }));
    const collections = [...model.collections.values()].map(({ name, fields: own }) => {
      const found = this.#find(name);
      if (!found) return { name, sql: `CAST(NULL AS ${itemsType({ fields: own })})` };
      return { name, sql: this.#items(found, own) };
    });
    for (const { name, type, sql } of this.columns) this.#checkRest(name, { sql, type });
    return { cells: [...fields, ...collections], odd: this.#odd };
  }

  #field(field: Field): string {
    const found = this.#find(field.name);
    if (!found) return `CAST(NULL AS ${columnType(field)})`;
    const value = this.#value(found, field);
    if (value !== found.sql) this.#odd.push(`(${found.sql} IS NOT NULL AND ${value} IS NULL)`);
    return value;
  }

  /** The value at a dotted name: a column of that name, or a member of a struct. */
  #find(name: string): Typed | undefined {
    const steps = name.split(".");
    for (let i = steps.length; i > 0; i--) {
      const own = steps.slice(0, i).join(".");
      const column = this.columns.find((one) => one.name === own);
      if (!column) continue;
      this.#read.add(own);
      return member(column, steps.slice(i), own, this.#read);
    }
    return undefined;
  }

  #value({ sql, type }: Typed, field: Field): string {
    const text = type.toString();
    if (type.alias === "JSON") throw new Unfit();
    switch (field.type) {
      case "number":
        return numberOf(sql, text);
      case "boolean":
        return fit(text === "BOOLEAN", sql);
      case "text":
        return fit(text === "VARCHAR", sql);
      case "date":
        return this.#date(sql, text, field);
      case "list": {
        if (!("valueType" in type) || "keyType" in type) throw new Unfit();
        const element = type.valueType.toString();
        if (field.elementType !== "number") return fit(element === "VARCHAR", sql);
        this.#odd.push(`len(list_filter(${sql}, lambda e: ABS(CAST(e AS DOUBLE)) > ${largestExact})) > 0`);
        return `list_transform(${sql}, lambda e: ${numberOf("e", element)})`;
      }
    }
  }

  #date(sql: string, text: string, field: Field): string {
    const { zone } = this.model;
    if (field.format === "date-time") {
      if (text === "TIMESTAMP WITH TIME ZONE") return `(CASE WHEN isfinite(${sql}) THEN ${civilDayOfSeconds(`epoch_us(${sql}) / 1000000.0`, zone)} END)`;
      return fit(text === "VARCHAR", civilDayOfText(sql, zone));
    }
    if (text === "DATE") return `(CASE WHEN isfinite(${sql}) THEN ${sql} END)`;
    return fit(text === "VARCHAR", dateOfText(sql));
  }

  #items({ sql, type }: Typed, fields: ReadonlyMap<string, Field>): string {
    if (!("valueType" in type) || "keyType" in type || !("entryNames" in type.valueType)) throw new Unfit();
    const inner = new Set<string>();
    const item: Typed = { sql: "o", type: type.valueType };
    const outer = this.#odd.length;
    const values = [...fields.values()].map((field) => {
      const found = member(item, field.name.split("."), "", inner);
      if (!found) return `${identifier(field.name)} := CAST(NULL AS ${columnType(field)})`;
      const value = this.#value(found, field);
      if (value !== found.sql) this.#odd.push(`(${found.sql} IS NOT NULL AND ${value} IS NULL)`);
      return `${identifier(field.name)} := ${value}`;
    });
    checkMembers(item, "", inner, this.#odd);
    const wrong = ["o IS NULL", ...this.#odd.splice(outer)];
    this.#odd.push(`len(list_filter(${sql}, lambda o: ${wrong.map((one) => `COALESCE(${one}, FALSE)`).join(" OR ")})) > 0`);
    return `list_transform(${sql}, lambda o: struct_pack(${values.join(", ")}))`;
  }

  /** Core looks at what the model does not know too: numbers that no double holds are refused wherever they are. */
  #checkRest(name: string, typed: Typed): void {
    refuseReserved(name.split("."));
    if ([...this.model.collections.keys()].some((one) => this.#read.has(name) && one === name)) return;
    if (this.#read.has(name) && !("entryNames" in typed.type)) return;
    if ("entryNames" in typed.type && typed.type.toString().startsWith("STRUCT")) checkMembers(typed, name, this.#read, this.#odd);
    else checkUnread(typed, this.#odd);
  }
}

function fit(fits: boolean, sql: string): string {
  if (!fits) throw new Unfit();
  return sql;
}

/** Adding nought makes one of both noughts; a decimal of 15 digits becomes the double that its text would. */
function numberOf(sql: string, type: string): string {
  const digits = /^DECIMAL\((\d+),/.exec(type)?.[1];
  if (type === "FLOAT") return `(CAST(CAST(${sql} AS VARCHAR) AS DOUBLE) + 0)`;
  return fit(/^(U?(TINY|SMALL|BIG)INT|U?INTEGER|DOUBLE)$/.test(type) || (digits !== undefined && Number(digits) <= 15), `(CAST(${sql} AS DOUBLE) + 0)`);
}

/** The member of a struct that steps lead to; absent where there is none. */
function member(from: Typed, steps: readonly string[], at: string, read: Set<string>): Typed | undefined {
  let here: Typed = from;
  let path = at;
  for (const step of steps) {
    const { type } = here;
    if (!("entryNames" in type) || !("entryTypes" in type)) throw new Unfit();
    const i = type.entryNames.indexOf(step);
    const inner = type.entryTypes[i];
    if (!inner) return undefined;
    here = { sql: `struct_extract(${here.sql}, ${literal(step)})`, type: inner };
    path = memberPath(path, step);
    read.add(path);
  }
  return here;
}

function memberPath(path: string, step: string): string {
  return `${path}\n${step}`;
}

/** Members of a struct that the model does not read. */
function checkMembers({ sql, type }: Typed, path: string, read: ReadonlySet<string>, odd: string[]): void {
  if (!("entryNames" in type) || !("entryTypes" in type)) throw new Unfit();
  refuseReserved(type.entryNames);
  type.entryTypes.forEach((inner, i) => {
    const name = type.entryNames[i] ?? "";
    const own = { sql: `struct_extract(${sql}, ${literal(name)})`, type: inner };
    const known = read.has(memberPath(path, name));
    if (inner.toString().startsWith("STRUCT") && !("valueType" in inner)) checkMembers(own, memberPath(path, name), read, odd);
    else if (!known) checkUnread(own, odd);
  });
}

function checkUnread({ sql, type }: Typed, odd: string[]): void {
  const text = type.toString();
  if (type.alias === "JSON") throw new Unfit();
  if (harmless.test(text)) return;
  if (wideNumber.test(text)) odd.push(`ABS(CAST(${sql} AS DOUBLE)) > ${largestExact}`);
  else if ("valueType" in type && !("keyType" in type) && harmless.test(type.valueType.toString()) && type.valueType.alias !== "JSON") return;
  else throw new Unfit();
}

function refuseReserved(names: readonly string[]): void {
  if (names.some((name) => name === "__proto__" || name === "constructor" || name === "prototype")) throw new Unfit();
}
