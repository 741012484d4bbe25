import type { LineOutput } from "@evertend/warehouse";

const fullAt = 1 << 16;

/** Gathers lines for a file, so that nobody waits for each of them. */
export class LineBuffer {
  readonly #output: Pick<LineOutput, "append">;
  #lines = "";

  constructor(output: Pick<LineOutput, "append">) {
    this.#output = output;
  }

  get isFull(): boolean {
    return this.#lines.length >= fullAt;
  }

  /** Takes whole lines. */
  text(lines: string): void {
    this.#lines += lines;
  }

  /** Writes what there is. */
  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = "";
    if (lines !== "") await this.#output.append(lines);
  }
}
