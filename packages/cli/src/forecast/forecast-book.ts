import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CustomerState, Lang } from "@evertend/core";
import type { SweptRecord } from "../run/customer-group.js";
import { spoolFault } from "../run/spool.js";

const pieceBytes = 1 << 20;

/** Where a customer's record lies in the file, and the state as JSON while it is still needed. */
interface Entry {
  readonly id: string;
  readonly row: number;
  readonly start: number;
  readonly length: number;
  state: string | undefined;
}

/**
 * The customers of a forecast with the days on which they are due. Records are read from the source once and lie in a
 * file without a name that only this user may read; states stay in memory, of those alone who are due before the end.
 */
export class ForecastBook {
  readonly #file: FileHandle;
  readonly #dir: string;
  readonly #lang: Lang;
  readonly #last: string;
  readonly #entries: Entry[] = [];
  readonly #places = new Map<string, number>();
  /** Places by the civil date on which they are due; nobody is in two of them. */
  readonly #due = new Map<string, number[]>();
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #size = 0;

  private constructor(file: FileHandle, dir: string, last: string, lang: Lang) {
    this.#file = file;
    this.#dir = dir;
    this.#last = last;
    this.#lang = lang;
  }

  /**
   * @param last civil date of the last day: who is due later is not kept
   * @throws DiagnosticError DISK_FULL, OUTPUT_UNWRITABLE; so do the methods
   */
  static async open(last: string, lang: Lang): Promise<ForecastBook> {
    try {
      const dir = await mkdtemp(join(tmpdir(), "evertend-"));
      const file = await open(join(dir, "records"), "wx+", 0o600);
      // Where the system does not allow this the folder goes with `close`.
      await rm(dir, { recursive: true, force: true }).catch(() => undefined);
      return new ForecastBook(file, dir, last, lang);
    } catch (error) {
      throw spoolFault(error, lang);
    }
  }

  /** Adds a customer, in ascending order of id. */
  async add({ id, row, json }: { readonly id: string; readonly row: number; readonly json: string }): Promise<void> {
    const bytes = Buffer.from(json, "utf8");
    this.#places.set(id, this.#entries.length);
    this.#entries.push({ id, row, start: this.#size, length: bytes.length, state: undefined });
    this.#size += bytes.length;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= pieceBytes) await this.#flush();
  }

  /** Takes the state after a day and the day on which the customer is due next. States of customers not added are of no use. */
  plan(state: CustomerState): void {
    const place = this.#places.get(state.customerId);
    const entry = place === undefined ? undefined : this.#entries[place];
    if (place === undefined || !entry) return;
    const { reviewOn } = state;
    if (reviewOn === undefined) throw new Error("a forecast needs states that say when they are due");
    if (reviewOn === null || reviewOn > this.#last) return;
    entry.state = JSON.stringify(state);
    const due = this.#due.get(reviewOn);
    if (due) due.push(place);
    else this.#due.set(reviewOn, [place]);
  }

  /** How many are due on a day. */
  dueOn(asOf: string): number {
    return this.#due.get(asOf)?.length ?? 0;
  }

  /** Those who are due on a day, in ascending order of id, each once. */
  async *take(asOf: string): AsyncGenerator<SweptRecord> {
    await this.#flush();
    const places = (this.#due.get(asOf) ?? []).sort((a, b) => a - b);
    this.#due.delete(asOf);
    for (const place of places) {
      const entry = this.#entries[place] as Entry;
      const bytes = Buffer.allocUnsafe(entry.length);
      await this.#file.read(bytes, 0, entry.length, entry.start);
      const prior = JSON.parse(entry.state as string) as CustomerState;
      entry.state = undefined;
      yield { id: entry.id, row: entry.row, json: bytes.toString("utf8"), prior };
    }
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#dir, { recursive: true, force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      throw spoolFault(error, this.#lang);
    }
  }
}
