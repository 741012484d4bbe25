import { createEngine, createEnvironment, loadPack, type Engine, type Program, type ReportData, type ReportPart } from "@evertend/core";
import { beforeAll, describe, expect, test } from "vitest";
import { bankingPlugin, collectFigures, dayRows, runReport, type RunFigures } from "../../src/index.js";
import { maskId } from "../../src/report-data/customer/masked-texts.js";

const pack = {
  pack: { id: "report", version: "2.1.0", title: { "zh-CN": "报告", en: "Report" }, locale: "en" },
  model: {
    id: "report", zone: "Asia/Shanghai", currency: "CNY",
    entity: {
      name: "customer", id: "customerId", roles: { rm: "rm" },
      properties: {
        customerId: { type: "string", label: { "zh-CN": "客户号", en: "customer id" } },
        rm: { type: "string", label: { "zh-CN": "客户经理", en: "manager" } },
        assets: { type: "number", scale: 2, unit: "CNY", label: { "zh-CN": "资产", en: "assets" } },
        loans: {
          type: "array", id: "loanId", absent: "none", label: { "zh-CN": "贷款", en: "loans" },
          items: { type: "object", properties: { loanId: { type: "string", label: { "zh-CN": "贷款号", en: "loan id" } }, overdue: { type: "number", scale: 2, unit: "CNY", label: { "zh-CN": "逾期金额", en: "overdue amount" } } } },
        },
      },
    },
  },
  rules: [
    { id: "rich", title: { "zh-CN": "高资产", en: "Rich" }, when: [["assets", ">=", 100]], repeat: "month", then: [{ task: "call" }] },
    { id: "overdue", title: { "zh-CN": "逾期", en: "Overdue" }, forEach: "loans as debt", when: [["debt.overdue", ">", 0]], repeat: "month", then: [{ task: "remind" }] },
  ],
  templates: [{ id: "call", task: { en: { title: "Call", brief: "Now." } } }, { id: "remind", task: { en: { title: "Remind", brief: "Now." } } }],
  policy: { slotsPerDay: { rm: 1 } },
};
const bank = [
  { customerId: "CUSTOMER-01", rm: "M1", assets: 100 },
  { customerId: "CUSTOMER-02", rm: "M1", assets: 200, loans: [{ loanId: "L1", overdue: 5 }] },
  { customerId: "CUSTOMER-03", rm: "M2" },
  { customerId: "CUSTOMER-04", rm: "M2", loans: [{ loanId: "L1" }, { loanId: "L2" }] },
];

let program: Program;
let engine: Engine;
let day: RunFigures;

async function figuresOf(records: readonly unknown[], asOf: string): Promise<RunFigures> {
  const options = { asOf, at: `${asOf}T09:00:00+08:00` };
  const figures = collectFigures(program, options);
  for await (const one of engine.run(records, options)) {
    if ("setAside" in one) figures.setAside(one.setAside[0]?.code ?? "");
    else {
      figures.evaluated(one);
      figures.settled(one.customerId, one.settled, undefined);
    }
  }
  return figures.finish();
}

beforeAll(async () => {
  const loaded = loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([bankingPlugin]) });
  if (!loaded.program) throw new Error(JSON.stringify(loaded.diagnostics));
  program = loaded.program;
  engine = createEngine(program);
  day = await figuresOf([...bank, { customerId: 5 }], "2026-03-01");
});

describe("figures of a run", () => {
  test("count what the summary does not", () => {
    expect(day.summary).toMatchObject({ customers: 4, matches: 3, decisions: 3, setAside: { ID_MUST_BE_STRING: 1 } });
    expect(day.rules).toEqual({
      overdue: { touch: 0, task: expect.any(Number) as number, held: expect.any(Number) as number, merged: expect.any(Number) as number, dropped: 0 },
      rich: { touch: 0, task: expect.any(Number) as number, held: expect.any(Number) as number, merged: expect.any(Number) as number, dropped: 0 },
    });
    // Two customers open for want of assets; one customer for two loans counts once.
    expect(day.missing).toEqual({ assets: 2, "debt.overdue": 1 });
    expect(day.assignees).toEqual({ M1: { role: "rm", tasks: 1 } });
  });

  test("add up to the summary", () => {
    for (const [outcome, count] of Object.entries(day.summary.outcomes)) {
      const reasons = day.reasons[outcome as keyof RunFigures["reasons"]];
      expect(Object.values(reasons).reduce((sum, n) => sum + n, 0)).toBe(count);
      expect(Object.values(day.rules).reduce((sum, rule) => sum + rule[outcome as keyof typeof rule], 0)).toBe(count);
    }
    expect(Object.values(day.assignees).reduce((sum, { tasks }) => sum + tasks, 0)).toBe(day.summary.outcomes.task);
  });
});

function part<K extends ReportPart["kind"]>(report: ReportData, kind: K, id: string): Extract<ReportPart, { kind: K }> {
  const found = report.parts.find((one) => one.kind === kind && one.id === id);
  if (!found) throw new Error(`no ${kind} "${id}"`);
  return found as Extract<ReportPart, { kind: K }>;
}

describe("the report of a run", () => {
  test("shows the funnel, and it never widens", () => {
    const [series] = part(runReport({ program, days: [day] }), "chart", "funnel").series;
    expect(series?.values).toEqual(day.summary.funnel.map(({ count }) => count));
    expect(series?.values.every((value, i, all) => i === 0 || value <= (all[i - 1] ?? 0))).toBe(true);
  });

  test("names missing fields by their labels, those of items too", () => {
    const { rows } = part(runReport({ program, days: [day] }), "table", "missing");
    expect(rows).toEqual([
      [{ "zh-CN": "资产", en: "assets" }, "assets", 2, 0.5],
      [{ "zh-CN": "贷款 · 逾期金额", en: "loans · overdue amount" }, "debt.overdue", 1, 0.25],
    ]);
  });

  test("gives every action its outcome and reason, with shares that add up to one", () => {
    const { rows } = part(runReport({ program, days: [day] }), "table", "reasons");
    expect(rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(day.summary.decisions);
    expect(rows.reduce((sum, row) => sum + Number(row[4]), 0)).toBeCloseTo(1);
  });

  test("of several days has a column for each, of one day none", () => {
    const two = runReport({ program, days: [day, { ...day, summary: { ...day.summary, asOf: "2026-03-02" } }] });
    expect(part(two, "table", "days").columns.map(({ id }) => id)).toEqual(["row", "2026-03-01", "2026-03-02"]);
    expect(runReport({ program, days: [day] }).parts.some(({ id }) => id === "days")).toBe(false);
    expect(part(two, "figures", "figures").figures.find(({ id }) => id === "matches")?.value).toBe(6);
  });

  test("holds no id of a customer, and ids of parts only once", () => {
    const report = runReport({ program, days: [day] });
    expect(JSON.stringify(report)).not.toMatch(/CUSTOMER/);
    expect(part(report, "table", "examples").rows.length).toBeGreaterThan(0);
    expect(new Set(report.parts.map(({ id }) => id)).size).toBe(report.parts.length);
  });

  test("has every text in both languages", () => {
    const lacking: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      const object = value as Record<string, unknown>;
      if ("en" in object || "zh-CN" in object) for (const lang of ["en", "zh-CN"]) if (typeof object[lang] !== "string" || object[lang] === "") lacking.push(`${path}.${lang}`);
      for (const [key, inner] of Object.entries(object)) visit(inner, `${path}.${key}`);
    };
    visit(runReport({ program, days: [day, day] }), "");
    expect(lacking).toEqual([]);
  });

  test("of a bank without customers is a report too", async () => {
    const report = runReport({ program, days: [await figuresOf([], "2026-03-01")] });
    expect(part(report, "figures", "figures").figures.map(({ value }) => value)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(report.parts.map(({ id }) => id)).toEqual(["figures", "funnel", "reasons", "by-rule", "reading"]);
  });
});

test.each([Infinity, 1])("rows of days add their details up (%s rules by name)", (rules) => {
  const groups = dayRows(program, [day, day], { rules });
  for (const { rows } of groups) {
    rows.forEach((row, i) => {
      const details = rows.slice(i + 1).findIndex(({ detail }) => !detail);
      const own = row.detail ? [] : rows.slice(i + 1, details < 0 ? undefined : i + 1 + details);
      if (own.length > 0) expect({ id: row.id, sum: own.reduce((sum, { values }) => sum + (values[0] ?? 0), 0) }).toEqual({ id: row.id, sum: row.values[0] });
    });
  }
  expect(groups.flatMap(({ rows }) => rows).every(({ values }) => values.length === 2)).toBe(true);
});

test.each([["C000123", "C••••23"], ["abc", "•••"], ["12345", "•••••"], ["123456", "1•••56"], ["客户编号一二", "客•••一二"], ["", ""]])("%s is masked as %s", (id, masked) => {
  expect(maskId(id)).toBe(masked);
});
