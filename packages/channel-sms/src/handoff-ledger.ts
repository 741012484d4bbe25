import { access, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "./write-whole.js";

/**
 * Which keys a folder has been handed, across processes: `.keys/<batch>.keys` holds the keys of one batch as JSON.
 *
 * The order makes a crash harmless. Data first, then the keys as `.pending`, then the flag, then `.pending` becomes
 * `.keys`. Data without keys is an unfinished batch that nobody takes: it is removed and written again. Keys that are
 * pending have their data on disk, so only the flag is still to be set.
 */
export class HandoffLedger {
  readonly #handed = new Set<string>();
  /** Batches whose flag is still to be set. */
  readonly #pending = new Map<string, readonly string[]>();

  private constructor(readonly directory: string) {}

  /** Opens (and makes) a folder, reads the keys it has been handed and finishes what a crash left. */
  static async open(directory: string): Promise<HandoffLedger> {
    const ledger = new HandoffLedger(directory);
    await mkdir(ledger.#folder, { recursive: true });
    const batches = new Set<string>();
    for (const file of (await readdir(ledger.#folder)).sort()) {
      const [, batch, state] = /^(sms-.+)\.(keys|pending)$/.exec(file) ?? [];
      if (batch === undefined) continue;
      batches.add(batch);
      const keys = JSON.parse(await readFile(join(ledger.#folder, file), "utf8")) as string[];
      if (state === "pending") ledger.#pending.set(batch, keys);
      else for (const key of keys) ledger.#handed.add(key);
    }
    for (const file of await readdir(directory)) {
      const [, batch] = /^(sms-.+)\.ndjson$/.exec(file) ?? [];
      if (batch !== undefined && !batches.has(batch)) await rm(join(directory, file), { force: true });
    }
    await ledger.settle();
    return ledger;
  }

  /** The platform has, or will see, a line with this key. */
  has(key: string): boolean {
    return this.#handed.has(key);
  }

  /** Records the keys of a batch whose data is on disk, and flags it for the platform. */
  async record(batch: string, keys: readonly string[]): Promise<void> {
    await writeWhole(this.#folder, `${batch}.pending`, JSON.stringify(keys));
    this.#pending.set(batch, keys);
    await this.settle();
  }

  /** Sets the flags that are still to be set; throws where it cannot, and can be called again. */
  async settle(): Promise<void> {
    for (const [batch, keys] of [...this.#pending]) {
      // Without data the platform has taken the batch: a flag alone would make it look for a file that is gone.
      if (await exists(join(this.directory, `${batch}.ndjson`))) await writeWhole(this.directory, `${batch}.ok`, "");
      await rename(join(this.#folder, `${batch}.pending`), join(this.#folder, `${batch}.keys`));
      this.#pending.delete(batch);
      for (const key of keys) this.#handed.add(key);
    }
  }

  get #folder(): string {
    return join(this.directory, ".keys");
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
