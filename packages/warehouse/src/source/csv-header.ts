import type { Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import { csvRecords } from "./csv-records.js";
import { sourceInvalid, sourceTruncated } from "./source-fault.js";
import type { SourceFile } from "./source-file.js";

/** What the first record of a CSV file says. */
export interface CsvHeader {
  readonly delimiter: string;
  /** Dotted field names, without surrounding white space. */
  readonly names: readonly string[];
}

const delimiters = [",", ";", "\t", "|"];

/**
 * Reads the header once. The delimiter is the one of `, ; tab |` that splits the header into most columns.
 *
 * @param aliases other headings for fields; a heading that is a field's own name goes first
 * @throws DiagnosticError SOURCE_INVALID, SOURCE_TRUNCATED, ID_MISSING (no column `idField`)
 */
export async function readCsvHeader(file: SourceFile, idField: string | undefined, lang: Lang, aliases: Readonly<Record<string, string>> = {}): Promise<CsvHeader> {
  let best: CsvHeader | undefined;
  let line = 1;
  for (const delimiter of delimiters) {
    for await (const record of csvRecords(file, delimiter, lang)) {
      line = record.line;
      if (record.fault === "encoding") throw sourceInvalid(lang, { file: file.path, line }, "notUtf8");
      if (record.fault === "open") throw sourceTruncated(lang, { file: file.path, line });
      if (record.fault === undefined && (best === undefined || record.fields.length > best.names.length)) {
        best = { delimiter, names: record.fields.map((name) => name.trim()) };
      }
      break;
    }
  }
  if (best === undefined) throw sourceInvalid(lang, { file: file.path, line }, (await isEmpty(file, lang)) ? "empty" : "quote");
  best = { ...best, names: withoutAliases(best.names, aliases) };
  checkNames(best.names, { file: file.path, line }, lang);
  if (idField !== undefined && !best.names.includes(idField)) throw diagnosticError(lang, "ID_MISSING", { file: file.path, line }, { name: idField });
  return best;
}

function withoutAliases(names: readonly string[], aliases: Readonly<Record<string, string>>): readonly string[] {
  return names.map((name) => {
    const field = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
    return field === undefined || names.includes(field) ? name : field;
  });
}

async function isEmpty(file: SourceFile, lang: Lang): Promise<boolean> {
  for await (const record of csvRecords(file, ",", lang)) return record.fields.length === 0;
  return true;
}

function checkNames(names: readonly string[], place: { file: string; line: number }, lang: Lang): void {
  const seen = new Set<string>();
  names.forEach((name, i) => {
    if (name === "" || name.split(".").includes("") || /\p{Cc}/u.test(name)) throw sourceInvalid(lang, place, "headerName", { found: i + 1 });
    // DuckDB's column names do not tell cases apart.
    const key = name.toLowerCase();
    if (seen.has(key)) throw sourceInvalid(lang, place, "headerTwice", { name });
    seen.add(key);
  });
}
