import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes a file so that nobody ever sees half of it under its name: into a temporary file, on disk, then renamed.
 * The temporary file is removed when that fails.
 */
export async function writeWhole(directory: string, name: string, content: string): Promise<void> {
  const temporary = join(directory, `.${name}.tmp`);
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(content, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
