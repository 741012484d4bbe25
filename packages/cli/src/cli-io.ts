import { resolve } from "node:path";
import type { Bilingual, Lang } from "@evertend/core";

/** One of the two streams that a command writes to. */
export interface CliStream {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in columns; 100 where it is not a terminal. */
  readonly columns: number;
}

/** All that a command knows of the world around it. Paths that a user gives are relative to `cwd`. */
export interface CliIo {
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly lang: Lang;
  /** How findings and results are printed: for people, or as JSON. */
  readonly format: "pretty" | "json";
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** A text in the language of the command line. */
export function say(io: Pick<CliIo, "lang">, text: Bilingual): string {
  return text[io.lang];
}

/** Writes a line. */
export function printLine(stream: CliStream, text = ""): void {
  stream.write(`${text}\n`);
}

/** A path that a user gave, from the command's working directory. */
export function pathOf(io: Pick<CliIo, "cwd">, path: string): string {
  // As it was written wherever that is the same, for it comes back in messages.
  return io.cwd === process.cwd() ? path : resolve(io.cwd, path);
}
