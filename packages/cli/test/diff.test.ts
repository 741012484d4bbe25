import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { ndjson, smallPack } from "./small-pack.js";
import type { DiffResult } from "../src/diff/diff-result.js";

let bench: Bench;

// Two hundred customers of four managers, some without one, some with deposits that mature.
const bank = Array.from({ length: 200 }, (_, i) => ({
  customerId: `C${i}`,
  ...(i % 11 === 0 ? {} : { rm: `M${i % 4}` }),
  ...(i % 3 === 0 ? {} : { phone: `+861380013${String(8000 + i)}` }),
  ...(i % 7 === 0 ? {} : { assets: (i * 37) % 1000 * 1000 }),
  deposits: i % 5 === 0 ? [{ depositId: `D${i}`, maturesOn: `2026-03-${String(3 + (i % 9)).padStart(2, "0")}` }] : [],
}));

const rules = smallPack["rules.json"] as { rules: { id: string }[]; templates: unknown[] };

beforeAll(() => {
  bench = openBench();
  bench.write("bank.ndjson", ndjson(bank));
  for (const [name, json] of Object.entries(smallPack)) {
    bench.write(`other/${name}`, JSON.stringify(json));
    bench.write(`words/${name}`, JSON.stringify(json).replace("To the autumn salon.", "To the spring salon."));
  }
  bench.write("other/rules.json", JSON.stringify({ ...rules, policy: {}, rules: [...rules.rules.filter((rule) => rule.id !== "invite-wealthy"), { id: "call-all", when: [["assets", "isPresent"]], repeat: "year", then: [{ task: "call" }] }] }));
});
afterAll(() => bench.remove());

const day = ["--source", "bank.ndjson", "--as-of", "2026-03-02"];

async function diff(argv: readonly string[]): Promise<DiffResult> {
  const { code, stdout, stderr } = await bench.run(["diff", ...argv, ...day, "--format", "json"]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as DiffResult;
}

interface Row { readonly customerId: string; readonly ruleId: string; readonly subject: string; readonly occurrence: string; readonly action: string; readonly outcome: string; readonly reason: string; readonly key: string }

/** What `run` plans, by identity. */
async function planned(pack: string, params: readonly string[]): Promise<{ all: Map<string, Row>; planned: Map<string, Row>; assignee: Map<string, string> }> {
  expect((await bench.run(["run", pack, ...day, ...params, "--out", "out"])).code).toBe(0);
  const rows = bench.lines<Row>("out/decisions.ndjson");
  const id = (row: Row): string => [row.customerId, row.ruleId, row.subject, row.occurrence, row.action].join("|");
  return {
    all: new Map(rows.map((row) => [id(row), row])),
    planned: new Map(rows.filter((row) => row.outcome === "touch" || row.outcome === "task").map((row) => [id(row), row])),
    assignee: new Map(bench.lines<{ key: string; assignee: string }>("out/tasks.ndjson").map((task) => [task.key, task.assignee])),
  };
}

function tally(rows: readonly Row[]): { touches: number; tasks: number } {
  return { touches: rows.filter((row) => row.outcome === "touch").length, tasks: rows.filter((row) => row.outcome === "task").length };
}

const cases: readonly (readonly [name: string, argv: readonly string[], after: string, params: readonly string[]])[] = [
  ["a parameter", ["pack", "--param", "wealthyFrom=800000"], "pack", ["--param", "wealthyFrom=800000"]],
  ["a parameter the other way", ["pack", "--param", "wealthyFrom=1000"], "pack", ["--param", "wealthyFrom=1000"]],
  ["another pack: a rule less, a rule more, no limits", ["pack", "other"], "other", []],
  ["another pack with a parameter", ["pack", "other", "--param", "wealthyFrom=100000"], "other", ["--param", "wealthyFrom=100000"]],
];

describe("diff says what two runs say", () => {
  it.each(cases)("%s", async (_name, argv, after, params) => {
    const result = await diff(argv);
    const [one, two] = [await planned("pack", []), await planned(after, params)];
    const gained = [...two.planned].filter(([id]) => !one.planned.has(id)).map(([, row]) => row);
    const lost = [...one.planned].filter(([id]) => !two.planned.has(id)).map(([, row]) => row);
    expect(gained.length + lost.length).toBeGreaterThan(3);
    expect(result.totals).toMatchObject({
      customers: 200, setAside: [0, 0], gained: tally(gained), lost: tally(lost),
      touches: [tally([...one.planned.values()]).touches, tally([...two.planned.values()]).touches],
      tasks: [tally([...one.planned.values()]).tasks, tally([...two.planned.values()]).tasks],
    });
    const ruleIds = [...new Set([...gained, ...lost].map((row) => row.ruleId))];
    for (const ruleId of ruleIds) {
      const group = result.byRule.find((found) => found.ruleId === ruleId);
      const of = (rows: readonly Row[]): Row[] => rows.filter((row) => row.ruleId === ruleId);
      expect(group).toMatchObject({ gained: tally(of(gained)), lost: tally(of(lost)) });
      for (const [side, rows] of [["gained", of(gained)], ["lost", of(lost)]] as const) {
        const ids = new Set(rows.map((row) => row.customerId));
        expect(group?.examples[side]).toHaveLength(Math.min(5, ids.size));
        expect(group?.examples[side].every((id) => ids.has(id))).toBe(true);
      }
    }
    const tasksOf = (rows: readonly Row[], people: Map<string, string>, person: string): number => rows.filter((row) => row.outcome === "task" && people.get(row.key) === person).length;
    for (const group of result.byAssignee) {
      expect(group.gained.tasks).toBe(tasksOf(gained, two.assignee, group.assignee));
      expect(group.lost.tasks).toBe(tasksOf(lost, one.assignee, group.assignee));
    }
    for (const group of result.byReason.filter((found) => !/^(RULE|OTHER)_/.test(found.reason))) {
      const other = (rows: readonly Row[], there: Map<string, Row>): Row[] => rows.filter((row) => there.get([row.customerId, row.ruleId, row.subject, row.occurrence, row.action].join("|"))?.reason === group.reason);
      expect(group).toMatchObject({ gained: tally(other(gained, one.all)), lost: tally(other(lost, two.all)) });
    }
  });

  it.each(cases)("%s: every grouping adds up", async (_name, argv) => {
    const { totals, byRule, byAssignee, byReason } = await diff(argv);
    for (const groups of [byRule, byAssignee, byReason]) {
      for (const side of ["gained", "lost", "changed"] as const) {
        for (const form of ["touches", "tasks"] as const) expect(groups.reduce((sum, group) => sum + group[side][form], 0)).toBe(totals[side][form]);
      }
    }
    expect(totals.touches[1] - totals.touches[0]).toBe(totals.gained.touches - totals.lost.touches);
    expect(totals.tasks[1] - totals.tasks[0]).toBe(totals.gained.tasks - totals.lost.tasks);
  });

  it("reasons say whether the rule is there and whether slots were full", async () => {
    const { byReason } = await diff(["pack", "other"]);
    expect(byReason.map((group) => group.reason)).toEqual(expect.arrayContaining(["RULE_ABSENT", "RM_SLOTS"]));
  });

  it("another wording is neither gained nor lost", async () => {
    const { totals, byReason } = await diff(["pack", "words"]);
    expect(totals).toMatchObject({ gained: { touches: 0, tasks: 0 }, lost: { touches: 0, tasks: 0 } });
    expect(totals.changed.tasks).toBeGreaterThan(0);
    expect(byReason.map((group) => group.reason)).toEqual(["OTHER_WORDS"]);
  });

  it("the other way round it is the other way round", async () => {
    const [there, back] = [await diff(["pack", "other"]), await diff(["other", "pack"])];
    expect(back.packs).toEqual([...there.packs].reverse());
    expect(back.totals.gained).toEqual(there.totals.lost);
    expect(back.byRule.map(({ ruleId, gained, lost }) => ({ ruleId, gained: lost, lost: gained }))).toEqual(there.byRule.map(({ ruleId, gained, lost }) => ({ ruleId, gained, lost })));
  });

  it("a pack compared with itself differs in nothing", async () => {
    const result = await diff(["pack", "pack"]);
    expect([result.byRule, result.byAssignee, result.byReason]).toEqual([[], [], []]);
    expect(result.packs[0]).toBe(result.packs[1]);
  });
});

describe("how it is shown", () => {
  const changed = ["diff", "pack", ...day, "--param", "wealthyFrom=800000"];

  it("as a table in both languages, with examples", async () => {
    const en = await bench.run(changed);
    expect(en.stdout).toMatch(/200 customers · 2026-03-02/);
    expect(en.stdout).toMatch(/call-wealthy {2}Call/);
    expect(en.stdout).toMatch(/examples by rule\n {2}call-wealthy {2}\+ C\d+/);
    const zh = await bench.run([...changed, "--lang", "zh-CN"]);
    expect(zh.stdout).toMatch(/按客户经理/);
    expect(zh.stdout).not.toMatch(/gained|by rule/);
  });

  it("as HTML: ids are masked unless they are asked for", async () => {
    const ids = (await diff(["pack", "--param", "wealthyFrom=800000"])).byRule.flatMap((group) => [...group.examples.gained, ...group.examples.lost]);
    const masked = await bench.run([...changed, "--format", "html"]);
    expect(masked.stdout).toMatch(/^<!doctype html>/);
    for (const id of ids) expect(masked.stdout).not.toContain(`${id},`);
    expect(masked.stdout).toContain("•");
    const open = await bench.run([...changed, "--format", "html", "--reveal"]);
    for (const id of ids) expect(open.stdout).toContain(id);
  });

  it("as files, the same bytes every time", async () => {
    await bench.run([...changed, "--out", "d1"]);
    await bench.run([...changed, "--out", "d2"]);
    expect(Object.keys(bench.files("d1"))).toEqual(["diff.html", "diff.json"]);
    expect(bench.files("d1")).toEqual(bench.files("d2"));
    expect(JSON.parse(bench.files("d1")["diff.json"] ?? "")).toEqual(await diff(["pack", "--param", "wealthyFrom=800000"]));
  });

  it("state is read and never written", async () => {
    expect((await bench.run(["run", "pack", ...day, "--state", "state", "--out", "out"])).code).toBe(0);
    const before = bench.files("state");
    const result = await diff(["pack", "--param", "wealthyFrom=800000", "--state", "state"]);
    expect(bench.files("state")).toEqual(before);
    expect(result.totals.touches).toEqual([0, 0]);
    const later = await bench.run(["diff", "pack", "--source", "bank.ndjson", "--as-of", "2026-03-01", "--param", "wealthyFrom=1", "--state", "state"]);
    expect([later.code, later.stderr.includes("STATE_LATER")]).toEqual([2, true]);
  });
});

describe("what cannot be compared", () => {
  it.each<[string, readonly string[], number, string]>([
    ["nothing is changed", ["pack"], 2, "USAGE"],
    ["no customers", ["pack", "other", "--source", "none.ndjson"], 2, "FILE_NOT_FOUND"],
    ["no such pack", ["pack", "nowhere"], 2, "FILE_NOT_FOUND"],
    ["a misspelt parameter", ["pack", "--param", "wealthyFrm=1"], 2, "PARAMETER_UNKNOWN"],
    ["a parameter that is no number", ["pack", "--param", "wealthyFrom=lots"], 1, "TYPE_MISMATCH"],
    ["a pack with errors", ["pack", "broken"], 1, "broken/a.json"],
    ["customers with another id", ["pack", "otherid"], 2, "USAGE"],
  ])("%s", async (_name, argv, code, said) => {
    bench.write("broken/a.json", "{");
    for (const [name, json] of Object.entries(smallPack)) bench.write(`otherid/${name}`, JSON.stringify(json).replaceAll("customerId", "clientId"));
    const result = await bench.run(["diff", ...argv, ...(argv.includes("--source") ? ["--as-of", "2026-03-02"] : day)]);
    expect([result.code, result.stderr.includes(said)]).toEqual([code, true]);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
