import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { BenchGoal, BenchResult, BenchRow } from "./bench-result.js";

/** What `--json` wrote. */
interface BenchFile extends BenchResult {
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string; readonly platform: string };
  readonly scale: number;
}

/** Writes `docs/performance.md` and its charts from the JSON files of runs. */
export function writePage(files: readonly string[], docs: string): void {
  const runs = files.map((file) => ({ name: basename(file, ".json"), ...(JSON.parse(readFileSync(file, "utf8")) as BenchFile) }));
  const [first] = runs;
  if (!first) throw new Error("no runs");
  const parts = [
    "# Performance",
    "",
    `Made by \`npx --yes pnpm@10.34.9 bench page <json …>\` from the JSON of runs on ${first.machine.cores} cores (${first.machine.cpu}, Node ${first.machine.node}, ${first.machine.platform}). Ratios are of one run, in which contenders take turns and must give the same answers; they say more than the times, which hang on the machine. Run it on your own before you rely on one.`,
    "",
  ];
  for (const { name, scale, rows, goals, limits } of runs) {
    parts.push(`## ${name}`, "");
    if (scale < 1) parts.push(`With ${scale} of the customers that the goals speak of.`, "");
    for (const rules of [...new Set(rows.map((row) => row.rules))].sort((a, b) => a - b)) {
      const shown = rows.filter((row) => row.rules === rules);
      const file = `images/bench-${name}-${rules}.svg`;
      writeFileSync(`${docs}/${file}`, chart(`${rules} rules, µs a customer`, shown));
      parts.push(`![${rules} rules: µs a customer of each contender](${file})`, "", ...table(shown), "");
    }
    for (const limit of limits) parts.push(`Limit: ${limit.id} takes ${limit.microsPerCustomer.toFixed(1)} µs a customer.`, "");
    parts.push("| goal | measured | wanted | |", "|---|---|---|---|", ...goals.map((goal) => `| ${goal.id} | ${goal.value.toFixed(2)} | ${wanted(goal)} | ${goal.met ? "met" : "missed"} |`), "");
    const missed = goals.filter((goal) => !goal.met);
    for (const goal of missed) parts.push(`- **${goal.id}**: ${goal.reason ?? ""}`);
    if (missed.length > 0) parts.push("");
  }
  writeFileSync(`${docs}/performance.md`, `${parts.join("\n").trimEnd()}\n`);
}

function wanted({ atLeast, atMost }: BenchGoal): string {
  return atLeast === undefined ? `at most ${atMost ?? ""}` : `at least ${atLeast}`;
}

function table(rows: readonly BenchRow[]): readonly string[] {
  return ["| contender | µs a customer | customers | memory |", "|---|---|---|---|", ...rows.map((row) => `| ${row.contender}${row.sampled === true ? " (sampled)" : ""} | ${row.microsPerCustomer.toFixed(2)} | ${row.customers} | ${row.megabytes === undefined ? "" : `${row.megabytes.toFixed(0)} MB`} |`)];
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Bars on a logarithmic scale: contenders lie decades apart. */
function chart(title: string, rows: readonly BenchRow[]): string {
  const [left, width, line] = [400, 360, 24];
  const logs = rows.map((row) => Math.log10(row.microsPerCustomer));
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
  const at = (log: number): number => left + ((log - low) / Math.max(1, high - low)) * width;
  const height = rows.length * line + 60;
  const grid = Array.from({ length: high - low + 1 }, (_, i) => `<line x1="${at(low + i)}" x2="${at(low + i)}" y1="30" y2="${height - 24}" stroke="#d8dde3"/><text x="${at(low + i)}" y="${height - 8}" text-anchor="middle">${10 ** (low + i)}</text>`);
  const bars = rows.map((row, i) => {
    const y = 34 + i * line;
    const ours = row.contender.startsWith("evertend");
    return `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escape(row.contender)}</text><rect x="${left}" y="${y + 3}" width="${Math.max(1, at(logs[i] as number) - left).toFixed(1)}" height="${line - 8}" fill="${ours ? "#1f6f5c" : "#9aa7b4"}"/><text x="${(at(logs[i] as number) + 5).toFixed(1)}" y="${y + 14}">${row.microsPerCustomer.toFixed(row.microsPerCustomer < 100 ? 1 : 0)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 80} ${height}" font-family="sans-serif" font-size="12" fill="#22303c"><rect width="100%" height="100%" fill="#ffffff"/><text x="8" y="18" font-size="14" font-weight="bold">${escape(title)}</text>${grid.join("")}${bars.join("")}</svg>\n`;
}
