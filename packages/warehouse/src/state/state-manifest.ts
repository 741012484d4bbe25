import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";

/** Names of the files of a state folder. */
export const stateFiles = { data: "state.ndjson", next: "state.next.ndjson", manifest: "state.json" } as const;

/** What `state.json` says about `state.ndjson`. */
export interface StateManifest {
  readonly version: 1;
  /** Civil date of the run that wrote it; `null` where nobody said. */
  readonly asOf: string | null;
  readonly count: number;
  /** What the run was made with, as its caller wrote it; absent = it did not say. */
  readonly basis?: string;
  /** SHA-256 of the data, lower-case hex. */
  readonly sha256: string;
}

/** A state that is whole. */
export interface FoundState {
  readonly manifest: StateManifest;
  /** The file whose content the manifest describes. */
  readonly data: string;
}

/**
 * Finds the current state of a folder; `undefined` where there is none yet. `state.json` decides: it is replaced last and
 * in one step. A run that was killed right after that has left its data under the name `state.next.ndjson`.
 *
 * @throws DiagnosticError STATE_INVALID
 */
export async function findState(dir: string, lang: Lang): Promise<FoundState | undefined> {
  const invalid = (file: string): Error => diagnosticError(lang, "STATE_INVALID", { file: join(dir, file) }, { name: dir });
  const kind = await stat(dir).catch((error: unknown) => error as NodeJS.ErrnoException);
  if (kind instanceof Error) {
    if (kind.code === "ENOENT") return undefined;
    throw invalid("");
  }
  if (!kind.isDirectory()) throw invalid("");
  const text = await readText(join(dir, stateFiles.manifest)).catch(() => {
    throw invalid(stateFiles.manifest);
  });
  if (text === undefined) {
    if (await exists(join(dir, stateFiles.data))) throw invalid(stateFiles.manifest);
    return undefined;
  }
  const manifest = readManifest(text);
  if (manifest === undefined) throw invalid(stateFiles.manifest);
  for (const name of [stateFiles.data, stateFiles.next]) {
    const data = join(dir, name);
    if ((await hashFile(data)) === manifest.sha256) return { manifest, data };
  }
  throw invalid(stateFiles.data);
}

/** The text of `state.json`. */
export function manifestText(manifest: StateManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function readManifest(text: string): StateManifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<StateManifest> | null;
    if (value?.version !== 1 || !Number.isSafeInteger(value.count) || typeof value.sha256 !== "string") return undefined;
    if (value.basis !== undefined && typeof value.basis !== "string") return undefined;
    if (value.asOf !== null && typeof value.asOf !== "string") return undefined;
    return value as StateManifest;
  } catch {
    return undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

async function hashFile(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  } catch {
    return undefined;
  }
  return hash.digest("hex");
}
