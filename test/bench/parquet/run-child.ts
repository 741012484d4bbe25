import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a script of this folder in a process of its own and reads the JSON on its last line. */
export async function runChild<T>(script: string, ...given: readonly string[]): Promise<T> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await run(process.execPath, ["--conditions=source", "--import", "tsx", file, ...given], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as T;
}
