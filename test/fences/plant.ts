import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files by path under `packages/`. */
export type Files = Readonly<Record<string, string>>;

/** Packages of a planted workspace, and the dependencies that each declares. */
const packages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  core: { dependencies: [], devDependencies: ["@evertend/banking"] },
  banking: { dependencies: ["@evertend/core", "@evertend/warehouse", "@evertend/cli", "declared"], devDependencies: ["only-for-tests"] },
  warehouse: { dependencies: ["@evertend/core"] },
  reports: { dependencies: ["@evertend/core"] },
  "channel-sms": { dependencies: ["@evertend/core", "@evertend/reports"] },
  cli: { dependencies: ["@evertend/core", "@evertend/banking", "@evertend/warehouse"] },
  stranger: { dependencies: ["@evertend/core"] },
};

const toObject = (names: readonly string[] = []): Record<string, string> => Object.fromEntries(names.map((name) => [name, "*"]));

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * Writes a small workspace of the same shape as this one into a new temporary folder, with `files` laid over it, and
 * returns the folder. Without `files` it breaks no fence.
 */
export function plant(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "evertend-fences-"));
  write(join(folder, "package.json"), JSON.stringify({ name: "planted", private: true, dependencies: {} }));
  for (const name of ["declared", "only-for-tests", "undeclared"]) {
    write(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, main: "index.js" }));
    write(join(folder, "node_modules", name, "index.js"), "module.exports = {};\n");
  }
  mkdirSync(join(folder, "node_modules/@evertend"), { recursive: true });
  for (const [name, { dependencies, devDependencies }] of Object.entries(packages)) {
    const manifest = {
      name: `@evertend/${name}`,
      type: "module",
      exports: { ".": { source: "./src/index.ts", default: "./dist/index.js" }, "./inside": "./src/inside.ts" },
      dependencies: toObject(dependencies),
      devDependencies: toObject(devDependencies),
    };
    write(join(folder, "packages", name, "package.json"), JSON.stringify(manifest));
    write(join(folder, "packages", name, "src/inside.ts"), "export const inside = 1;\n");
    write(join(folder, "packages", name, "src/index.ts"), 'export { inside } from "./inside.js";\n');
    symlinkSync(join(folder, "packages", name), join(folder, "node_modules/@evertend", name), "dir");
  }
  write(join(folder, "packages/cli/src/main.ts"), 'export { inside } from "./index.js";\nexport { inside as b } from "@evertend/banking";\n');
  write(join(folder, "packages/banking/src/customer.ts"), 'export { inside } from "@evertend/core";\nexport * as declared from "declared";\n');
  write(join(folder, "packages/core/src/engine.ts"), 'export { explain } from "./explain/explain.js";\n');
  write(join(folder, "packages/core/src/explain/explain.ts"), 'export { json } from "../json/json.js";\nexport const explain = 1;\n');
  write(join(folder, "packages/core/src/json/json.ts"), "export const json = 1;\n");
  for (const [path, text] of Object.entries(files)) write(join(folder, "packages", path), text);
  return folder;
}
