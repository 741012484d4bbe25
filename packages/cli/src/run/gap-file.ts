const lineFeed = 0x0a;

/** Goes through a file of lines from one empty line to the next. */
export class GapFile {
  readonly #pieces: AsyncIterator<Buffer>;
  /** What was read and not passed yet; begins where a line begins. */
  #rest: Buffer = Buffer.alloc(0);
  #ended = false;

  /** @param pieces the bytes of the file, in pieces of any size */
  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /**
   * Hands on the lines up to the next empty line, which is passed over.
   *
   * @returns whether there was one; if not, the file has ended
   */
  async next(take: (lines: string) => void): Promise<boolean> {
    for (;;) {
      if (this.#rest[0] === lineFeed) {
        this.#rest = this.#rest.subarray(1);
        return true;
      }
      const gap = this.#rest.indexOf("\n\n");
      const end = gap >= 0 ? gap + 1 : this.#rest.lastIndexOf(lineFeed) + 1;
      if (end > 0) take(this.#rest.toString("utf8", 0, end));
      this.#rest = this.#rest.subarray(end);
      if (gap >= 0) continue;
      if (this.#ended) return false;
      const piece = await this.#pieces.next();
      if (piece.done === true) this.#ended = true;
      else this.#rest = this.#rest.length === 0 ? piece.value : Buffer.concat([this.#rest, piece.value]);
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** The bytes of a file without empty lines as texts of whole lines. */
export async function* wholeLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    if (end > 0) yield bytes.toString("utf8", 0, end);
    rest = bytes.subarray(end);
  }
}
