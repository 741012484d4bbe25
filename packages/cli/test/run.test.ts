import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { ndjson, smallBank } from "./small-pack.js";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.remove());

describe("the files of a run", () => {
  test("hold what the contract says, sorted", async () => {
    expect(await bench.plan("2026-03-01")).toMatchObject({ code: 0 });
    expect(Object.keys(bench.files("out"))).toEqual([
      "decisions.ndjson", "facts.ndjson", "matches.ndjson", "rendered/email.ndjson", "rendered/sms.ndjson", "report.html", "setaside.ndjson", "summary.json",
      "tasks.ndjson", "touches.ndjson", "unknowns.ndjson",
    ]);
    expect(bench.lines("out/matches.ndjson")).toEqual([
      { customerId: "C1", ruleId: "call-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C1", ruleId: "invite-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C1", ruleId: "maturity", subject: "D1", occurrence: "2026-03-08/7", until: "2026-03-06" },
      { customerId: "C10", ruleId: "call-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C10", ruleId: "invite-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C2", ruleId: "call-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C2", ruleId: "invite-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C2", ruleId: "maturity", subject: "D2", occurrence: "2026-03-04/7", until: "2026-03-02" },
      { customerId: "C3", ruleId: "call-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C3", ruleId: "invite-wealthy", subject: "", occurrence: "2026-03", until: "2026-03-31" },
      { customerId: "C4", ruleId: "maturity", subject: "D4", occurrence: "2026-03-03/7", until: "2026-03-01" },
    ]);
    expect(bench.lines("out/facts.ndjson")).toEqual([
      { customerId: "C1", grade: "wealthy" },
      { customerId: "C10", grade: "wealthy" },
      { customerId: "C2", grade: "wealthy" },
      { customerId: "C3", grade: "wealthy" },
      { customerId: "C4", grade: "base" },
      { customerId: "C5", grade: null },
    ]);
    expect(bench.lines("out/unknowns.ndjson")).toEqual([
      { customerId: "C5", ruleId: "call-wealthy", subject: "", missing: ["assets"] },
      { customerId: "C5", ruleId: "invite-wealthy", subject: "", missing: ["assets"] },
      { customerId: "C5", ruleId: "maturity", subject: "D5", missing: ["deposit.maturesOn"] },
    ]);
    expect(Object.keys(bench.lines("out/decisions.ndjson")[0] ?? {}).sort()).toEqual([
      "action", "channel", "class", "clause", "customerId", "engineVersion", "expiresAt", "key", "notBefore", "occurrence", "outcome", "packHash", "reason", "recordHash", "ruleId",
      "subject", "templateVersion", "until",
    ]);
    const touches = bench.lines<{ customerId: string; channel: string; parts: Record<string, string> }>("out/touches.ndjson");
    expect(touches.map(({ customerId, channel }) => `${customerId} ${channel}`)).toEqual(["C1 sms", "C2 email"]);
    expect(bench.lines("out/rendered/sms.ndjson")).toMatchObject([{ to: "+8613800138001", segments: 1, parts: { text: expect.stringContaining("Your deposit D1 matures on") as string } }]);
  });

  test("give each relationship manager no more than there are slots, merged tasks with their lead", async () => {
    await bench.plan("2026-03-01");
    const decisions = bench.lines<{ customerId: string; ruleId: string; outcome: string; reason: string; until: string | null }>("out/decisions.ndjson");
    const ofM1 = decisions.filter(({ customerId, ruleId }) => ["C1", "C2", "C3"].includes(customerId) && ruleId !== "maturity");
    expect(ofM1.filter(({ outcome }) => outcome === "task")).toHaveLength(2);
    expect(ofM1.filter(({ outcome }) => outcome === "merged")).toHaveLength(2);
    const held = ofM1.filter(({ outcome }) => outcome === "held");
    expect(held).toHaveLength(2);
    expect(new Set(held.map(({ customerId, reason, until }) => JSON.stringify([customerId === held[0]?.customerId, reason, until])))).toEqual(new Set(['[true,"RM_SLOTS","2026-03-02"]']));
    expect(decisions.filter(({ customerId, outcome }) => customerId === "C10" && outcome === "task")).toHaveLength(1);
    expect(decisions.find(({ customerId, ruleId }) => customerId === "C4" && ruleId === "maturity")).toMatchObject({ outcome: "dropped", reason: "NO_ADDRESS" });
    expect(bench.lines<{ merged: string[] }>("out/tasks.ndjson").map(({ merged }) => merged.length)).toEqual([1, 1, 1]);
  });

  test("are the same bytes again, whatever the order of the source", async () => {
    await bench.plan("2026-03-01", ["--out", "one"]);
    await bench.plan("2026-03-01", ["--out", "two"]);
    bench.write("turned.ndjson", ndjson([...smallBank].reverse()));
    await bench.plan("2026-03-01", ["--source", "turned.ndjson", "--out", "three"]);
    expect(bench.files("two")).toEqual(bench.files("one"));
    expect(bench.files("three")).toEqual(bench.files("one"));
  });

  test("replace those of an earlier run and leave nothing else behind", async () => {
    bench.write("out/matches.ndjson", "old\n");
    bench.write("out/notes.txt", "mine\n");
    await bench.plan("2026-03-01");
    expect(bench.files("out")["matches.ndjson"]).not.toContain("old");
    expect(bench.files("out")["notes.txt"]).toBe("mine\n");
    expect(Object.keys(bench.files("out")).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("follow parameters of the pack", async () => {
    await bench.plan("2026-03-01", ["--param", "wealthyFrom=499999.99"]);
    expect(bench.lines("out/facts.ndjson")).toContainEqual({ customerId: "C4", grade: "wealthy" });
  });

  test("carry the instant of nine in the morning in the bank's zone, or the one given", async () => {
    const at = (): unknown => (JSON.parse(bench.files("out")["summary.json"] ?? "{}") as { at?: unknown }).at;
    await bench.plan("2026-03-01");
    expect(at()).toBe("2026-03-01T09:00:00+08:00");
    await bench.plan("2026-03-01", ["--at", "2026-03-01T02:30:00Z"]);
    expect(at()).toBe("2026-03-01T10:30:00+08:00");
  });

  test("come from CSV the same, with collections as JSON in a column", async () => {
    const cell = (value: unknown): string => (value === undefined ? "" : typeof value === "object" ? `"${JSON.stringify(value).replaceAll('"', '""')}"` : String(value));
    const names = ["customerId", "phone", "email", "rm", "assets", "deposits", "shoeSize"];
    bench.write("customers.csv", [names.join(","), ...smallBank.map((record) => names.map((name) => cell(record[name])).join(","))].join("\n") + "\n");
    const ended = await bench.plan("2026-03-01", ["--source", "customers.csv", "--out", "csv"]);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain("shoeSize");
    await bench.plan("2026-03-01");
    expect(bench.files("csv")["matches.ndjson"]).toBe(bench.files("out")["matches.ndjson"]);
    expect(bench.files("csv")["touches.ndjson"]).toBe(bench.files("out")["touches.ndjson"]);
  });
});

describe("customers who are set aside", () => {
  test("are listed and counted, without a word of what they hold", async () => {
    bench.write("bad.ndjson", ndjson([
      ...smallBank,
      { customerId: "C6", birthDate: "2026-02-30", phone: "12345" },
      { customerId: "C1", assets: 1 },
      { customerId: 7, assets: 1 },
      { assets: 1 },
    ]));
    expect(await bench.plan("2026-03-01", ["--source", "bad.ndjson"])).toMatchObject({ code: 0 });
    expect(bench.lines("out/setaside.ndjson")).toEqual([
      { row: 10, code: "ID_MISSING", pointer: "/customerId" },
      { row: 9, code: "ID_MUST_BE_STRING", pointer: "/customerId" },
      { row: 8, code: "DUPLICATE_ID", pointer: "/customerId" },
      { row: 7, code: "DATE_INVALID", pointer: "/birthDate" },
      { row: 7, code: "PHONE_INVALID", pointer: "/phone" },
    ]);
    expect(JSON.parse(bench.files("out")["summary.json"] ?? "")).toMatchObject({ customers: 6, setAside: { DATE_INVALID: 1, DUPLICATE_ID: 1, ID_MISSING: 1, ID_MUST_BE_STRING: 1 } });
  });

  test("an id as a number does not take the place of the same id as text", async () => {
    bench.write("bad.ndjson", ndjson([{ customerId: 7, assets: 1 }, { customerId: "7", assets: 600000, rm: "M3" }]));
    await bench.plan("2026-03-01", ["--source", "bad.ndjson"]);
    expect(bench.lines("out/facts.ndjson")).toEqual([{ customerId: "7", grade: "wealthy" }]);
  });
});

describe("what is printed", () => {
  test("a table in the language asked for", async () => {
    const english = await bench.plan("2026-03-01");
    expect(english.stdout).toMatch(/customers\s+6/);
    expect(english.stdout).toMatch(/no task slot left today\s+2/);
    expect(english.stdout).toMatch(/Deposit matures\s+3/);
    const chinese = await bench.plan("2026-03-01", ["--lang", "zh-CN"]);
    expect(chinese.stdout).toMatch(/客户\s+6/);
    expect(chinese.stdout).toMatch(/当日任务名额已满\s+2/);
    expect((await bench.plan("2026-03-01", [], { env: { LANG: "zh_CN.UTF-8" } })).stdout).toMatch(/客户\s+6/);
    expect((await bench.plan("2026-03-01", [], { env: { LC_ALL: "C", LANG: "zh_CN.UTF-8" } })).stdout).toMatch(/customers\s+6/);
  });

  test("colours and progress only on a terminal, colours never under NO_COLOR", async () => {
    const escape = "\u001B[";
    const plain = await bench.plan("2026-03-01");
    expect(plain.stdout + plain.stderr).not.toContain(escape);
    const terminal = await bench.plan("2026-03-01", [], { isTTY: true });
    expect(terminal.stdout).toContain(`${escape}1m`);
    expect((await bench.plan("2026-03-01", [], { isTTY: true, env: { NO_COLOR: "1" } })).stdout).not.toContain(escape);
  });

  test("the summary as JSON, and nothing else on stdout", async () => {
    const { stdout } = await bench.plan("2026-03-01", ["--format", "json"]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(bench.files("out")["summary.json"] ?? ""));
  });
});
