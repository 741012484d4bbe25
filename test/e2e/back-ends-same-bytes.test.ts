import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCommandLine } from "../../packages/cli/src/index.js";

/** The example projects over their real data: both back-ends write the same files. */
const root = join(import.meta.dirname, "../..");
const cases = [
  { name: "berka", source: "ledger.sql", asOf: "1994-03-30" },
  { name: "berka", source: "yearly.sql", asOf: "1998-12-31" },
  { name: "uci-bank-marketing", source: "contacts.sql", asOf: "2008-06-20" },
].map((one) => ({ ...one, data: join(root, "../shared/data", one.name) }));
for (const { name, data } of cases) if (!existsSync(data)) console.warn(`SKIPPED: ${name}. Its data are not at ../shared/data/${name}.`);

async function filesOf(example: (typeof cases)[number], backend: string): Promise<Readonly<Record<string, string>>> {
  const out = mkdtempSync(join(tmpdir(), "evertend-back-ends-"));
  try {
    let said = "";
    const stream = { write: (text: string) => void (said += text), isTTY: false, columns: 80 };
    const folder = join(root, "examples", example.name);
    const argv = ["run", join(folder, "pack"), "--source", join(folder, example.source), "--param", `data=${example.data}`, "--as-of", example.asOf, "--out", out, "--backend", backend];
    const code = await runCommandLine(argv, { stdout: stream, stderr: stream, env: {}, cwd: process.cwd() });
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    return Object.fromEntries(readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) => /\.(nd)?json$|\.html$/.test(file)).map((file) => [file, readFileSync(join(out, file), "utf8")]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

describe.each(cases)("$name over $source", (example) => {
  test.skipIf(!existsSync(example.data))("comes to the same bytes by SQL", async () => {
    const compiled = await filesOf(example, "compiled");
    const bySql = await filesOf(example, "sql");
    expect(Object.keys(bySql)).toEqual(Object.keys(compiled));
    // Named one by one: a difference of whole files would be too long to read.
    expect(Object.keys(compiled).filter((file) => compiled[file] !== bySql[file])).toEqual([]);
    expect(compiled["matches.ndjson"]?.length).toBeGreaterThan(1000);
  }, 600_000);
});
