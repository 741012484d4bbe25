import { deflateRawSync } from "node:zlib";
import { writeXlsx } from "hucre/xlsx";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWorkbook, writeWorkbook, type ReadSheet, type SheetCell, type WorkbookData } from "../../src/index.js";

const columns = [{ label: "文字", width: 20 }, { label: "Number", width: 12, format: "money" as const, editable: true }];
const book = (rows: readonly (readonly SheetCell[])[]): WorkbookData => ({ title: "测试", asOf: "2026-12-01", sheets: [{ name: "参数", columns, rows }] });
const valuesOf = ({ rows }: ReadSheet): unknown[][] => rows.map((row) => row.map(({ value }) => value));

/** A ZIP archive with one deflated entry, whose directory says what it is told. */
function archive(content: Buffer, declared: number): Uint8Array {
  const packed = deflateRawSync(content);
  const name = Buffer.from("xl/workbook.xml");
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(declared, 24);
  entry.writeUInt16LE(name.length, 28);
  const at = local.length + name.length + packed.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([local, name, packed, entry, name, end]));
}

describe("a workbook", () => {
  it("comes back as it was written", async () => {
    const [sheet] = await readWorkbook(await writeWorkbook(book([["甲", 1.5], ["", -0.01], ["多\n行", null]])));
    expect(sheet?.name).toBe("参数");
    expect(valuesOf(sheet as ReadSheet)).toEqual([["文字", "Number"], ["甲", 1.5], ["", -0.01], ["多\n行", null]]);
  });

  it("is the same, byte for byte, whenever it is made", async () => {
    const before = await writeWorkbook(book([["a", 1]]));
    // The library stamps whole seconds where it is not told a day.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await writeWorkbook(book([["a", 1]]))).toEqual(before);
  });

  it("never holds a formula, whatever a text begins with", async () => {
    const hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")", "|cmd", "=cmd|' /C calc'!A0"];
    const [sheet] = await readWorkbook(await writeWorkbook(book(hostile.map((text) => [text, 0]))));
    expect(sheet?.rows.flat().some(({ formula }) => formula)).toBe(false);
    expect(sheet?.rows.slice(1).map((row) => row[0]?.value)).toEqual(hostile);
  });

  it("keeps any text and number", async () => {
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("_x000D_", "_x005F_x000D_", " a ", "<&>\"'", "\r\n", "x_x0041_y"));
    const kept = fc.asyncProperty(fc.array(fc.tuple(text, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 8 }), async (rows) => {
      const [sheet] = await readWorkbook(await writeWorkbook(book(rows)));
      // A line break in XML is one line feed; there is no other.
      const expected = rows.map(([one, two]) => [one, Object.is(two, -0) ? 0 : two]);
      expect(valuesOf(sheet as ReadSheet).slice(1)).toEqual(expected);
    });
    await fc.assert(kept, { numRuns: 200 });
  });

  it("tells formulas that others wrote apart", async () => {
    const bytes = await writeXlsx({ sheets: [{ name: "s", rows: [["x", null]], cells: new Map([["0,1", { formula: "1+1", formulaResult: 2 }]]) }] });
    expect((await readWorkbook(bytes))[0]?.rows).toEqual([[{ value: "x", formula: false }, { value: 2, formula: true }]]);
  });

  it.each([
    ["a row that is too short", { ...book([["a"]]) }],
    ["a number that is none", book([["a", NaN]])],
    ["a text that no cell holds", book([["a".repeat(32_768), 1]])],
    ["a sheet without a name", { ...book([]), sheets: [{ name: "", columns, rows: [] }] }],
    ["two sheets of one name", { ...book([]), sheets: [{ name: "a", columns, rows: [] }, { name: "A", columns, rows: [] }] }],
    ["a day that is none", { ...book([]), asOf: "yesterday" }],
  ])("refuses %s", async (_what, data) => {
    await expect(writeWorkbook(data)).rejects.toThrow(RangeError);
  });

  it.each([
    ["nothing", new Uint8Array(), "no-workbook"],
    ["a text", new TextEncoder().encode("name;value\n".repeat(10)), "no-workbook"],
    ["an archive of something else", archive(Buffer.from("<a/>"), 4), "no-workbook"],
    ["an archive that unpacks to far more than it tells", archive(Buffer.alloc(80_000_000), 4), "no-workbook"],
    ["an archive that tells no size", archive(Buffer.alloc(80_000_000), 0), "no-workbook"],
    ["an archive that unpacks to too much", archive(Buffer.alloc(80_000_000), 80_000_000), "too-large"],
    ["an encrypted workbook", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "encrypted"],
  ])("does not read %s", async (_what, bytes, reason) => {
    await expect(readWorkbook(bytes)).rejects.toMatchObject({ name: "WorkbookUnreadable", reason });
  });

  it("is not read where it was cut short", async () => {
    const bytes = await writeWorkbook(book([["a", 1]]));
    for (const length of [1, 100, bytes.length >> 1, bytes.length - 1]) await expect(readWorkbook(bytes.subarray(0, length))).rejects.toThrow("no-workbook");
  });
});
