import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeAll(() => void (bench = openBench()));
afterAll(() => bench.remove());

interface Field { readonly heading: string; readonly name: string; readonly type: string; readonly format?: string; readonly sensitivity: string }
interface Proposal { readonly idField: string; readonly fields: readonly Field[]; readonly rules: readonly { readonly ruleId: string; readonly matches: number }[]; readonly customers: number; readonly setAside: number }

const read = (name: string): string => readFileSync(bench.path(name), "utf8");
const at = (dir: string, argv: readonly string[]) => bench.run(argv.map((one) => (one === "<pack>" ? `${dir}/pack` : one === "<config>" ? `${dir}/evertend.json` : one)));

let n = 0;
async function propose(csv: string, more: readonly string[] = []): Promise<{ dir: string; file: string; proposal: Proposal }> {
  const dir = `p${++n}`;
  const file = `${dir}.csv`;
  bench.write(file, csv);
  const { code, stdout, stderr } = await bench.run(["init", dir, "--from", file, "--format", "json", ...(more.includes("--as-of") ? [] : ["--as-of", "2026-11-30"]), ...more]);
  expect([code, stderr]).toEqual([0, ""]);
  return { dir, file, proposal: JSON.parse(stdout) as Proposal };
}

/** Checks, tests and runs a proposed project as its README says. */
async function useProject(dir: string, file: string, proposal: Proposal): Promise<void> {
  expect((await at(dir, ["check", "<pack>"])).stdout).toBe("0 errors, 0 warnings\n");
  expect((await at(dir, ["test", "<pack>"])).code).toBe(0);
  expect((await at(dir, ["fmt", "<pack>", "--check"])).code).toBe(0);
  const run = await at(dir, ["run", "<pack>", "--source", file, "--as-of", "2026-11-30", "--out", `${dir}/out`]);
  expect([run.code, run.stderr]).toEqual([0, ""]);
  const counts = new Map<string, number>();
  for (const { ruleId } of bench.lines<{ ruleId: string }>(`${dir}/out/matches.ndjson`)) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(proposal.rules.map((rule) => [rule.ruleId, rule.matches])));
}

describe("a starter project", () => {
  it("passes check, test and fmt, and runs", async () => {
    expect((await bench.run(["init", "starter"])).code).toBe(0);
    expect((await at("starter", ["check", "<pack>"])).stdout).toBe("0 errors, 0 warnings\n");
    expect((await at("starter", ["fmt", "<pack>", "--check"])).code).toBe(0);
    expect((await at("starter", ["test", "<pack>", "--threshold", "100"])).code).toBe(0);
    const run = await bench.run(["run", "--config", "starter/evertend.json", "--as-of", "2026-03-02", "--out", "starter/out"]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(new Set(bench.lines<{ ruleId: string }>("starter/out/matches.ndjson").map((match) => match.ruleId))).toEqual(new Set(["deposit-maturity", "birthday", "idle-balance"]));
    expect(bench.lines("starter/out/touches.ndjson").length).toBeGreaterThan(0);
  });

  it("the commands of its README work, diff shows something", async () => {
    const commands = /```sh\n([\s\S]*?)```/.exec(read("starter/README.md"))?.[1]?.trim().split("\n") ?? [];
    expect(commands).toHaveLength(5);
    for (const command of commands) {
      const argv = command.replace("--out out", "--out starter/out2").split(" ").slice(1);
      const { code, stdout } = await bench.run([...argv, "--config", "starter/evertend.json"]);
      expect([command, code]).toEqual([command, 0]);
      if (argv[0] === "diff") expect(stdout).toMatch(/idle-balance/);
    }
  });

  it("never overwrites without --force, and says all that is there", async () => {
    bench.write("there/pack/rules.json", "mine");
    bench.write("there/README.md", "mine");
    const { code, stderr } = await bench.run(["init", "there"]);
    expect(code).toBe(2);
    expect(stderr.match(/OUTPUT_UNWRITABLE/g)).toHaveLength(2);
    expect(read("there/pack/rules.json")).toBe("mine");
    expect(() => read("there/evertend.json")).toThrow();
    expect((await bench.run(["init", "there", "--force"])).code).toBe(0);
    expect(read("there/pack/rules.json")).not.toBe("mine");
  });

  it("speaks both languages", async () => {
    expect((await bench.run(["init", "zh", "--lang", "zh-CN"])).stdout).toContain("接下来：");
    expect((await bench.run(["init", "en"])).stdout).toContain("Next:");
  });

  it("a file where a folder should be is said", async () => {
    bench.write("plain", "x");
    const { code, stderr } = await bench.run(["init", "plain"]);
    expect([code, stderr.includes("OUTPUT_UNWRITABLE")]).toEqual([2, true]);
  });
});

const day = (year: number, i: number): string => `${year}-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`;

const chinese = ["客户号,姓名,手机号,身份证号,出生日期,账户余额（元）,客户等级,到期日,最近联系日期,签约,邮编,客户经理工号"].concat(
  Array.from({ length: 240 }, (_, i) => [10000 + i, `示例${i}`, i % 4 === 0 ? "" : `1380013${8000 + i}`, `1101011980010${i % 10}${1000 + i}`, day(1950 + (i % 50), i), (i * 1234.5).toFixed(2), ["金", "银", "铜"][i % 3], i % 3 === 0 ? day(2026, 11 + i % 2) : "", `2025-0${1 + (i % 9)}-11`, i % 4 === 0 ? "true" : "false", `10${1000 + i % 7}`, `M${i % 5}`].join(",")),
).join("\n") + "\n";

describe("a project from a CSV file", () => {
  it("Chinese headings become labels, with ASCII names, types and sensitivity", async () => {
    const { dir, file, proposal } = await propose(chinese);
    expect(proposal.fields.map(({ heading, name, type, format, sensitivity }) => [heading, name, format ?? type, sensitivity])).toEqual([
      ["客户号", "customerId", "string", "internal"],
      ["姓名", "name", "string", "personal"],
      ["手机号", "phone", "string", "personal"],
      ["身份证号", "idNumber", "string", "restricted"],
      ["出生日期", "birthDate", "date", "personal"],
      ["账户余额（元）", "balance", "number", "internal"],
      ["客户等级", "customerLevel", "string", "internal"],
      ["到期日", "maturityDate", "date", "internal"],
      ["最近联系日期", "lastContactOn", "date", "internal"],
      ["签约", "field10", "boolean", "internal"],
      ["邮编", "field11", "string", "internal"],
      ["客户经理工号", "rm.id", "string", "internal"],
    ]);
    expect(proposal).toMatchObject({ idField: "customerId", customers: 240, setAside: 0 });
    expect(proposal.rules.map((rule) => rule.ruleId)).toEqual(["top-balance", "birthday-soon", "complete-phone"]);
    const { model } = JSON.parse(read(`${dir}/pack/model.json`)) as { model: { entity: { properties: Record<string, object>; roles: object } } };
    expect(model.entity.roles).toEqual({ rm: "rm.id", name: "name" });
    expect(model.entity.properties["balance"]).toEqual({ type: "number", scale: 2, label: { "zh-CN": "账户余额（元）", en: "balance" }, unit: "CNY" });
    expect(model.entity.properties["customerLevel"]).toMatchObject({ enum: ["金", "铜", "银"].sort() });
    expect(model.entity.properties["maturityDate"]).toMatchObject({ absent: "none" });
    expect(proposal.rules[0]?.matches).toBe(24);
    expect(proposal.rules[2]?.matches).toBe(60);
    await useProject(dir, file, proposal);
    expect(bench.lines(`${dir}/out/tasks.ndjson`).length).toBeGreaterThan(0);
  });

  it("nothing of the customers is copied into the project", async () => {
    const { dir } = await propose(chinese);
    const files = Object.entries(bench.files(dir)).map(([, text]) => text).join("\n");
    expect(files).not.toMatch(/示例\d|1380013|110101198/);
  });

  it.each<[string, string, readonly (readonly string[])[], readonly string[]]>([
    [
      "English headings, semicolons, CRLF and a byte order mark",
      "\uFEFFCustomer ID;Full Name;e-mail;age;balance;joined\r\n" + Array.from({ length: 40 }, (_, i) => `C${i};${i % 5 === 0 ? ";" : `N${i};n${i}@example.com`};${20 + i};${i * 10};2020-01-0${1 + (i % 9)}\r\n`).join(""),
      [["customerId", "string"], ["name", "string"], ["email", "email"], ["age", "integer"], ["balance", "number"], ["joined", "date"]],
      ["top-balance", "long-ago-joined", "complete-name"],
    ],
    ["headings that are names stay", "customerId,assets.total,isVip\nA,10.5,true\nB,20,false\n", [["customerId", "string"], ["assets.total", "number"], ["isVip", "boolean"]], ["top-assets-total", "of-is-vip", "yearly-talk"]],
    ["nothing but ids", "id\nA\nB\n", [["id", "string"]], ["yearly-talk", "quarterly-review", "first-contact"]],
    ["instants and lists", 'id,seen,tags\n1,2026-01-01T00:00:00Z,"[""a"",""b""]"\n2,,\n', [["id", "string"], ["seen", "date-time"], ["tags", "array"]], ["complete-seen", "complete-tags", "yearly-talk"]],
    [
      "headings that cannot be names", 'id,__proto__,"{{x}}",a,a.b,constructor,product,<b>,姓名,name\n1,2,3,4,5,6,7,8,x,y\n2,2,3,4,5,6,7,9,x,z\n',
      [["id", "string"], ["proto", "integer"], ["x", "integer"], ["a", "integer"], ["aB", "integer"], ["field6", "integer"], ["productName", "integer"], ["b", "integer"], ["name2", "string"], ["name", "string"]],
      ["top-b", "yearly-talk", "quarterly-review"],
    ],
    ["numbers that are none: leading zeros, thousands, too many digits", 'id,a,b,c\n1,007,"1,000",12345678901234567890\n2,008,"2,000",12345678901234567891\n', [["id", "string"], ["a", "string"], ["b", "string"], ["c", "string"]], ["yearly-talk", "quarterly-review", "first-contact"]],
    ["dates that do not exist stay text", "id,d\n1,2026-02-30\n2,2026-02-28\n", [["id", "string"], ["d", "string"]], ["yearly-talk", "quarterly-review", "first-contact"]],
  ])("%s", async (_name, csv, fields, rules) => {
    const { dir, file, proposal } = await propose(csv);
    expect(proposal.fields.map(({ name, type, format }) => [name, format ?? type])).toEqual(fields);
    expect(proposal.rules.map((rule) => rule.ruleId)).toEqual(rules);
    expect(proposal.setAside).toBe(0);
    await useProject(dir, file, proposal);
  });

  it.each<[string, readonly string[], string]>([
    ["citizen ids by their shape", ["11010119800101123X", "110101198001011231"], "restricted"],
    ["card numbers by their check digit", ["4111111111111111", "5500005555555559"], "restricted"],
    ["mobile phones by their shape", ["13800138000", "138-0013-8001"], "personal"],
    ["mailboxes by their shape", ["a@example.com", "b@example.com"], "personal"],
    ["plain words", ["x", "y"], "internal"],
  ])("%s", async (_name, values, expected) => {
    const { proposal } = await propose(`id,thing\n${values.map((value, i) => `C${i},${value}`).join("\n")}\n`);
    expect(proposal.fields[1]).toMatchObject({ type: "string", sensitivity: expected });
  });

  it("birthdays are looked for as far ahead as it takes to have one on any day", async () => {
    const birthdays = (count: number): string => `id,birthDate\n${Array.from({ length: count }, (_, i) => {
      const inYear = Math.floor((i * 365) / count);
      return `C${i},${1950 + (i % 40)}-${String(1 + Math.floor(inYear / 31)).padStart(2, "0")}-${String(1 + (inYear % 28)).padStart(2, "0")}`;
    }).join("\n")}\n`;
    for (const [count, most] of [[300, 14], [12, 60], [2, 365]] as const) {
      const { dir } = await propose(birthdays(count));
      const { parameters } = JSON.parse(read(`${dir}/pack/parameters.json`)) as { parameters: { birthdayDaysAhead: { value: number } } };
      expect(parameters.birthdayDaysAhead.value).toBeLessThanOrEqual(most);
      for (const asOf of ["2026-01-01", "2026-02-28", "2026-07-15", "2026-12-31"]) {
        expect((await bench.run(["run", `${dir}/pack`, "--source", `${dir}.csv`, "--as-of", asOf, "--out", `${dir}/out`])).code).toBe(0);
        expect(bench.lines<{ ruleId: string }>(`${dir}/out/matches.ndjson`).filter((match) => match.ruleId === "birthday-soon").length).toBeGreaterThan(0);
      }
    }
  });

  it("no choices are proposed from a part of the file only", async () => {
    const rows = Array.from({ length: 10_050 }, (_, i) => `C${i},${i < 10_040 ? "a" : "z"},${i}`).join("\n");
    const { proposal, dir } = await propose(`id,kind,n\n${rows}\n`);
    expect(proposal).toMatchObject({ customers: 10_050, setAside: 0 });
    expect(read(`${dir}/pack/model.json`)).not.toContain("enum");
  });

  it.each<[string, string | Buffer, readonly string[], string]>([
    ["no column that identifies", "a,b\n1,2\n1,2\n", [], "ID_MISSING"],
    ["no rows", "id,name\n", [], "SOURCE_INVALID"],
    ["nothing at all", "", [], "SOURCE_INVALID"],
    ["a column without a name", "id,\n1,2\n", [], "SOURCE_INVALID"],
    ["a column twice", "id,a,A\n1,2,3\n", [], "SOURCE_INVALID"],
    ["a row that is too short", "id,a\n1\n", [], "SOURCE_INVALID"],
    ["a file that is cut off", 'id,a\n1,"x', [], "SOURCE_TRUNCATED"],
    ["no such zone", "id\n1\n", ["--zone", "Mars/Base"], "ZONE_UNKNOWN"],
    ["no such day", "id\n1\n", ["--as-of", "2026-02-30"], "AS_OF_INVALID"],
    ["no such currency", "id\n1\n", ["--currency", "yuan"], "USAGE"],
  ])("%s ends with 2: nothing is written", async (_name, csv, more, expected) => {
    bench.write("bad.csv", csv.toString());
    const { code, stderr } = await bench.run(["init", "bad", "--from", "bad.csv", ...more]);
    expect([code, stderr.includes(expected)]).toEqual([2, true]);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(() => read("bad/evertend.json")).toThrow();
  });

  it("files that are no CSV are refused", async () => {
    for (const name of ["customers.ndjson", "nowhere.csv"]) expect((await bench.run(["init", "bad", "--from", name])).code).toBe(2);
  });

  it("tells people what it found, in both languages", async () => {
    bench.write("zh.csv", chinese);
    const zh = await bench.run(["init", "told-zh", "--from", "zh.csv", "--as-of", "2026-11-30", "--lang", "zh-CN"]);
    expect(zh.stdout).toMatch(/账户余额（元） {2}balance +number, scale 2/);
    expect(zh.stdout).toMatch(/top-balance {2}账户余额（元）居前的客户 +24 +240/);
    bench.write("no-rm.csv", "id\nA\n");
    expect((await bench.run(["init", "told-en", "--from", "no-rm.csv"])).stdout).toContain("No column names a relationship manager");
  });
});
