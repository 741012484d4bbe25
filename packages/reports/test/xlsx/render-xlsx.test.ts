import type { ReportData } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { readWorkbook, renderXlsx, type ReadSheet } from "../../src/index.js";
import { sheetNames } from "../../src/xlsx/sheet-names.js";
import { hostileReport } from "../hostile-report.js";
import { sampleRunReport } from "../sample-run-report.js";

const both = (text: string): { "zh-CN": string; en: string } => ({ "zh-CN": text, en: text });
const valuesOf = ({ rows }: ReadSheet): unknown[][] => rows.map((row) => row.map(({ value }) => value));

const formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")"];

const report: ReportData = {
  title: both("Report"), subtitle: both("=2+2"), asOf: "2026-12-01", footer: both("@footer"),
  parts: [
    { kind: "figures", id: "figures", figures: [{ id: "a", label: both("Customers"), value: 12, note: both("=3+3") }] },
    { kind: "table", id: "list", title: both("List: all"), note: both("-note"), columns: [{ id: "a", label: both("=Name") }, { id: "b", label: both("Money"), format: "money" }], rows: formulas.map((text, i) => [text, i + 0.5]) },
    { kind: "chart", id: "chart", chart: "bar", title: both("List: all"), categories: formulas.map(both), series: [{ label: both("+n"), values: formulas.map((_, i) => i) }] },
    {
      kind: "cards", id: "cards", title: both("Cards"), cards: [
        { heading: "=A", text: "", tags: ["+tag", both("gold")], facts: [{ label: both("Phone"), value: "+86 199" }], sections: [{ id: "why", label: both("Why"), lines: ["=1", both("two")] }], choices: [{ code: "reached", label: both("Reached") }] },
        { heading: "B", text: "", facts: [{ label: both("Hours"), value: "08:00" }] },
      ],
    },
    { kind: "text", id: "text", title: both("=Text"), text: both("=4") },
  ],
};

describe("a report as a workbook", () => {
  it("holds no formula, whatever its texts begin with, and numbers as numbers", async () => {
    const sheets = await readWorkbook(await renderXlsx(report, { lang: "en" }));
    expect(sheets.flatMap(({ rows }) => rows.flat()).filter(({ formula }) => formula)).toEqual([]);
    // A tab acts in a spreadsheet as little as in HTML: it becomes a space.
    expect(valuesOf(sheets[1] as ReadSheet)).toEqual([["=Name", "Money"], ...formulas.map((text, i) => [text.replace("\t", " "), i + 0.5])]);
  });

  it("has a sheet about the report, and one for each table, chart and set of cards", async () => {
    const sheets = await readWorkbook(await renderXlsx(report, { lang: "en" }));
    expect(sheets.map(({ name }) => name)).toEqual(["About", "List  all", "List  all 2", "Cards"]);
    const about = valuesOf(sheets[0] as ReadSheet);
    expect(about).toContainEqual(["Customers", 12, "=3+3"]);
    expect(about).toContainEqual(["As of", "2026-12-01", ""]);
    expect(valuesOf(sheets[3] as ReadSheet)).toEqual([
      ["Name", "Marks", "Phone", "Hours", "Why", "Outcome"],
      ["=A", "+tag\ngold", "+86 199", null, "=1\ntwo", null],
      ["B", null, null, "08:00", null, null],
    ]);
  });

  it.each([["sample", sampleRunReport], ["hostile", hostileReport]] as const)("takes the %s report, and is the same every time", async (_, data) => {
    const first = await renderXlsx(data, { lang: "zh-CN" });
    expect(await renderXlsx(data, { lang: "zh-CN" })).toEqual(first);
    expect((await readWorkbook(first)).length).toBeGreaterThan(1);
  });

  it("names sheets as the format wants it", () => {
    expect(sheetNames(["a/b", "A b", "", "'x'", "很".repeat(40), "很".repeat(40)])).toEqual(["a b", "A b 2", "3", "x", "很".repeat(31), `${"很".repeat(29)} 2`]);
  });
});
