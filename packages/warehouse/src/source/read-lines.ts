import type { Lang } from "@evertend/core";
import { readPieces } from "./source-file.js";
import type { SourceFile } from "./source-file.js";

/** The lines of a file as bytes, without their line feed; the last one may lack it. */
export async function* readLines(file: Pick<SourceFile, "path" | "gzip">, lang: Lang): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const piece of readPieces(file, lang)) {
    let from = 0;
    for (let to = piece.indexOf(0x0a); to !== -1; to = piece.indexOf(0x0a, from)) {
      const end = piece.subarray(from, to);
      yield rest.length === 0 ? end : Buffer.concat([...rest, end]);
      rest = [];
      from = to + 1;
    }
    if (from < piece.length) rest.push(piece.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
