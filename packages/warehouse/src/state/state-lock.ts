import { randomUUID } from "node:crypto";
import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Lang } from "@evertend/core";
import { isProcessAlive, processStart } from "../live-process.js";
import { diagnosticError } from "../throw-diagnostic.js";

const lockName = /^state\.lock(\.[0-9a-f-]+)?$/;
const attempts = 8;

interface Owner {
  readonly pid: number;
  readonly start: string;
  readonly host: string;
}

/**
 * One run at a time. Each run that wants the folder puts a file of its own into it, `state.lock.<token>`, which names its
 * process, and then looks for others: of two runs, whichever came second sees the first and withdraws. No run ever
 * touches the file of a live one, so taking over from dead ones has no moment in which two could win. If two come at
 * once, both may withdraw; they try again a little later.
 *
 * The files of processes that no longer run are removed; one of another machine cannot be judged and is respected.
 */
export class StateLock {
  readonly #path: string;
  readonly #content: string;

  private constructor(path: string, content: string, readonly token: string) {
    this.#path = path;
    this.#content = content;
  }

  /** @throws DiagnosticError STATE_LOCKED; errors of the file system pass through. */
  static async take(dir: string, lang: Lang): Promise<StateLock> {
    const token = randomUUID();
    const path = join(dir, `state.lock.${token}`);
    const owner: Owner = { pid: process.pid, start: processStart(process.pid), host: hostname() };
    const content = `${JSON.stringify(owner)}\n`;
    let other: string | undefined;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      other = await findOther(dir, path);
      if (other === undefined) {
        try {
          // Renamed into place: nobody ever sees a lock without its content.
          await writeFile(`${path}.part`, content, { flag: "wx" });
          await rename(`${path}.part`, path);
        } finally {
          await rm(`${path}.part`, { force: true });
        }
        other = await findOther(dir, path);
        if (other === undefined) return new StateLock(path, content, token);
        await rm(path, { force: true });
      }
      if (attempt < attempts) await delay(Math.random() * 5 * 2 ** Math.min(attempt, 5));
    }
    throw diagnosticError(lang, "STATE_LOCKED", { file: other ?? path }, { name: dir });
  }

  /** Whether the lock is still there: somebody may have removed it by hand. */
  async isHeld(): Promise<boolean> {
    return (await readFile(this.#path, "utf8").catch(() => undefined)) === this.#content;
  }

  async release(): Promise<void> {
    await rm(this.#path, { force: true }).catch(() => undefined);
  }
}

/** Path of a lock that is not `own` and is held; removes those that are not. */
async function findOther(dir: string, own: string): Promise<string | undefined> {
  for (const name of (await readdir(dir)).sort()) {
    const path = join(dir, name);
    if (!lockName.test(name) || path === own) continue;
    const content = await readFile(path, "utf8").catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    });
    if (content === undefined) continue;
    if (isHeldBy(content)) return path;
    await rm(path, { force: true });
  }
  return undefined;
}

function isHeldBy(content: string): boolean {
  let owner: Partial<Owner> | null;
  try {
    owner = JSON.parse(content) as Partial<Owner> | null;
  } catch {
    return true;
  }
  if (typeof owner?.pid !== "number" || typeof owner.start !== "string" || owner.host !== hostname()) return true;
  return isProcessAlive(owner.pid, owner.start);
}
