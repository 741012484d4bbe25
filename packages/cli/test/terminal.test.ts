import { describe, expect, test } from "vitest";
import { paint } from "../src/terminal/paint.js";
import { formatCount, formatTable } from "../src/terminal/table.js";
import { startProgress } from "../src/terminal/progress.js";
import { columnsOf, pad, shorten } from "../src/terminal/text-columns.js";

const plain = paint({ write: () => undefined, isTTY: false, columns: 80 }, {});

describe("columns of a text", () => {
  test.each([["abc", 3], ["客户", 4], ["A客B", 4], ["e\u0301", 1], ["“x”", 3], ["…", 1], ["", 0]])("%s takes %i", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test("are filled up and cut", () => {
    expect(pad("客", 4)).toBe("客  ");
    expect(pad("客", 4, "right")).toBe("  客");
    expect(shorten("客户经理", 5)).toBe("客户…");
    expect(shorten("客户", 4)).toBe("客户");
  });
});

test("counts have their thousands separated", () => {
  expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
});

test("a table lines up in every language", () => {
  const rows = [{ label: "客户", cells: [1234, 5] }, "space" as const, { heading: "原因" }, { label: "no consent", cells: ["–", 12], indent: true }];
  const lines = formatTable(rows, { paint: plain, columns: 80, head: ["2026-03-01", "2026-03-02"] }).split("\n");
  expect(lines).toEqual([
    "              2026-03-01  2026-03-02",
    "客户               1,234           5",
    "",
    "原因",
    "  no consent           –          12",
  ]);
  expect(new Set([lines[0], lines[1], lines[4]].map((line) => columnsOf(line ?? ""))).size).toBe(1);
});

test("a table that is too wide shortens its labels", () => {
  const line = formatTable([{ label: "a label that is much too long for this terminal", cells: [1] }], { paint: plain, columns: 30 });
  expect(columnsOf(line)).toBeLessThanOrEqual(30);
  expect(line).toContain("…");
});

test("progress is drawn on a terminal and cleared in the end, and nowhere else", () => {
  const drawn = (isTTY: boolean): string => {
    let text = "";
    const stream = { write: (more: string) => void (text += more), isTTY, columns: 80 };
    const progress = startProgress({ stdout: stream, stderr: stream, lang: "en", format: "pretty", env: {}, cwd: "." }, "planning", 200);
    progress.update(100);
    progress.end();
    return text;
  };
  expect(drawn(false)).toBe("");
  expect(drawn(true)).toMatch(/planning {2}█{12}░{12} {2}50% {2}100 .*\/s/u);
  expect(drawn(true).endsWith("\r\u001B[K")).toBe(true);
});

test.each([
  ["en", "pretty", "writing   50%  2,000  1,000/s  left 0:02\n"],
  ["zh-CN", "pretty", "writing   50%  2,000  1,000/s  剩余 0:02\n"],
  ["en", "json", '{"phase":"settle","done":2000,"total":4000,"perSecond":1000,"secondsLeft":2}\n'],
] as const)("progress that is asked for tells rate and time left, and counts each phase anew (%s, %s)", (lang, format, line) => {
  let text = "";
  let now = 0;
  const stream = { write: (more: string) => void (text += more), isTTY: false, columns: 80 };
  const progress = startProgress({ stdout: stream, stderr: stream, lang, format, env: {}, cwd: "." }, "planning", 100_000, { always: true, now: () => now });
  const settle = { name: "settle", label: "writing", total: 4000 };
  now = 5000;
  progress.update(500);
  expect(text).toContain(format === "json" ? '"secondsLeft":995' : " 16:35\n");
  // Within a second nothing more is told of the same phase.
  now = 5500;
  progress.update(600);
  expect(text.trim().split("\n")).toHaveLength(1);
  progress.update(0, settle);
  now = 7500;
  progress.update(2000, settle);
  progress.end();
  expect(text.endsWith(line)).toBe(true);
});
