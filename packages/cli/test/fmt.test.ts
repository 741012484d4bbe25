import { readFileSync, statSync, chmodSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeAll(() => void (bench = openBench()));
afterAll(() => bench.remove());

const messy = '{"rules":[{"when":{"all":[{"fact":"age","operator":"greaterThan","value":60}]},"id":"senior"}]}';
const short = '{\n  "rules": [\n    {\n      "id": "senior",\n      "when": [["age", ">", 60]]\n    }\n  ]\n}\n';
const read = (name: string): string => readFileSync(bench.path(name), "utf8");

describe("fmt", () => {
  it("writes all files of a folder, once; --check then has nothing to say", async () => {
    bench.write("f/a.json", messy);
    bench.write("f/sub/b.json", short);
    const check = await bench.run(["fmt", "f", "--check"]);
    expect([check.code, check.stdout]).toEqual([1, "a.json\n1 of 2 files is not formatted\n".replace(" is ", " are ")]);
    expect(read("f/a.json")).toBe(messy);
    const wrote = await bench.run(["fmt", "f"]);
    expect([wrote.code, wrote.stdout]).toEqual([0, "a.json\n2 files, 1 rewritten\n"]);
    expect(read("f/a.json")).toBe(short);
    expect((await bench.run(["fmt", "f", "--check"])).code).toBe(0);
    expect((await bench.run(["fmt", "f", "--lang", "zh-CN"])).stdout).toBe("2 个文件，改写了 0 个\n");
  });

  it("writes the long form and back, and one file alone", async () => {
    bench.write("g/a.json", short);
    bench.write("g/b.json", messy);
    expect((await bench.run(["fmt", "g/a.json", "--form", "long"])).code).toBe(0);
    expect(read("g/a.json")).toContain('"operator": "greaterThan"');
    expect(read("g/b.json")).toBe(messy);
    await bench.run(["fmt", "g/a.json"]);
    expect(read("g/a.json")).toBe(short);
  });

  it("leaves a file with wrong JSON as it is, writes the others, and ends with 1", async () => {
    bench.write("h/a.json", '{"rules": [}');
    bench.write("h/b.json", messy);
    const { code, stdout } = await bench.run(["fmt", "h", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ file: "b.json", changed: true }], diagnostics: [{ code: "JSON_SYNTAX", file: "a.json" }] });
    expect(read("h/a.json")).toBe('{"rules": [}');
    expect(read("h/b.json")).toBe(short);
  });

  it("does not write back bytes that it could not read", async () => {
    const bytes = Buffer.concat([Buffer.from('{"rules": [], "x": "'), Buffer.from([0xc4, 0xe3]), Buffer.from('"}')]);
    bench.write("i/a.json", "");
    writeFileSync(bench.path("i/a.json"), bytes);
    const { code, stderr } = await bench.run(["fmt", "i"]);
    expect(code).toBe(1);
    expect(stderr).toContain("TEXT_INVALID");
    expect(readFileSync(bench.path("i/a.json")).equals(bytes)).toBe(true);
  });

  it("keeps the mode of a file", async () => {
    chmodSync(bench.write("j/a.json", messy), 0o640);
    await bench.run(["fmt", "j"]);
    expect(statSync(bench.path("j/a.json")).mode & 0o777).toBe(0o640);
  });

  it.each([[["fmt", "nowhere"], "FILE_NOT_FOUND"], [["fmt"], "USAGE"], [["fmt", "pack", "--form", "tall"], "USAGE"]])("%j ends with 2: %s", async (argv, expected) => {
    const { code, stderr } = await bench.run(argv);
    expect([code, stderr.includes(expected)]).toEqual([2, true]);
  });

  it("what a pack decides stays the same", async () => {
    const before = bench.path("pack");
    await bench.run(["run", "pack", "--source", "customers.ndjson", "--as-of", "2026-03-02", "--out", "before"]);
    for (const form of ["long", "short"]) {
      expect((await bench.run(["fmt", before, "--form", form])).code).toBe(0);
      await bench.run(["run", "pack", "--source", "customers.ndjson", "--as-of", "2026-03-02", "--out", form]);
      for (const name of ["matches.ndjson", "facts.ndjson", "touches.ndjson", "tasks.ndjson"]) expect(read(`${form}/${name}`)).toBe(read(`before/${name}`));
    }
  });
});
