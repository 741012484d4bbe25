import type { Lang } from "@evertend/core";
import { readCsvHeader } from "./csv-header.js";
import { csvRecords } from "./csv-records.js";
import { sourceInvalid, sourceTruncated } from "./source-fault.js";
import { inspectSourceFile } from "./source-file.js";

/** The first rows of a CSV file. */
export interface CsvSample {
  readonly header: readonly string[];
  /** Cells as text, as many as the header has. */
  readonly rows: readonly (readonly string[])[];
  /** Whether these are all the rows. */
  readonly complete: boolean;
}

/**
 * Reads the header and the first rows of a CSV file, to see what is in it.
 *
 * @param options `most`: rows at most
 * @throws DiagnosticError FILE_NOT_FOUND, SOURCE_INVALID, SOURCE_TRUNCATED
 */
export async function readCsvSample(path: string, options: { readonly most: number; readonly lang: Lang }): Promise<CsvSample> {
  const { most, lang } = options;
  const file = await inspectSourceFile(path, lang);
  if (file.format !== "csv") throw sourceInvalid(lang, { file: path }, "kind");
  const { names, delimiter } = await readCsvHeader(file, undefined, lang);
  const rows: (readonly string[])[] = [];
  let isHeader = true;
  for await (const { fields, line, fault } of csvRecords(file, delimiter, lang)) {
    const place = { file: path, line };
    if (fault === "encoding") throw sourceInvalid(lang, place, "notUtf8");
    if (fault === "open") throw sourceTruncated(lang, place);
    if (fault === "quote") throw sourceInvalid(lang, place, "quote");
    if (isHeader) {
      isHeader = false;
      continue;
    }
    if (fields.length !== names.length) throw sourceInvalid(lang, place, "columns", { found: fields.length, expected: names.length });
    if (rows.length === most) return { header: names, rows, complete: false };
    rows.push(fields);
  }
  return { header: names, rows, complete: true };
}
