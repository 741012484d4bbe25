import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openOutputs } from "@evertend/warehouse";
import { DurableFile } from "../src/durable-file.js";
import { writeFault } from "../src/write-fault.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
let count = 0;
const newDir = (): string => join(folder.path, `out-${++count}`, "below");
const filesOf = (dir: string): Record<string, string> => Object.fromEntries(readdirSync(dir).sort().map((name) => [name, readFileSync(join(dir, name), "utf8")]));

describe("outputs", () => {
  test("nothing has its name before commit, everything after", async () => {
    const dir = newDir();
    const outputs = await openOutputs(dir, { lang: "en" });
    const lines = outputs.lines("matches.ndjson");
    await lines.write({ customerId: "中", n: 1 });
    await lines.write([null]);
    outputs.lines("empty.ndjson");
    await outputs.text("report.html", "<p>");
    expect(readdirSync(dir).every((name) => name.startsWith("."))).toBe(true);
    await outputs.commit();
    expect(filesOf(dir)).toEqual({ "matches.ndjson": `{"customerId":"中","n":1}\n[null]\n`, "empty.ndjson": "", "report.html": "<p>" });
  });

  test("replaces what was there and leaves other files alone", async () => {
    const dir = newDir();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "a.ndjson"), "old and longer than the new one\n");
    writeFileSync(join(dir, "notes.txt"), "mine");
    const outputs = await openOutputs(dir);
    await outputs.lines("a.ndjson").write(1);
    expect(filesOf(dir)["a.ndjson"]).toMatch(/^old/);
    await outputs.commit();
    expect(filesOf(dir)).toEqual({ "a.ndjson": "1\n", "notes.txt": "mine" });
  });

  test("abort removes all of it", async () => {
    const dir = newDir();
    const outputs = await openOutputs(dir);
    for (let i = 0; i < 50; i++) await outputs.lines(`${i}.ndjson`).write({ i });
    await outputs.lines("large.ndjson").write("x".repeat(1_000_000));
    await outputs.abort();
    await outputs.abort();
    expect(filesOf(dir)).toEqual({});
  });

  test("many lines, awaited or not, stay in order", async () => {
    const dir = newDir();
    const outputs = await openOutputs(dir);
    const lines = outputs.lines("n.ndjson");
    for (let i = 0; i < 100_000; i++) {
      const written = lines.write({ i });
      if (i % 3 === 0) await written;
    }
    await outputs.commit();
    const read = readFileSync(join(dir, "n.ndjson"), "utf8").trimEnd().split("\n");
    expect(read.length).toBe(100_000);
    expect(read.every((line, i) => line === `{"i":${i}}`)).toBe(true);
  });

  test("clears away what a killed run left, but not what another one is writing", async () => {
    const dir = newDir();
    mkdirSync(dir, { recursive: true });
    const ended = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
    writeFileSync(join(dir, `.a.ndjson.${ended}-1.part`), "half");
    writeFileSync(join(dir, `.a.ndjson.${process.ppid}-1.part`), "half");
    await (await openOutputs(dir)).abort();
    expect(readdirSync(dir)).toEqual([`.a.ndjson.${process.ppid}-1.part`]);
  });

  test("a file in a folder below gets its name with the others, as an adopted one does", async () => {
    const dir = newDir();
    const elsewhere = `${dir}.done`;
    mkdirSync(dir, { recursive: true });
    writeFileSync(elsewhere, "adopted\n");
    const outputs = await openOutputs(dir);
    await outputs.lines("below/a.ndjson").append("one\ntwo\n");
    outputs.adopt("b.ndjson", elsewhere);
    expect(() => outputs.lines("b.ndjson")).toThrow("written twice");
    expect(existsSync(join(dir, "below"))).toBe(false);
    await outputs.commit();
    expect([readFileSync(join(dir, "below/a.ndjson"), "utf8"), readFileSync(join(dir, "b.ndjson"), "utf8"), existsSync(elsewhere)]).toEqual(["one\ntwo\n", "adopted\n", false]);
    expect(readdirSync(dir).sort()).toEqual(["b.ndjson", "below"]);
  });

  test.each(["", ".hidden", "a/b/c", "../b", "a/.b", "/b", "a/", "a\\b", ".."])("the name %j is a mistake of the program", async (name) => {
    const outputs = await openOutputs(newDir());
    expect(() => outputs.lines(name)).toThrow("not a plain file name");
    await outputs.abort();
  });

  test("mistakes of the program are thrown, not diagnosed", async () => {
    const outputs = await openOutputs(newDir());
    const lines = outputs.lines("a");
    expect(() => outputs.lines("a")).toThrow("written twice");
    await expect(lines.write(undefined)).rejects.toThrow(TypeError);
    await outputs.commit();
    await expect(outputs.commit()).rejects.toThrow("ended");
    expect(() => outputs.lines("b")).toThrow("ended");
  });

  test("a folder under a final name stops the commit before anything is replaced", async () => {
    const dir = newDir();
    mkdirSync(join(dir, "b.ndjson"), { recursive: true });
    writeFileSync(join(dir, "a.ndjson"), "old");
    const outputs = await openOutputs(dir);
    await outputs.text("a.ndjson", "new");
    await outputs.text("b.ndjson", "new");
    expect(await diagnosticsOf(() => outputs.commit())).toMatchObject([{ code: "OUTPUT_UNWRITABLE", file: join(dir, "b.ndjson") }]);
    expect(readdirSync(dir).sort()).toEqual(["a.ndjson", "b.ndjson"]);
    expect(readFileSync(join(dir, "a.ndjson"), "utf8")).toBe("old");
  });

  test.each(["en", "zh-CN"] as const)("a folder that cannot be made or written to (%s)", async (lang) => {
    const file = folder.file("plain.txt", "");
    for (const dir of [file, join(file, "below"), "/proc/evertend", "/dev/null/x"]) {
      const [found] = await diagnosticsOf(() => openOutputs(dir, { lang }));
      expect(found).toMatchObject({ code: "OUTPUT_UNWRITABLE", file: dir });
    }
  });

  test("a full disk, through the device that is always full", async (context) => {
    if (!existsSync("/dev/full")) {
      console.warn("skipped: this system has no /dev/full");
      return context.skip();
    }
    const small = new DurableFile("/dev/full");
    await small.write("x");
    const error = await small.finish().catch((reason: unknown) => reason);
    expect(await diagnosticsOf(async () => Promise.reject(writeFault(error, "out/a", "en") as Error))).toMatchObject([{ code: "DISK_FULL", file: "out/a" }]);
    const large = new DurableFile("/dev/full");
    await expect(large.write("x".repeat(1 << 20))).rejects.toMatchObject({ code: "ENOSPC" });
    await expect(large.write("x".repeat(1 << 20))).rejects.toMatchObject({ code: "ENOSPC" });
    await expect(large.finish()).rejects.toMatchObject({ code: "ENOSPC" });
  });

  test("a full disk, through a very small one", async (context) => {
    const dir = join(folder.path, "small");
    mkdirSync(dir);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "evertend", dir], { stdio: "ignore" });
    } catch {
      console.warn("skipped: a small file system cannot be mounted here (needs the superuser)");
      return context.skip();
    }
    try {
      const first = await openOutputs(dir, { lang: "en" });
      await first.text("a.txt", "old");
      await first.commit();
      const outputs = await openOutputs(dir, { lang: "en" });
      await outputs.text("a.txt", "new");
      const lines = outputs.lines("big.ndjson");
      const found = await diagnosticsOf(async () => {
        for (let i = 0; i < 2000; i++) await lines.write({ i, pad: "x".repeat(400) });
        await outputs.commit();
      });
      expect(found).toMatchObject([{ code: "DISK_FULL", file: join(dir, "big.ndjson") }]);
      await outputs.abort();
      expect(filesOf(dir)).toEqual({ "a.txt": "old" });
    } finally {
      execFileSync("umount", [dir]);
    }
  });

  test("whole files, bytes too, get their names together and leave nothing behind", async () => {
    const dir = join(folder.path, "whole");
    const outputs = await openOutputs(dir, { lang: "en" });
    await outputs.whole("a.txt", "text");
    await outputs.whole("b.bin", new TextEncoder().encode("bytes"));
    expect(Object.keys(filesOf(dir)).filter((name) => !name.startsWith("."))).toEqual([]);
    await outputs.commit();
    expect(filesOf(dir)).toEqual({ "a.txt": "text", "b.bin": "bytes" });
    const second = await openOutputs(dir, { lang: "en" });
    await second.whole("a.txt", "new");
    await expect(second.whole("a.txt", "again")).rejects.toThrow("written twice");
    await second.abort();
    expect(filesOf(dir)).toEqual({ "a.txt": "text", "b.bin": "bytes" });
  });

  test("anything but an error of the file system passes through", () => {
    const bug = new TypeError("x");
    expect(writeFault(bug, "a", "en")).toBe(bug);
    expect(writeFault("x", "a", "en")).toBe("x");
  });
});
