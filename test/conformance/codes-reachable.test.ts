import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codes } from "@evertend/core";
import { expect, it } from "vitest";

/** A code that nothing says is a promise that nobody keeps: every code stands in some source outside `diagnostics/`. */
const packages = fileURLToPath(new URL("../../packages", import.meta.url));

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
  expect(silent).toEqual([]);
});
