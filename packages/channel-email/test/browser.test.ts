import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const door = fileURLToPath(new URL("../src/index.ts", import.meta.url));

/** Everything that importing a file loads at once; `import()` waits until it is called, types never load. */
function staticImports(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const source = readFileSync(file, "utf8");
  for (const [, name = ""] of source.matchAll(/^(?:import|export) (?!type\b)[^;]*? from "([^"]+)";$/gm)) {
    const target = name.startsWith(".") ? join(dirname(file), name.replace(/\.js$/, ".ts")) : name;
    if (seen.has(target)) continue;
    seen.add(target);
    if (name.startsWith(".")) staticImports(target, seen);
  }
  return seen;
}

test("rendering loads nothing that only Node has", () => {
  const loaded = [...staticImports(door)];
  expect(loaded.filter((name) => /^node:|^nodemailer/.test(name))).toEqual([]);
  // The walk did go through the files, and the lazy half is there to be found.
  expect(loaded.some((name) => name.endsWith("render-email.ts"))).toBe(true);
  expect([...staticImports(join(dirname(door), "open-email.ts"))].some((name) => /^node:|^nodemailer/.test(name))).toBe(true);
});
