import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { CliIo } from "../cli-io.js";

/** The first line of an output file for which `wanted` holds; the file is read as a stream. `undefined` where the file or the line is absent. */
export async function findLine<T>(io: CliIo, dir: string, name: string, hint: string, wanted: (line: T) => boolean): Promise<T | undefined> {
  const file = join(dir, name);
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity });
  try {
    for await (const text of lines) {
      // Only a line that holds the text can be the one; the others need no parsing.
      if (!text.includes(hint)) continue;
      const line = parse<T>(text);
      if (line === undefined) throw commandFault(io, "JSON_SYNTAX", { name }, { file });
      if (wanted(line)) return line;
    }
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  } finally {
    lines.close();
  }
  return undefined;
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
