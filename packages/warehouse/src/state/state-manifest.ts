import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";

/** Names of the files of a state folder. */
export const stateFiles = { data: "state.ndjson", next: "state.next.ndjson", manifest: "state.json", delta: (number: number): string => `state.delta-${number}.ndjson` } as const;

/** Names of files that hold states of single nights. */
export const deltaName = /^state\.delta-(\d+)\.ndjson$/;

/** Some states in a file of their own. */
export interface DeltaEntry {
  readonly file: string;
  readonly count: number;
  readonly sha256: string;
}

/** What `state.json` says about `state.ndjson`, and about the deltas that lie over it. */
export interface StateManifest {
  /** 2 where there are deltas: a program that does not know them must not read past them. */
  readonly version: 1 | 2;
  /** Civil date of the run that wrote it; `null` where nobody said. */
  readonly asOf: string | null;
  readonly count: number;
  /** What the run was made with, as its caller wrote it; absent = it did not say. */
  readonly basis?: string;
  /** SHA-256 of the data, lower-case hex. */
  readonly sha256: string;
  /** Oldest first: of a customer who is in several, the last counts. */
  readonly deltas?: readonly DeltaEntry[];
}

/** A file of states in ascending order of id. */
export interface StateSegment {
  readonly path: string;
  readonly count: number;
  readonly bytes: number;
}

/** A state that is whole. */
export interface FoundState {
  readonly manifest: StateManifest;
  /** Tells this state apart from others. */
  readonly version: string;
  /** `state.ndjson`, or what takes its place, then the deltas. */
  readonly segments: readonly [StateSegment, ...StateSegment[]];
}

/**
 * Finds the current state of a folder and checks every file of it against its hash; `undefined` where there is none yet.
 * `state.json` decides: it is replaced last and in one step. A run that was killed right after that has left its data under
 * the name `state.next.ndjson`.
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
  const { sha256, count, deltas = [] } = manifest;
  const find = async (file: string, names: readonly string[], entry: Pick<DeltaEntry, "count" | "sha256">): Promise<StateSegment> => {
    for (const name of names) {
      const bytes = await checkedSize(join(dir, name), entry.sha256);
      if (bytes !== undefined) return { path: join(dir, name), count: entry.count, bytes };
    }
    throw invalid(file);
  };
  const base = await find(stateFiles.data, [stateFiles.data, stateFiles.next], { count, sha256 });
  const others: StateSegment[] = [];
  for (const delta of deltas) others.push(await find(delta.file, [delta.file], delta));
  const version = deltas.length === 0 ? sha256 : createHash("sha256").update([sha256, ...deltas.map((delta) => delta.sha256)].join("\n")).digest("hex");
  return { manifest, version, segments: [base, ...others] };
}

/** The text of `state.json`. */
export function manifestText(manifest: StateManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function readManifest(text: string): StateManifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<StateManifest> | null;
    if ((value?.version !== 1 && value?.version !== 2) || !isCounted(value)) return undefined;
    if (value.basis !== undefined && typeof value.basis !== "string") return undefined;
    if (value.asOf !== null && typeof value.asOf !== "string") return undefined;
    if ((value.version === 2) !== Array.isArray(value.deltas) || value.deltas?.every((delta) => isCounted(delta) && deltaName.test(delta.file)) === false) return undefined;
    return value as StateManifest;
  } catch {
    return undefined;
  }
}

function isCounted({ count, sha256 }: Partial<DeltaEntry>): boolean {
  return Number.isSafeInteger(count) && typeof sha256 === "string";
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

/** Files that this process has read and found whole, by path: what has not been touched since is not read again. */
const checked = new Map<string, { readonly mark: string; readonly sha256: string; readonly bytes: number }>();

/** The size of a file whose content has this hash. */
async function checkedSize(path: string, sha256: string): Promise<number | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const mark = `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
  const known = checked.get(path);
  if (known?.mark === mark) return known.sha256 === sha256 ? known.bytes : undefined;
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  } catch {
    return undefined;
  }
  const one = { mark, sha256: hash.digest("hex"), bytes: Number(found.size) };
  checked.set(path, one);
  return one.sha256 === sha256 ? one.bytes : undefined;
}
