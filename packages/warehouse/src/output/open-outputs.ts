import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Lang } from "@evertend/core";
import { DurableFile, syncFolder } from "../durable-file.js";
import { isProcessAlive } from "../live-process.js";
import { makeFolder } from "../make-folder.js";
import { diagnosticError } from "../throw-diagnostic.js";
import { writeFault } from "../write-fault.js";

/** A file of JSON lines. */
export interface LineOutput {
  /** Appends one value as a JSON line; resolves when there is room for more. */
  write(value: unknown): Promise<void>;
  /** Appends whole lines as they are. */
  append(lines: string): Promise<void>;
}

/** The files of one run; a name may have one folder before it. Exactly one of `commit` or `abort` ends it. */
export interface Outputs {
  /** Begins a file of JSON lines, once per name. It comes into being even if nothing is written to it. */
  lines(name: string): LineOutput;
  /** Writes a whole file. */
  text(name: string, content: string): Promise<void>;
  /** Writes a whole file and closes it at once, as one of very many. */
  whole(name: string, content: string | Uint8Array): Promise<void>;
  /** Takes a finished file of the same file system, which `commit` moves under `name`. */
  adopt(name: string, path: string): void;
  /** Gives all files their names, replacing those of an earlier run. */
  commit(): Promise<void>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/** Distinguishes the outputs that one process opens. */
let opened = 0;

/**
 * Writes the files of a run into a folder, which is made where it is missing. Until `commit` they have hidden names, so
 * that no half-written file ever stands under a final name; a run that fails or is killed leaves the files of before as
 * they were. What a killed run left is cleared away here.
 *
 * @throws DiagnosticError from here and from every method: DISK_FULL, OUTPUT_UNWRITABLE
 *
 * @example
 * const outputs = await openOutputs("out", { lang: "en" });
 * const matches = outputs.lines("matches.ndjson");
 * await matches.write({ customerId: "1" });
 * await outputs.commit();
 */
export async function openOutputs(dir: string, options: { readonly lang?: Lang } = {}): Promise<Outputs> {
  const lang = options.lang ?? "en";
  const serial = ++opened;
  const files = new Map<string, DurableFile>();
  let ended = false;

  const guarded = async <T>(path: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw writeFault(error, path, lang);
    }
  };
  // Files of a folder below lie here too until they get their names: all get them at once.
  const partPath = (name: string): string => join(dir, `.${name.replace("/", "+")}.${process.pid}-${serial}.part`);
  const adopted = new Map<string, string>();
  const wholes: string[] = [];
  const checkName = (name: string): void => {
    if (ended) throw new Error("the outputs have ended");
    if (!/^(?:[^./\\+][^/\\+]*\/)?[^./\\][^/\\]*$/.test(name)) throw new Error(`"${name}" is not a plain file name`);
    if (files.has(name) || adopted.has(name)) throw new Error(`"${name}" is written twice`);
  };
  const create = (name: string): DurableFile => {
    checkName(name);
    const file = new DurableFile(partPath(name));
    files.set(name, file);
    return file;
  };
  const removeParts = async (): Promise<void> => {
    for (const file of files.values()) {
      await file.abandon();
      await rm(file.path, { force: true }).catch(() => undefined);
    }
    for (const path of wholes) await rm(path, { force: true }).catch(() => undefined);
  };

  await guarded(dir, async () => {
    await makeFolder(dir);
    for (const name of await readdir(dir)) if (isAbandoned(name)) await rm(join(dir, name), { force: true });
    // A folder that cannot be written to is found out before the run, not after it.
    const probe = new DurableFile(partPath("probe"));
    await probe.finish();
    await rm(probe.path);
  });

  return {
    lines: (name) => {
      const file = create(name);
      const path = join(dir, name);
      return {
        write: async (value) => {
          const line = JSON.stringify(value) as string | undefined;
          if (line === undefined) throw new TypeError("a value without JSON cannot be a line");
          await guarded(path, () => file.write(`${line}\n`));
        },
        append: (lines) => guarded(path, () => file.write(lines)),
      };
    },
    text: async (name, content) => {
      const file = create(name);
      await guarded(join(dir, name), () => file.write(content));
    },
    whole: async (name, content) => {
      checkName(name);
      const path = partPath(name);
      adopted.set(name, path);
      wholes.push(path);
      await guarded(join(dir, name), async () => {
        const handle = await open(path, "w");
        try {
          await handle.writeFile(content);
          await handle.sync();
        } finally {
          await handle.close();
        }
      });
    },
    adopt: (name, path) => {
      checkName(name);
      adopted.set(name, path);
    },
    commit: async () => {
      if (ended) throw new Error("the outputs have ended");
      ended = true;
      try {
        // All that can go wrong goes wrong before the first file gets its name.
        for (const [name, file] of files) await guarded(join(dir, name), () => file.finish());
        const parts = new Map([...adopted, ...[...files].map(([name, file]) => [name, file.path] as const)]);
        for (const name of parts.keys()) {
          const path = join(dir, name);
          await guarded(path, () => makeFolder(dirname(path)));
          const isFolder = await stat(path).then((found) => found.isDirectory(), () => false);
          if (isFolder) throw diagnosticError(lang, "OUTPUT_UNWRITABLE", { file: path }, { name: path, detail: "EISDIR" });
        }
        for (const [name, path] of parts) await guarded(join(dir, name), () => rename(path, join(dir, name)));
        for (const folder of new Set([...parts.keys()].map((name) => dirname(join(dir, name))))) await syncFolder(folder);
      } finally {
        await removeParts();
      }
    },
    abort: async () => {
      if (ended) return;
      ended = true;
      await removeParts();
    },
  };
}

/** Names of unfinished files tell whose they are, so that those of a run that goes on are left alone. */
function isAbandoned(name: string): boolean {
  const pid = /^\..+\.(\d+)-\d+\.part$/.exec(name)?.[1];
  return pid !== undefined && !isProcessAlive(Number(pid), "");
}
