import { DuckDBInstance } from "@duckdb/node-api";
import { createEvaluator, createNormaliser, formatDiagnostics, loadPack, parseDay, sha256Hex } from "@evertend/core";
import { asOf } from "./bench-day.js";
import { makeRules } from "./make-rules.js";
import { renderJsonRulesEngine } from "./render-json-rules-engine.js";
import { renderPack } from "./render-pack.js";

export interface PeerTask {
  readonly file: string;
  readonly rules: number;
  /** How many of the file's first customers. */
  readonly customers: number;
}

export interface PeerMeasure {
  readonly microsPerCustomer: number;
  readonly checksum: string;
  readonly ourMicrosPerCustomer: number;
  readonly ourChecksum: string;
  readonly parseMicrosPerCustomer: number;
}

type Json = Record<string, unknown>;

/** JSON text to matches, on json-rules-engine and on core, over the first customers of a file. */
async function measure({ file, rules: count, customers }: PeerTask): Promise<PeerMeasure> {
  const rules = makeRules(count);
  const lines = await readLines(file, customers);
  const engine = renderJsonRulesEngine(rules);
  const { program, diagnostics } = loadPack(renderPack(rules));
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  const normaliser = createNormaliser(program.model);
  const evaluator = createEvaluator(program);
  const day = parseDay(asOf) ?? 0;
  const theirs = async (line: string): Promise<string> => (await engine.run(JSON.parse(line) as Json)).events.map(({ type }) => type).sort().join(" ");
  const ours = (line: string): string => {
    const record = normaliser.record(JSON.parse(line) as Json);
    if (!("slots" in record)) throw new Error(JSON.stringify(record));
    return evaluator.matches(record, { asOf: day, context: [] }).map(({ rule }) => rule.id).sort().join(" ");
  };
  // Both are warm before they are timed.
  for (const line of lines.slice(0, 50)) await theirs(line);
  for (const line of lines) ours(line);
  const answers: string[] = [];
  const [peer] = await timed(async () => {
    for (const line of lines) answers.push(await theirs(line));
  });
  const [own, found] = await timed(() => lines.map(ours));
  const [parse] = await timed(() => lines.map((line) => JSON.parse(line) as Json));
  const [checksum, ourChecksum] = [sha256Hex(answers.join("\n")), sha256Hex(found.join("\n"))];
  if (checksum !== ourChecksum) throw new Error(`contenders disagree: ${String(answers.findIndex((one, i) => one !== found[i]))}`);
  const micros = (spent: number): number => (spent * 1000) / lines.length;
  return { microsPerCustomer: micros(peer), checksum, ourMicrosPerCustomer: micros(own), ourChecksum, parseMicrosPerCustomer: micros(parse) };
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [millis: number, result: T]> {
  const began = performance.now();
  const result = await work();
  return [performance.now() - began, result];
}

async function readLines(file: string, count: number): Promise<readonly string[]> {
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  const rows = await db.runAndReadAll(`SELECT CAST(to_json(t) AS VARCHAR) FROM (SELECT * FROM read_parquet('${file.replaceAll("'", "''")}') LIMIT ${count}) t`);
  db.closeSync();
  return rows.getRows().map(([json]) => String(json));
}

console.info(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? "") as PeerTask)));
