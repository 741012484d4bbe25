import type { Lang, RecordSource } from "@evertend/core";
import type { AnsweredRows, AnswerRequest } from "../answers/ask-rows.js";
import type { CompareRequest, ComparedRows } from "../answers/compare-rows.js";

/** How the text of a CSV column becomes JSON: `number`, `boolean` and `json` unquoted where the text is one; the rest as text. */
export type ColumnKind = "text" | "number" | "boolean" | "date" | "instant" | "json";

/** What `openSource` needs. */
export interface SourceOptions {
  /** `.ndjson`, `.jsonl`, `.csv` (both also `.gz`), `.parquet` or `.sql`. */
  readonly file: string;
  /** Field that identifies a customer: a key of the JSON, a column of the others. Dots go into nested objects. */
  readonly idField: string;
  /** Values that a `.sql` source reads with `getvariable('name')`. Names that the SQL does not read are ignored. */
  readonly variables: Readonly<Record<string, string>>;
  /** Civil date of the run; the SQL reads it with `getvariable('as_of')`, a DATE. */
  readonly asOf: string;
  readonly lang: Lang;
  /** Context collections of the model. Others that the source offers are listed in `unknownColumns`. Absent = take all. */
  readonly contextNames?: readonly string[];
  /** Context collections from files: `.ndjson`, `.jsonl`, `.csv`, `.parquet`, or `.json` with one array. */
  readonly contextFiles?: Readonly<Record<string, string>>;
  /** Kinds of the columns of CSV context files: collection → column → kind. Absent = text. */
  readonly contextColumns?: Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>;
  /** For CSV: kind of each column by dotted name. Columns not in it are left out and listed in `unknownColumns`. Absent = all columns are text. */
  readonly columns?: Readonly<Record<string, ColumnKind>>;
  /** For CSV: other headings that stand for a field (`客户号` → `customerId`), as people title their columns. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Memory that DuckDB may use, as it writes sizes (`1GB`); what does not fit goes to the temporary folder. */
  readonly memoryLimit?: string;
  /** Threads that DuckDB may use; default: one per core. */
  readonly threads?: number;
}

/** An open source. Everything that is wrong with it was said when it was opened; `records` may be called more than once. */
export interface WarehouseSource extends RecordSource {
  /** Exact: rows are counted when the source is opened. */
  total(): Promise<number>;
  /** Tells other rows apart from these: the same rows in the same order have the same one. */
  fingerprint(): Promise<string>;
  /**
   * Asks a program of all customers by SQL. It is one statement, run when the answers are read.
   *
   * @throws DiagnosticError SQL_UNSUPPORTED; what reading the states throws
   */
  answer(request: AnswerRequest): Promise<AnsweredRows>;
  /**
   * Sorts customers out for the comparison of two programs.
   *
   * @throws DiagnosticError SQL_UNSUPPORTED
   */
  compare(request: CompareRequest): Promise<ComparedRows>;
  /** Columns (and `context_<name>` views) that the model does not know and that are left out, sorted. */
  readonly unknownColumns: readonly string[];
  /** Names that a `.sql` source reads with `getvariable`, sorted, without `as_of`; empty for the others. */
  readonly variables: readonly string[];
}
