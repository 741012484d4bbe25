import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codes } from "@evertend/core";
import { expect, it } from "vitest";

/** A code that nothing says is a promise that nobody keeps: every code stands in some source outside `diagnostics/`. */
const packages = fileURLToPath(new URL("../../packages", import.meta.url));

/** Codes that wait for the part that says them, with the reason. */
const waiting: Readonly<Record<string, string>> = {
  RECORD_TOO_LARGE: "no source bounds the size of a record so far",
  FIELD_NOT_IN_MODEL: "no source compares its columns with the model so far",
};

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist", "test", "diagnostics"].includes(entry.name) ? [] : sources(path);
    return entry.name.endsWith(".ts") ? [readFileSync(path, "utf8")] : [];
  });
}

it("every diagnostic code is said somewhere", () => {
  const written = sources(packages).join("\n");
  const silent = Object.keys(codes).filter((code) => !written.includes(`"${code}"`));
  expect(silent.filter((code) => !Object.hasOwn(waiting, code))).toEqual([]);
  // An exception that is no longer one goes.
  expect(Object.keys(waiting).filter((code) => !silent.includes(code))).toEqual([]);
});
