import { writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { writePage } from "./bench-page.js";
import type { BenchOptions, BenchResult } from "./bench-result.js";
import { peers } from "./peers.js";
import { sql } from "./sql.js";
import { sweep } from "./sweep.js";

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = { peers, sql, sweep };

async function main(): Promise<number> {
  const [name = "", ...rest] = process.argv.slice(2);
  if (name === "page" && rest.length > 0) {
    writePage(rest, fileURLToPath(new URL("../../docs", import.meta.url)));
    return 0;
  }
  const at = rest.indexOf("--json");
  const file = at < 0 ? undefined : rest[at + 1];
  const scaleAt = rest.indexOf("--scale");
  const scale = scaleAt < 0 ? 1 : Number(rest[scaleAt + 1]);
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench || (at >= 0 && file === undefined) || !(scale > 0 && scale <= 1)) {
    console.error(`usage: pnpm bench <${Object.keys(benches).join("|")}> [--json <file>] [--scale <0..1>] [--full]\n       pnpm bench page <json …>`);
    return 2;
  }
  const { rows, goals, limits } = await bench({ scale, full: rest.includes("--full") });
  if (scale < 1) console.log(`with ${scale} of the customers that goals of sql and sweep speak of`);
  for (const row of rows) console.log(`${`${row.contender}${row.sampled ? " (sampled)" : ""}`.padEnd(72)} ${String(row.rules).padStart(5)} rules  ${row.microsPerCustomer.toFixed(2).padStart(10)} µs per customer  ${row.checksum.slice(0, 12)}${row.megabytes === undefined ? "" : `  ${row.megabytes.toFixed(0)} MB`}`);
  for (const limit of limits) console.log(`limit  ${limit.id}: ${limit.microsPerCustomer.toFixed(2)} µs`);
  for (const goal of goals) console.log(`${goal.met ? "met   " : "missed"} ${goal.id}: ${goal.value.toFixed(2)} (${goal.atLeast === undefined ? `at most ${goal.atMost ?? ""}` : `at least ${goal.atLeast}`})`);
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version, platform: `${platform()}-${arch()}` };
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ machine, scale, rows, goals, limits }, null, 2)}\n`);
  return 0;
}

process.exitCode = await main();
