/** What a cell holds. A text is text, whatever it begins with: no cell is ever a formula. `null` is an empty cell. */
export type SheetCell = string | number | boolean | null;

/** A column of a sheet. */
export interface SheetColumn {
  readonly label: string;
  /** In characters of the sheet's font; a Chinese character takes two. */
  readonly width: number;
  /** How numbers are shown. Percent columns hold ratios (`0.5` is 50 %). Texts are always left as they are. */
  readonly format?: "integer" | "money" | "percent" | "number";
  /** Set apart, for whoever fills the sheet in: people look for what they may change. */
  readonly editable?: boolean;
}

/** Numbers that a spreadsheet program should refuse in one cell; a help while typing, never a check to rely on. */
export interface SheetLimit {
  /** Index into `rows`. */
  readonly row: number;
  /** Index into `columns`. */
  readonly column: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One sheet: a heading row, which stays in view, and rows below it. */
export interface SheetData {
  /** 1 to 31 characters, unique in the workbook, without `[ ] : * ? / \`. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** Each as long as `columns`. */
  readonly rows: Iterable<readonly SheetCell[]>;
  readonly limits?: readonly SheetLimit[];
}

/** A workbook to be written. */
export interface WorkbookData {
  readonly title: string;
  /**
   * Civil date that stands as the day of its making, 1980-01-01 if not given: never the clock's, so that the same data
   * gives the same bytes.
   */
  readonly asOf?: string;
  readonly sheets: readonly SheetData[];
}
