import { execFile } from "node:child_process";
import { join, resolve } from "node:path";

/** The root of the repository. */
export const root = resolve(import.meta.dirname, "../..");

/** The rules that `pnpm lint` holds the packages to. */
export const configFile = join(root, ".dependency-cruiser.cjs");

/** A broken fence: the rule, the file that imports, and what it imports. */
export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** What dependency-cruiser saw under `packages/`. */
export interface Cruise {
  readonly files: number;
  readonly breaches: readonly Breach[];
}

interface CruiseOutput {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[];
  };
}

/** Runs dependency-cruiser, as `pnpm lint` does, over `packages/` of `folder`. */
export async function cruise(folder: string): Promise<Cruise> {
  const command = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const text = await new Promise<string>((done, fail) => {
    // The exit code counts the errors; only output that is no JSON is a failure of the run itself.
    execFile(
      process.execPath,
      [command, "packages", "--config", configFile, "--output-type", "json"],
      { cwd: folder, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => (stdout.startsWith("{") ? done(stdout) : fail(new Error(stderr || String(error?.message)))),
    );
  });
  const { summary } = JSON.parse(text) as CruiseOutput;
  return {
    files: summary.totalCruised,
    breaches: summary.violations.map((violation) => ({ rule: violation.rule.name, from: violation.from, to: violation.to })),
  };
}
