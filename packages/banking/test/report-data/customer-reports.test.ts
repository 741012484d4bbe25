import { customerReports, sampleBankAsOf } from "@evertend/banking";
import { formatDay, parseDay, type Cell, type CustomerState, type ReportData, type ReportTable } from "@evertend/core";
import { beforeAll, describe, expect, it } from "vitest";
import { bank, managers, sampleReports, type SampleReports } from "./reports-of-sample-bank.js";

type Json = Readonly<Record<string, unknown>>;

let masked: SampleReports;
let shown: SampleReports;

beforeAll(async () => {
  masked = await sampleReports("zh-CN", false);
  shown = await sampleReports("en", true);
}, 120_000);

function table(data: ReportData, id: string): ReportTable {
  const found = data.parts.find((part): part is ReportTable => part.kind === "table" && part.id === id);
  if (!found) throw new Error(`no table "${id}"`);
  return found;
}

function figure(data: ReportData, id: string): number | string | undefined {
  for (const part of data.parts) if (part.kind === "figures") return part.figures.find((one) => one.id === id)?.value;
  return undefined;
}

const english = (cell: Cell | undefined): unknown => (typeof cell === "object" && cell !== null ? cell.en : cell);
const listOf = (record: Json, name: string): readonly Json[] => (record[name] as readonly Json[] | undefined) ?? [];
const ofManager = (id: string): readonly Json[] => bank.filter((record) => (record["rm"] as Json)["id"] === id);
/** Records that a run would set aside are in no report. */
const usable = (records: readonly Json[]): readonly Json[] => records.filter((record) => masked.customers.some(({ id }) => id === record["customerId"]));

describe("what identifies people", () => {
  it("is in no report unless it is asked for", () => {
    const secrets = new Set<string>();
    for (const record of bank) {
      for (const name of ["customerId", "name", "phone", "email", "address"]) if (typeof record[name] === "string" && record[name].length > 1) secrets.add(record[name]);
      if (typeof record["phone"] === "string" && record["phone"].startsWith("+86")) secrets.add(record["phone"].slice(3));
      const rm = record["rm"] as Json;
      secrets.add(rm["name"] as string).add(rm["phone"] as string);
      for (const member of listOf(record, "family")) secrets.add(member["name"] as string);
    }
    expect(secrets.size).toBeGreaterThan(2000);
    const reports = masked.all();
    expect(new Set(reports.map(({ name }) => name))).toEqual(new Set(customerReports.map(({ name }) => name)));
    const found = reports.flatMap(({ name, data }) => {
      const text = JSON.stringify(data);
      return [...secrets].filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`);
    });
    expect(found).toEqual([]);
  });

  it("is there with reveal", () => {
    const list = JSON.stringify(shown.report("customer-list", "M004"));
    for (const record of usable(ofManager("M004"))) expect(list).toContain(record["customerId"]);
    expect(JSON.stringify(shown.report("brief", "M004"))).toMatch(/\+861990000\d{4}/);
  });
});

describe("reports of a manager", () => {
  it("brief: a card for each customer with a task, at most the slots of a day", () => {
    for (const rm of managers) {
      const data = shown.report("brief", rm);
      const withTask = shown.customers.filter(({ tasks }) => tasks.some(({ task }) => task.assignee === rm));
      expect(figure(data, "customers")).toBe(withTask.length);
      expect(figure(data, "tasks")).toBe(withTask.flatMap(({ tasks }) => tasks).filter(({ task }) => task.assignee === rm).length);
      expect(figure(data, "tasks")).toBeLessThanOrEqual(8);
    }
  });

  it("work plan: the same tasks as the brief", () => {
    for (const rm of managers) {
      expect(table(shown.report("work-plan", rm), "tasks").rows).toHaveLength(figure(shown.report("brief", rm), "tasks") as number);
    }
  });

  it("customer list: everybody once in people and assets, the largest first; sums of holdings by class", () => {
    const data = shown.report("customer-list", "M004");
    const records = usable(ofManager("M004"));
    expect(table(data, "people").rows.map((row) => row[1]).sort()).toEqual(records.map((record) => record["customerId"]).sort());
    const totals = table(data, "assets").rows.map((row) => row[2] as number);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    for (const row of table(data, "assets").rows) {
      const record = records.find(({ customerId }) => customerId === row[1]) as Json;
      const cents = [...listOf(record, "holdings"), ...listOf(record, "otherAssets")].reduce((sum, item) => sum + Math.round(((item["balance"] ?? item["value"]) as number) * 100), 0);
      expect(Math.round(row.slice(3, 10).reduce<number>((sum, cell) => sum + Math.round(((cell as number | null) ?? 0) * 100), 0))).toBe(cents);
    }
  });

  it("insurance: every policy, and nobody is said to be covered whose policies do not say so", () => {
    const data = shown.report("insurance", "M004");
    const records = usable(ofManager("M004"));
    expect(table(data, "policies").rows).toHaveLength(records.flatMap((record) => listOf(record, "policies")).length);
    for (const row of table(data, "families").rows) {
      const policies = listOf(records.find(({ customerId }) => customerId === row[1]) as Json, "policies");
      if (english(row[7]) === "covered") expect(policies.some((policy) => policy["coversCriticalIllness"] === true)).toBe(true);
      if (english(row[7]) === "not covered") expect(policies.some((policy) => policy["coversCriticalIllness"] === true)).toBe(false);
    }
  });

  it("greetings: all birthdays and anniversaries of the month, and no greeting against a refusal", () => {
    for (const rm of managers) {
      const records = usable(ofManager(rm));
      const inSeptember = (date: unknown): boolean => typeof date === "string" && date.slice(5, 7) === "09";
      const expected = records.reduce((sum, record) => sum + Number(inSeptember(record["birthDate"])) + listOf(record, "anniversaries").filter((one) => inSeptember(one["date"])).length, 0);
      const { rows } = table(shown.report("greetings", rm), "greetings");
      expect(rows).toHaveLength(expected);
      for (const row of rows) {
        const record = records.find(({ customerId }) => customerId === row[2]) as Json;
        const status = listOf(record, "consents").find((consent) => consent["purpose"] === "greeting")?.["status"];
        if (english(row[4]) === "greet") expect(status).toBe("granted");
        if (english(row[4]) === "ask first") expect(status).toBeUndefined();
      }
      const festivals = table(shown.report("greetings", rm), "festivals").rows;
      expect(festivals.map((row) => [row[0], english(row[1])])).toEqual([["2026-09-25", "Mid-Autumn"]]);
      expect((festivals[0] as number[]).slice(2).reduce((a, b) => a + b)).toBe(records.length);
    }
  });

  it("calendar: a mark for each contact of the month, a note for each mark that has a number", () => {
    const codes: Json = { phone: "T", email: "E", meeting: "M", sms: "S", branch: "B" };
    for (const rm of managers) {
      const data = shown.report("contact-calendar", rm);
      const contacts = usable(ofManager(rm)).flatMap((record) => listOf(record, "contactLog")).filter((one) => (one["date"] as string).startsWith("2026-09") && (one["date"] as string) <= sampleBankAsOf);
      const marks = table(data, "calendar").rows.flatMap((row) => row.slice(2)).flatMap((cell) => (cell as string).split(" ").filter((mark) => mark !== ""));
      expect(marks.map((mark) => mark.charAt(0)).sort()).toEqual(contacts.map((one) => codes[one["channel"] as string]).sort());
      const notes = contacts.filter((one) => one["note"] !== undefined);
      expect(marks.filter((mark) => mark.length > 1)).toHaveLength(notes.length);
      expect(table(data, "notes").rows.map((row) => row[3]).sort()).toEqual(notes.map((one) => one["note"]).sort());
      expect(table(data, "calendar").columns).toHaveLength(32);
    }
  });

  it("due soon: days by hand", () => {
    const day = parseDay(sampleBankAsOf) as number;
    for (const row of table(shown.report("due-soon", "M004"), "due").rows) {
      const record = bank.find(({ customerId }) => customerId === row[1]) as Json;
      const talks = listOf(record, "contactLog").filter((one) => ["phone", "meeting"].includes(one["channel"] as string) && one["outcome"] !== "not-reached").map((one) => one["date"] as string).sort();
      const from = talks.at(-1) ?? (record["customerSince"] as string);
      expect(row[4]).toBe(talks.at(-1) ?? null);
      expect(row[6]).toBe(formatDay((parseDay(from) as number) + (row[5] as number)));
      expect(parseDay(row[6] as string) as number).toBeLessThanOrEqual(day + 14);
    }
    expect(table(shown.report("due-soon", "M004"), "due").rows.length).toBeGreaterThan(3);
  });

  it("day log: contacts of the day, those without a note told", () => {
    for (const rm of managers) {
      const data = shown.report("day-log", rm);
      const contacts = usable(ofManager(rm)).flatMap((record) => listOf(record, "contactLog")).filter((one) => one["date"] === sampleBankAsOf);
      expect(figure(data, "contacts")).toBe(contacts.length);
      expect(figure(data, "open")).toBe(contacts.filter((one) => ["phone", "meeting"].includes(one["channel"] as string) && one["note"] === undefined).length);
    }
  });

  it("missing fields: those that the record lacks", () => {
    const data = shown.report("missing-fields", "M007");
    const lacking = usable(ofManager("M007")).filter((record) => record["phone"] === undefined).length;
    const rows = table(data, "customers").rows.filter((row) => String(english(row[4])).split(", ").includes("mobile phone"));
    expect(rows).toHaveLength(lacking);
    expect(lacking).toBeGreaterThan(0);
  });

  it("plans: their steps, late ones first", () => {
    const plans = usable(bank).flatMap((record) => listOf(record, "plans"));
    const ids = [...new Set(bank.map((record) => (record["rm"] as Json)["id"] as string))];
    const rows = ids.flatMap((rm) => table(shown.report("plan-progress", rm), "plans").rows);
    expect(rows).toHaveLength(plans.length);
    const late = plans.filter((plan) => plan["status"] === "open" && plan["reviewOn"] !== undefined && (plan["reviewOn"] as string) < sampleBankAsOf);
    expect(rows.filter((row) => english(row[10]) === "check is overdue")).toHaveLength(late.length);
    expect(plans.length).toBeGreaterThan(3);
  });
});

describe("sheets of a customer", () => {
  it("asset review: the pie is all assets, the columns are the reviews and today", () => {
    const customer = shown.customers.find(({ record }) => record.items("reviews").filter((review) => review.number("total") !== undefined).length > 2 && record.items("otherAssets").length > 0);
    if (!customer) throw new Error("nobody to show");
    const record = bank.find(({ customerId }) => customerId === customer.id) as Json;
    const data = shown.report("asset-review", customer.id);
    const [pie, bars] = data.parts.filter((part) => part.kind === "chart");
    const cents = [...listOf(record, "holdings"), ...listOf(record, "otherAssets")].reduce((sum, item) => sum + Math.round(((item["balance"] ?? item["value"]) as number) * 100), 0);
    expect(pie?.chart).toBe("pie");
    expect(Math.round((pie?.series[0]?.values ?? []).reduce((a, b) => a + b, 0) * 100)).toBe(cents);
    const reviews = listOf(record, "reviews").filter((review) => review["total"] !== undefined).map((review) => review["date"] as string).sort();
    expect(bars?.categories.map(({ en }) => en)).toEqual([...reviews, sampleBankAsOf]);
    expect(bars?.series[0]?.values.at(-1)).toBe((record["assets"] as Json)["total"]);
  });

  it("visit brief: six things to prepare, five to talk about", () => {
    const customer = shown.customers.find(({ record }) => record.items("appointments").length > 0);
    const data = shown.report("visit-brief", customer?.id ?? "");
    const lists = data.parts.flatMap((part) => (part.kind === "cards" && part.id === "checklist" ? part.cards.map((card) => card.choices?.length) : []));
    expect(lists).toEqual([6, 5]);
    expect(JSON.stringify(data)).toContain("贵宾室");
  });
});

describe("reports of the bank", () => {
  it("concentration: the share of the top tenth by plain sorting", () => {
    const totals = usable(bank).map((record) => (record["assets"] as Json)["total"] as number).sort((a, b) => b - a);
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const share = sum(totals.slice(0, Math.ceil(totals.length / 10))) / sum(totals);
    const row = table(shown.report("concentration"), "shares").rows.find(([top]) => top === 0.1);
    expect(row?.[3]).toBeCloseTo(share, 9);
    expect(figure(shown.report("concentration"), "top10")).toBe(`${(Math.round(share * 1000) / 10).toFixed(1)}%`);
  });

  it("classes: each customer once in every distribution; tiers that moved are told", async () => {
    const data = shown.report("classes");
    for (const part of data.parts) if (part.kind === "chart") expect(part.series[0]?.values.reduce((a, b) => a + b, 0)).toBe(shown.customers.length);
    expect(data.parts.some(({ id }) => id === "no-migration")).toBe(true);
    const [one] = shown.customers.filter(({ factText }) => factText("tier") === "silver");
    const state: CustomerState = { customerId: one?.id ?? "", asOf: "2026-09-20", lastFacts: { tier: "base" }, episodes: {}, keys: {}, contacts: [], openTasks: [] };
    const { report } = await sampleReports("en", false, new Map([[state.customerId, state]]));
    const migration = table(report("classes"), "migration");
    const from = migration.rows.find((row) => english(row[0]) === "Standard");
    expect(from?.[migration.columns.findIndex(({ id }) => id === "silver")]).toBe(1);
    expect(migration.note?.en).toContain("1 moved up, 0 down");
  });

  it("neglect: late and not late are all; by class as by manager", () => {
    const data = shown.report("neglect");
    const sums = (id: string, from: number): number[] => table(data, id).rows.reduce<number[]>((all, row) => all.map((sum, i) => sum + (row[from + i] as number)), [0, 0, 0, 0]);
    expect(sums("class-table", 1)).toEqual(sums("managers", 2));
    expect(sums("managers", 2).reduce((a, b) => a + b)).toBe(figure(data, "customers"));
  });

  it("products: the average over all", () => {
    const counts = usable(bank).map((record) => ["holdings", "loans", "cards", "policies"].reduce((sum, name) => sum + listOf(record, name).length, 0));
    expect(figure(shown.report("products"), "average")).toBe((counts.reduce((a, b) => a + b, 0) / counts.length).toFixed(2));
  });

  it("complaints: in time is three working days, counted by hand over weekends", () => {
    const worked = (day: number): boolean => ![0, 6].includes(new Date(day * 86_400_000).getUTCDay());
    let inTime = 0;
    let judged = 0;
    for (const complaint of usable(bank).flatMap((record) => listOf(record, "complaints"))) {
      let due = parseDay(complaint["receivedOn"] as string) as number;
      for (let left = 3; left > 0;) if (worked(++due)) left--;
      const replied = complaint["repliedOn"] as string | undefined;
      if (replied === undefined && sampleBankAsOf <= formatDay(due)) continue;
      judged++;
      if (replied !== undefined && replied <= formatDay(due)) inTime++;
    }
    expect(judged).toBeGreaterThan(5);
    expect(figure(shown.report("complaints"), "rate")).toBe(`${(Math.round((inTime / judged) * 1000) / 10).toFixed(1)}%`);
  });
});

describe("all reports", () => {
  it("have a name of their own, a question in both languages, and rows that they cover", () => {
    expect(new Set(customerReports.map(({ name }) => name)).size).toBe(customerReports.length);
    for (const { answers, covers, title } of customerReports) {
      for (const text of [answers["zh-CN"], answers.en, title["zh-CN"], title.en]) expect(text).not.toBe("");
      for (const id of covers) expect(id).toMatch(/^S\d{2,3}$/);
    }
  });

  it("of the bank do not hang on the order of customers, nor those of a manager", async () => {
    const turned = await sampleReports("en", true, new Map(), "turned");
    for (const { name, per } of customerReports.filter((report) => report.per !== "customer")) {
      const id = per === "rm" ? "M004" : undefined;
      expect(JSON.stringify(turned.report(name, id)), name).toBe(JSON.stringify(shown.report(name, id)));
    }
  });
});
