import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBench, type Bench, type Ended } from "./command-bench.js";

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

const forecast = (more: readonly string[] = []): Promise<Ended> => bench.run(["forecast", "pack", "--source", "customers.ndjson", "--as-of", "2026-03-01", "--out", "ahead", ...more]);

interface Day { readonly asOf: string; readonly customers: number; readonly touches: Record<string, number>; readonly tasks: Record<string, number>; readonly held: number }

describe("forecast", () => {
  it("writes a line a day, a line a day and person, the totals and a report", async () => {
    const ended = await forecast(["--days", "40", "--format", "json"]);
    expect([ended.code, ended.stderr]).toEqual([0, ""]);
    const days = bench.lines<Day>("ahead/days.ndjson");
    expect(days.length).toBe(40);
    // C1, C2 and C3 of M1 and C10 of M2 are wealthy: two reasons each, one task. M1 does two a day, so one customer's two wait.
    expect(days.slice(0, 4).map(({ tasks, held }) => [tasks["rm"] ?? 0, held])).toEqual([[3, 2], [1, 0], [0, 0], [0, 0]]);
    expect(days.flatMap(({ asOf, touches }) => Object.entries(touches).map(([channel, count]) => `${asOf} ${channel} ${count}`))).toEqual([
      "2026-03-01 email 1", "2026-03-01 sms 1", "2026-03-03 email 1", "2026-03-07 sms 1",
    ]);
    // A month later the same is due again.
    expect(days.find(({ asOf }) => asOf === "2026-04-01")?.tasks).toEqual({ rm: 3 });
    expect(bench.lines("ahead/load.ndjson").slice(0, 3)).toEqual([
      { asOf: "2026-03-01", assignee: "M1", role: "rm", tasks: 2 },
      { asOf: "2026-03-01", assignee: "M2", role: "rm", tasks: 1 },
      { asOf: "2026-03-02", assignee: "M1", role: "rm", tasks: 1 },
    ]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ packId: "small", from: "2026-03-01", to: "2026-04-09", days: 40, touches: 4, tasks: 8 });
    expect(bench.files("ahead")["forecast.json"]).toBe(ended.stdout);
    const report = bench.files("ahead")["report.html"] ?? "";
    expect(report).toContain("Messages by week");
    expect(report).toContain("每周消息");
    // Reports name no customer.
    expect(report).not.toMatch(/\bC10\b/);
  });

  it("looks only at who is due after the first day", async () => {
    await forecast(["--days", "10"]);
    const looks = bench.lines<Day>("ahead/days.ndjson").map(({ customers }) => customers);
    expect(looks[0]).toBe(6);
    expect(looks.at(-1)).toBe(0);
  });

  it("goes on from a state without changing it, and gives the same bytes again", async () => {
    await bench.plan("2026-03-01", ["--state", "state"]);
    const before = bench.files("state");
    expect((await forecast(["--days", "5", "--state", "state"])).code).toBe(0);
    const written = bench.files("ahead");
    // All that the first run planned is planned already, and its slots are taken.
    expect(bench.lines<Day>("ahead/days.ndjson")[0]).toMatchObject({ touches: {}, tasks: {} });
    await forecast(["--days", "5", "--state", "state"]);
    expect(bench.files("ahead")).toEqual(written);
    expect(bench.files("state")).toEqual(before);
  });

  it("speaks Chinese", async () => {
    const ended = await forecast(["--days", "3", "--lang", "zh-CN"]);
    expect(ended.stdout).toContain("消息");
    expect(ended.stdout).not.toContain("messages");
  });

  it.each([["0"], ["-1"], ["1.5"], ["3661"], ["many"]])("refuses --days %s", async (days) => {
    const ended = await forecast([`--days=${days}`]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("USAGE")]);
  });

  it("refuses a state of a later day", async () => {
    await bench.plan("2026-03-02", ["--state", "state"]);
    const ended = await forecast(["--state", "state"]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("STATE_LATER")]);
  });
});
