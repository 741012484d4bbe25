import { DuckDBInstance } from "@duckdb/node-api";
import { formatDiagnostics, loadPack, parseDay } from "@evertend/core";
import { compileSql, duckdb, nestedLayout } from "@evertend/warehouse";
import { asOf, quarter } from "./bench-day.js";
import { makeRules } from "./make-rules.js";
import { renderPack } from "./render-pack.js";
import { renderSql } from "./render-sql.js";

/** What one process is to measure; given as JSON in its first argument. */
export interface SqlTask {
  readonly contender: "evertend" | "hand-written" | "bytes";
  readonly file: string;
  readonly rules: number;
}

export interface SqlMeasure {
  readonly seconds: number;
  /** Time of all threads together. */
  readonly cpuSeconds: number;
  /** Over all ids and matches of the whole file. */
  readonly checksum: string;
  /** Most memory that the process ever held, in MB. */
  readonly peakMb: number;
}

/** One query over one file, in a process of its own so that its memory can be told. */
async function measure({ contender, file, rules: count }: SqlTask): Promise<SqlMeasure> {
  const rules = makeRules(count);
  const from = `read_parquet('${file.replaceAll("'", "''")}')`;
  const statement = contender === "evertend" ? compiled() : { text: renderSql(rules, from, quarter), parameters: [] };
  function compiled(): { readonly text: string; readonly parameters: readonly { readonly value: string | number | boolean }[] } {
    const { program, diagnostics } = loadPack(renderPack(rules));
    if (!program) throw new Error(formatDiagnostics(diagnostics));
    return compileSql(program, { dialect: duckdb, layout: nestedLayout(duckdb, { entity: from }), asOf: parseDay(asOf) ?? 0, answers: "matches" });
  }
  const db = await (await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "700MB" })).connect();
  await db.run("SET TimeZone = 'UTC'");
  // The sums stand for whoever takes the rows: all of them are made, none is kept.
  const outer = contender === "bytes"
    ? `SELECT bit_xor(hash(t)) FROM ${from} t`
    : `SELECT CAST(count(*) AS VARCHAR) || ' ' || CAST(bit_xor(hash(id, COALESCE(matches, ''))) AS VARCHAR) || ' ' || CAST(sum(length(matches)) AS VARCHAR) FROM (${statement.text})`;
  const before = process.cpuUsage();
  const began = performance.now();
  const rows = (await db.runAndReadAll(outer, contender === "bytes" ? [] : statement.parameters.map(({ value }) => value))).getRowsJson();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6, checksum: String(rows[0]?.[0]), peakMb: process.resourceUsage().maxRSS / 1024 };
}

console.info(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? "") as SqlTask)));
