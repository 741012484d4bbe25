import type { CliIo } from "../cli-io.js";
import { isObject, type PackFiles } from "@evertend/core";
import { commandFault } from "./report-diagnostics.js";

/**
 * Reads repeated `--param name=value`. The same name twice is refused: one of them would be ignored.
 *
 * @throws DiagnosticError USAGE
 */
export function parseParams(io: Pick<CliIo, "lang">, given: readonly string[], option = "--param"): Readonly<Record<string, string>> {
  const params = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf("=");
    const name = text.slice(0, Math.max(at, 0)).trim();
    if (name === "") throw commandFault(io, "USAGE", { detail: `${option} ${text}: ${option} name=value` });
    if (params.has(name)) throw commandFault(io, "USAGE", { detail: `${option} ${name} (2×)` });
    params.set(name, text.slice(at + 1));
  }
  return Object.fromEntries(params);
}

/** Collects the values of an option that may be given more than once, for commander. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Names of the parameters that the files of a pack declare. Files that are no JSON are left to the loader to judge. */
export function parameterNames(files: PackFiles): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of Object.values(files)) {
    try {
      const json: unknown = JSON.parse(text);
      if (isObject(json) && isObject(json["parameters"])) for (const name of Object.keys(json["parameters"])) names.add(name);
    } catch {
      continue;
    }
  }
  return names;
}
