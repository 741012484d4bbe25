import { createReadStream } from "node:fs";
import type { ReadStream } from "node:fs";
import { access, constants, open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import type { Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import { sourceInvalid, sourceTruncated } from "./source-fault.js";

/** How the content of a file is written. */
export type SourceFormat = "ndjson" | "json" | "csv" | "parquet" | "sql";

const formats = new Map<string, SourceFormat>([
  ["ndjson", "ndjson"],
  ["jsonl", "ndjson"],
  ["json", "json"],
  ["csv", "csv"],
  ["parquet", "parquet"],
  ["sql", "sql"],
]);
const mayBeGzip = new Set<SourceFormat>(["ndjson", "csv"]);

/** A file that exists and can be read. */
export interface SourceFile {
  readonly path: string;
  readonly format: SourceFormat;
  readonly gzip: boolean;
  readonly bytes: number;
}

/**
 * Finds out what a file is by its name, and that it is there and readable.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, SOURCE_INVALID
 */
export async function inspectSourceFile(path: string, lang: Lang): Promise<SourceFile> {
  const found = await stat(path).catch(() => undefined);
  const readable = found !== undefined && (await access(path, constants.R_OK).then(() => true, () => false));
  if (!readable) throw diagnosticError(lang, "FILE_NOT_FOUND", { file: path }, { name: path });
  if (found.isDirectory()) throw sourceInvalid(lang, { file: path }, "folder");
  const match = /\.([a-z]+)(\.gz)?$/i.exec(path);
  const format = formats.get(match?.[1]?.toLowerCase() ?? "");
  const gzip = match?.[2] !== undefined;
  if (format === undefined || !found.isFile() || (gzip && !mayBeGzip.has(format))) throw sourceInvalid(lang, { file: path }, "kind");
  if (gzip && !(await startsWith(path, [0x1f, 0x8b]))) throw sourceInvalid(lang, { file: path }, found.size === 0 ? "empty" : "notGzip");
  return { path, format, gzip, bytes: found.size };
}

/** Whether a file begins (or, from `position`, continues) with these bytes. */
export async function startsWith(path: string, bytes: readonly number[], position = 0): Promise<boolean> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes.length), 0, bytes.length, position);
    return bytesRead === bytes.length && bytes.every((byte, i) => buffer[i] === byte);
  } finally {
    await handle.close();
  }
}

/**
 * The content of a file piece by piece, unpacked.
 *
 * @throws DiagnosticError SOURCE_TRUNCATED or SOURCE_INVALID where gzip data is cut off or damaged
 */
export async function* readPieces(file: Pick<SourceFile, "path" | "gzip">, lang: Lang): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.path, { highWaterMark: 1 << 20 });
  if (!file.gzip) {
    yield* raw as AsyncIterable<Buffer>;
    return;
  }
  const unpacked = raw.pipe(createGunzip({ chunkSize: 1 << 18 }));
  forwardError(raw, unpacked);
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "Z_BUF_ERROR") throw sourceTruncated(lang, { file: file.path });
    if (code?.startsWith("Z_") === true) throw sourceInvalid(lang, { file: file.path }, "gzipDamaged");
    throw error;
  } finally {
    raw.destroy();
  }
}

/** `pipe` does not pass errors on, and an error that nobody hears ends the process. */
function forwardError(from: ReadStream, to: { destroy(error: Error): unknown }): void {
  from.on("error", (error) => to.destroy(error));
}

/**
 * Reads a gzip file to its end to see that it has one: DuckDB takes a cut file for a short one.
 *
 * @throws DiagnosticError SOURCE_TRUNCATED, SOURCE_INVALID
 */
export async function checkGzip(path: string, lang: Lang): Promise<void> {
  for await (const piece of readPieces({ path, gzip: true }, lang)) void piece;
}
