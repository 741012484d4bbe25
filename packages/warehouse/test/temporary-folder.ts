import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll } from "vitest";
import { DiagnosticError } from "@evertend/core";
import type { Diagnostic } from "@evertend/core";

/** A folder for the tests of one file, removed at its end. */
export function temporaryFolder(): { path: string; file(name: string, content: string | Uint8Array): string; gzip(name: string, content: string): string } {
  const path = mkdtempSync(join(tmpdir(), "evertend-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  const file = (name: string, content: string | Uint8Array): string => {
    const full = join(path, name);
    writeFileSync(full, content);
    return full;
  };
  return { path, file, gzip: (name, content) => file(name, gzipSync(content)) };
}

/** The diagnostics that a promise is rejected with; anything else that happens fails the test. */
export async function diagnosticsOf(run: () => Promise<unknown>): Promise<readonly Diagnostic[]> {
  try {
    await run();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error("nothing was wrong");
}
