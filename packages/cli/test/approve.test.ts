import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBench, type Bench, type Ended } from "./command-bench.js";
import { smallPack } from "./small-pack.js";

describe("evertend approve", () => {
  let bench: Bench;
  const pack = (authors?: readonly string[], more: object = {}): void => {
    const [name, json] = Object.entries(smallPack).find(([, one]) => "pack" in (one as object)) as [string, { pack: object }];
    bench.write(`pack/${name}`, JSON.stringify({ ...json, ...more, pack: { ...json.pack, ...(authors ? { authors } : {}) } }));
  };
  const approve = (...more: readonly string[]): Promise<Ended> => bench.run(["approve", "pack", "--on", "2026-03-01", "--out", "ok.json", ...more]);
  const run = (...more: readonly string[]): Promise<Ended> => bench.plan("2026-03-02", ["--require-approval", "ok.json", ...more]);
  const approval = (): Record<string, unknown> => JSON.parse(readFileSync(bench.path("ok.json"), "utf8")) as Record<string, unknown>;

  beforeEach(() => {
    bench = openBench();
    pack(["Author One", "作者二"]);
  });
  afterEach(() => bench.remove());

  it("writes who approved what, and the pack runs with it", async () => {
    const { code, stdout } = await approve("--by", "Second Person");
    expect(code).toBe(0);
    const hash = (approval()["pack"] as { hash: string }).hash;
    expect(approval()).toMatchObject({ approval: 1, authors: ["Author One", "作者二"], by: "Second Person", on: "2026-03-01" });
    expect(stdout).toContain(hash.slice(0, 12));
    expect((await run()).code).toBe(0);
    expect(bench.files("out")["summary.json"] ?? bench.files("out")["run.json"]).toContain(hash);
  });

  it.each([["Author One"], ["  author   ONE "], ["Ａuthor One"], ["作者二"]])("refuses %j, an author", async (by) => {
    const { code, stderr } = await approve("--by", by);
    expect([code, stderr.includes("APPROVAL_BY_AUTHOR"), existsSync(bench.path("ok.json"))]).toEqual([2, true, false]);
  });

  it("refuses a pack that names no authors, a pack with errors, and nobody", async () => {
    expect((await approve("--by", " ")).stderr).toContain("KEY_MISSING");
    pack();
    expect((await approve("--by", "Second Person")).stderr).toContain("APPROVAL_AUTHORS_MISSING");
    pack(["a"], { rules: [{ id: "x", when: [["nothing", "=", 1]] }] });
    expect((await approve("--by", "Second Person")).code).toBe(1);
    expect(existsSync(bench.path("ok.json"))).toBe(false);
  });

  it("is not written into the pack, which would be another with it", async () => {
    const { code, stderr } = await bench.run(["approve", "pack", "--by", "Second Person", "--out", "pack/ok.json"]);
    expect([code, stderr.includes("USAGE"), existsSync(bench.path("pack/ok.json"))]).toEqual([2, true, false]);
  });

  it("does not fit a pack that changed since, a parameter or an overlay that was not approved", async () => {
    await approve("--by", "Second Person");
    const before = bench.files("pack");
    pack(["Author One", "作者二"], { conditions: {} });
    const changed = await run();
    expect([changed.code, changed.stderr.includes("APPROVAL_HASH"), existsSync(bench.path("out"))]).toEqual([2, true, false]);
    for (const [name, text] of Object.entries(before)) bench.write(`pack/${name}`, text);
    expect((await run()).code).toBe(0);
    bench.write("over/pack.json", JSON.stringify({ pack: { id: "over", version: "1", extends: (approval()["pack"] as { id: string }).id } }));
    expect((await run("--overlay", "over")).stderr).toContain("APPROVAL_HASH");
    expect((await approve("--by", "Second Person", "--overlay", "over")).code).toBe(0);
    expect((await run("--overlay", "over")).code).toBe(0);
    expect((await run()).stderr).toContain("APPROVAL_HASH");
  });

  it("by an author is refused by run too, whatever the file says", async () => {
    await approve("--by", "Second Person");
    bench.write("ok.json", JSON.stringify({ ...approval(), by: "author one", authors: ["nobody"] }));
    expect((await run()).stderr).toContain("APPROVAL_BY_AUTHOR");
    bench.write("ok.json", JSON.stringify({ ...approval(), by: "" }));
    expect((await run()).stderr).toContain("KEY_MISSING");
    bench.write("ok.json", "{}");
    expect((await run()).stderr).toContain("KEY_MISSING");
    expect((await bench.plan("2026-03-02", ["--require-approval", "gone.json"])).stderr).toContain("FILE_NOT_FOUND");
  });

  it("is taken of the project's approvers only, where it names some", async () => {
    await approve("--by", "Second Person");
    bench.write("evertend.json", JSON.stringify({ approvers: ["Third Person"] }));
    expect((await run()).stderr).toContain("APPROVAL_PERSON");
    expect((await approve("--by", "Second Person")).stderr).toContain("APPROVAL_PERSON");
    expect((await approve("--by", "third person")).code).toBe(0);
    expect((await run()).code).toBe(0);
  });
});
