import { writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import type { BenchResult } from "./bench-result.js";
import { peers } from "./peers.js";


const benches: Readonly<Record<string, () => Promise<BenchResult>>> = { peers };

async function main(): Promise<number> {
  const [name = "", ...rest] = process.argv.slice(2);
  const at = rest.indexOf("--json");
  const file = at < 0 ? undefined : rest[at + 1];
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench || (at >= 0 && file === undefined)) {
    console.error(`usage: pnpm bench <${Object.keys(benches).join("|")}> [--json <file>]`);
    return 2;
  }
  const { rows, goals, limits } = await bench();
  for (const row of rows) console.log(`${`${row.contender}${row.sampled ? " (sampled)" : ""}`.padEnd(72)} ${String(row.rules).padStart(5)} rules  ${row.microsPerCustomer.toFixed(2).padStart(10)} µs per customer  ${row.checksum.slice(0, 12)}`);
  for (const limit of limits) console.log(`limit  ${limit.id}: ${limit.microsPerCustomer.toFixed(2)} µs`);
  for (const goal of goals) console.log(`${goal.met ? "met   " : "missed"} ${goal.id}: ${goal.value.toFixed(2)} (${goal.atLeast === undefined ? `at most ${goal.atMost ?? ""}` : `at least ${goal.atLeast}`})`);
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version, platform: `${platform()}-${arch()}` };
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ machine, rows, goals, limits }, null, 2)}\n`);
  return 0;
}

process.exitCode = await main();
