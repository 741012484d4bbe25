import { archiveSize } from "./archive-size.js";

/** A cell as it was read. A date is given as ISO text. */
export interface ReadCell {
  readonly value: string | number | boolean | null;
  /** The cell holds a formula; `value` is only what some program last worked out for it. */
  readonly formula: boolean;
}

/** A sheet as it was read: rows from the first, cells from column A. */
export interface ReadSheet {
  readonly name: string;
  readonly rows: readonly (readonly ReadCell[])[];
}

/** A file that is no workbook, or one that cannot be taken. */
export class WorkbookUnreadable extends Error {
  constructor(readonly reason: "no-workbook" | "encrypted" | "too-large") {
    super(`workbook: ${reason}`);
    this.name = "WorkbookUnreadable";
  }
}

const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_ROWS = 100_000;

/**
 * Reads a workbook (XLSX). Nothing in it is worked out or followed: formulas are told apart, links are ignored. Files
 * that unpack to more than 64 MB are refused before anything is unpacked; of a sheet the first 100,000 rows are read.
 *
 * @throws WorkbookUnreadable
 */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly ReadSheet[]> {
  // An encrypted workbook is no archive but an OLE container.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new WorkbookUnreadable("encrypted");
  const size = archiveSize(bytes);
  if (size === undefined) throw new WorkbookUnreadable("no-workbook");
  if (size > MAX_UNPACKED) throw new WorkbookUnreadable("too-large");
  const { readXlsx } = await import("hucre/xlsx");
  let book: Awaited<ReturnType<typeof readXlsx>>;
  try {
    book = await readXlsx(bytes, { maxRows: MAX_ROWS });
  } catch {
    // Whatever the library says of a broken file may quote the file.
    throw new WorkbookUnreadable("no-workbook");
  }
  return book.sheets.map(({ name, rows, cells }) => ({
    name,
    rows: rows.map((row, r) => Array.from(row, (value, c): ReadCell => ({ value: plainValue(value), formula: cells?.get(`${r},${c}`)?.formula !== undefined }))),
  }));
}

function plainValue(value: string | number | boolean | Date | null | undefined): ReadCell["value"] {
  if (value === undefined || value === null) return null;
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
}
