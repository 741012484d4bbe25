import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { closest, type Lang, type Spot } from "@evertend/core";
import { faultDetail } from "../source/fault-details.js";
import { readSqlScript } from "../source/sql-script.js";

/** Where rows come from, as a mapping writes it: the name of a table, or a SELECT, as text or in a file. */
export type RelationJson = string | { readonly sql: string } | { readonly file: string };

/** A SELECT and where its text stands. */
export interface Select {
  /** In a file of its own, on the lines where it stands there, so that a line that the database names is the file's. */
  readonly text: string;
  readonly file: string;
  /** Line where it begins. */
  readonly line: number;
  /** Whether the text's lines are the file's: not where it stands inside JSON. */
  readonly ownFile: boolean;
}

/** A table, or a SELECT over tables. */
export interface Relation {
  /** How it is called where its rows are told of. */
  readonly name: string;
  readonly select?: Select;
}

/**
 * The relation that a mapping writes at `spot`; `undefined`, with a finding, where it is not one SELECT.
 *
 * @param called a name for a SELECT without a file
 * @param mapping path of the mapping: files are looked for beside it
 */
export async function readRelation(json: RelationJson, called: string, spot: Spot, mapping: string, lang: Lang): Promise<Relation | undefined> {
  if (typeof json === "string") return { name: json };
  if ("sql" in json) {
    const { line } = spot.document.place(spot.at("sql").pointer);
    return one(json.sql, called, { file: mapping, line, ownFile: false }, spot.at("sql"), lang);
  }
  const file = resolve(dirname(mapping), json.file);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text !== undefined) return one(text.replace(/^\uFEFF/, ""), json.file, { file, line: 1, ownFile: true }, spot.at("file"), lang);
  spot.at("file").report("FILE_NOT_FOUND", { name: json.file });
  return undefined;
}

function one(text: string, name: string, at: Omit<Select, "text">, spot: Spot, lang: Lang): Relation | undefined {
  const { statements } = readSqlScript(text);
  const [statement] = statements;
  if (statement === undefined || statements.length > 1 || !/^(SELECT|WITH|VALUES|FROM|\()/i.test(statement.text)) {
    spot.report("SQL_FAILED", { name, detail: faultDetail("oneSelect", lang) });
    return undefined;
  }
  return { name, select: at.ownFile ? { ...at, line: statement.line, text: "\n".repeat(statement.line - 1) + statement.text } : { ...at, text: statement.text } };
}

/** Reports a name that is not among those known. */
export function reportUnknown(name: string, names: Iterable<string>, spot: Spot): void {
  const allowed = [...names];
  spot.report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, allowed) ?? "", allowed: allowed.join(", ") });
}
