import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

const bufferedCharacters = 1 << 18;

/**
 * A text file that is written from start to end: many small pieces go to disk in few large ones, and `finish` returns
 * only when the system says that they are there. Pieces are written in the order of the calls, awaited or not; after an
 * error every later call fails with it.
 */
export class DurableFile {
  readonly #handle: Promise<FileHandle>;
  #pieces: string[] = [];
  #length = 0;
  #tail: Promise<void>;

  /** Creates the file, or empties the one that is there. */
  constructor(readonly path: string) {
    this.#handle = open(path, "w");
    this.#tail = this.#handle.then(() => undefined);
    this.#tail.catch(() => undefined);
  }

  /** Resolves when the file is open. */
  get opened(): Promise<void> {
    return this.#handle.then(() => undefined);
  }

  /** Takes a piece; resolves when there is room for more. */
  write(text: string): Promise<void> {
    this.#pieces.push(text);
    this.#length += text.length;
    return this.#length < bufferedCharacters ? done : this.#flush();
  }

  /** Writes out what is left, waits for the disk and closes the file. */
  async finish(): Promise<void> {
    try {
      await this.#flush();
      await (await this.#handle).sync();
    } finally {
      await this.abandon();
    }
  }

  /** Closes the file without caring for what was not written. */
  async abandon(): Promise<void> {
    await this.#tail.catch(() => undefined);
    await this.#handle.then((handle) => handle.close()).catch(() => undefined);
  }

  #flush(): Promise<void> {
    const text = this.#pieces.join("");
    this.#pieces = [];
    this.#length = 0;
    this.#tail = this.#tail.then(async () => {
      if (text !== "") await (await this.#handle).writeFile(text);
    });
    // The error reaches whoever waits; one that nobody waits for must not end the process.
    this.#tail.catch(() => undefined);
    return this.#tail;
  }
}

const done = Promise.resolve();

/** Makes renames and removals in a folder last. Some systems cannot do it for folders; there the rename itself suffices. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
