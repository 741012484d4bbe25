import type { Relation } from "./relation.js";

/** A row of a bank's table: its number, from 1, and the texts of the columns asked for; `null` = NULL. */
export interface TableRow {
  readonly row: number;
  readonly values: readonly (string | null)[];
}

/** A column to read: as text, or as JSON text (lists). */
export interface TableColumn {
  readonly name: string;
  readonly json: boolean;
}

/** Tables wherever they are. All that is read from one reader is of one moment. */
export interface TableReader {
  /**
   * Names of the columns; `undefined` where there is no such table.
   *
   * @throws DiagnosticError SQL_FAILED for a SELECT that the database does not take
   */
  columns(relation: Relation): Promise<readonly string[] | undefined>;
  count(relation: Relation): Promise<number>;
  /**
   * Rows by the first column as text, by UTF-16 code unit, NULL first; or in the order of the table. Rows of a SELECT,
   * and those of a database where the first column is equal, come in the order of their other columns. With `keys` only
   * rows whose first column is one of them come, `""` standing for NULL as well.
   */
  rows(relation: Relation, columns: readonly TableColumn[], sorted: boolean, keys?: readonly string[]): AsyncIterable<TableRow>;
  close(): Promise<void>;
}
