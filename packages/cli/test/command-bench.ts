import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CustomerState } from "@evertend/core";
import { openFileState } from "@evertend/warehouse";
import { runCommandLine } from "../src/index.js";
import { ndjson, smallBank, smallPack } from "./small-pack.js";

/** A folder with the small pack and its customers, in which commands are run. */
export interface Bench {
  readonly dir: string;
  path(name: string): string;
  write(name: string, text: string): string;
  /** Runs a command without a terminal, in English. */
  run(argv: readonly string[], surroundings?: Surroundings): Promise<Ended>;
  /** `run` over the small pack. */
  plan(asOf: string, more?: readonly string[], surroundings?: Surroundings): Promise<Ended>;
  lines<T = Readonly<Record<string, unknown>>>(name: string): T[];
  /** The run state in the folder `state`. */
  states(): Promise<CustomerState[]>;
  /** All files below a folder with their content. */
  files(name: string): Readonly<Record<string, string>>;
  remove(): void;
}

/** What may differ from the usual. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes the folder. */
export function openBench(): Bench {
  const dir = mkdtempSync(join(tmpdir(), "evertend-cli-"));
  const path = (name: string): string => join(dir, name);
  const write = (name: string, text: string): string => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
    return path(name);
  };
  for (const [name, json] of Object.entries(smallPack)) write(`pack/${name}`, JSON.stringify(json));
  write("customers.ndjson", ndjson(smallBank));
  const run: Bench["run"] = async (argv, { env = {}, isTTY = false } = {}) => {
    const printed = { stdout: "", stderr: "" };
    const stream = (name: "stdout" | "stderr") => ({ write: (text: string) => void (printed[name] += text), isTTY, columns: 100 });
    const code = await runCommandLine(argv, { stdout: stream("stdout"), stderr: stream("stderr"), env, cwd: dir });
    return { code, ...printed };
  };
  return {
    dir,
    path,
    write,
    run,
    plan: (asOf, more = [], surroundings) => {
      const source = more.includes("--source") ? [] : ["--source", "customers.ndjson"];
      const out = more.includes("--out") ? [] : ["--out", "out"];
      return run(["run", "pack", ...source, "--as-of", asOf, ...out, ...more], surroundings);
    },
    lines: <T>(name: string) => readFileSync(path(name), "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as T),
    states: async () => {
      const states: CustomerState[] = [];
      for await (const state of openFileState(path("state"), { lang: "en" }).read()) states.push(state);
      return states;
    },
    files: (name) => Object.fromEntries(below(path(name)).map((file) => [file, readFileSync(join(path(name), file), "utf8")])),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function below(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(dir, name)).isFile()).sort();
}
