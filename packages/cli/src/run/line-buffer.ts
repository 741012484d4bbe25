import type { LineOutput } from "@evertend/warehouse";

const fullAt = 1 << 16;

/** Gathers lines for a file, so that nobody waits for each of them. */
export class LineBuffer {
  readonly #output: LineOutput;
  #lines = "";

  constructor(output: LineOutput) {
    this.#output = output;
  }

  get isFull(): boolean {
    return this.#lines.length >= fullAt;
  }

  /** Takes a value as a JSON line. */
  add(value: object): void {
    this.#lines += `${JSON.stringify(value)}\n`;
  }

  /** Writes what there is. */
  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = "";
    if (lines !== "") await this.#output.append(lines);
  }
}
