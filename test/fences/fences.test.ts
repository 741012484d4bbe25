import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configFile, cruise, root } from "./cruise.js";
import type { Cruise } from "./cruise.js";
import { plant } from "./plant.js";

interface Planted {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  /** The end of the path that the import leads to. */
  readonly to: string;
}

const value = (from: string): string => `export { inside } from "${from}";\n`;
const type = (from: string): string => `export type { inside } from "${from}";\n`;

/** One file each, all planted into one tree. */
const planted: readonly Planted[] = [
  { rule: "core-imports-no-package", file: "core/src/plan/a.ts", text: value("@evertend/banking"), to: "banking/src/index.ts" },
  { rule: "core-imports-no-package", file: "core/src/plan/b.ts", text: type("@evertend/banking"), to: "banking/src/index.ts" },
  { rule: "package-imports-core-only", file: "banking/src/a.ts", text: value("@evertend/warehouse"), to: "warehouse/src/index.ts" },
  { rule: "package-imports-core-only", file: "banking/src/b.ts", text: type("@evertend/warehouse"), to: "warehouse/src/index.ts" },
  { rule: "package-imports-core-only", file: "banking/src/c.ts", text: 'export const c = () => import("@evertend/warehouse");\n', to: "warehouse/src/index.ts" },
  { rule: "package-imports-core-only", file: "channel-sms/src/a.ts", text: value("@evertend/reports"), to: "reports/src/index.ts" },
  { rule: "nothing-imports-cli", file: "banking/src/d.ts", text: value("@evertend/cli"), to: "cli/src/index.ts" },
  { rule: "package-is-known", file: "stranger/src/a.ts", text: value("@evertend/core"), to: "core/src/index.ts" },
  { rule: "no-relative-import-out-of-a-package", file: "banking/src/e.ts", text: value("../../core/src/index.js"), to: "core/src/index.ts" },
  { rule: "no-relative-import-out-of-a-package", file: "banking/test/a.test.ts", text: value("../../core/src/inside.js"), to: "core/src/inside.ts" },
  { rule: "through-the-door", file: "banking/src/f.ts", text: value("@evertend/core/inside"), to: "core/src/inside.ts" },
  { rule: "no-import-of-the-own-door", file: "banking/src/g.ts", text: value("./index.js"), to: "banking/src/index.ts" },
  { rule: "core-ground-knows-no-decision", file: "core/src/json/a.ts", text: value("../explain/explain.js"), to: "explain/explain.ts" },
  { rule: "core-ground-knows-no-decision", file: "core/src/ports/a.ts", text: type("../explain/explain.js"), to: "explain/explain.ts" },
  { rule: "core-folders-know-no-composition-root", file: "core/src/policy/a.ts", text: value("../engine.js"), to: "core/src/engine.ts" },
  { rule: "core-has-no-node", file: "core/src/check/a.ts", text: 'export { readFileSync } from "node:fs";\n', to: "fs" },
  { rule: "core-has-no-node", file: "core/src/check/b.ts", text: 'export { join } from "path";\n', to: "path" },
  { rule: "source-imports-no-tests", file: "banking/src/h.ts", text: value("../test/fixture.js"), to: "banking/test/fixture.ts" },
  { rule: "dependency-is-declared", file: "banking/src/i.ts", text: 'export * as i from "undeclared";\n', to: "undeclared/index.js" },
  { rule: "dependency-is-declared", file: "banking/src/j.ts", text: 'export * as j from "only-for-tests";\n', to: "only-for-tests/index.js" },
  { rule: "import-resolves", file: "banking/src/k.ts", text: value("./nowhere.js"), to: "./nowhere.js" },
  { rule: "no-cycle", file: "banking/src/l.ts", text: value("./m.js"), to: "banking/src/m.ts" },
  { rule: "no-cycle", file: "banking/src/n.ts", text: type("./o.js"), to: "banking/src/o.ts" },
];

/** What the planted imports lead to, besides what every planted workspace has. */
const scenery = {
  "banking/test/fixture.ts": "export const inside = 1;\n",
  "banking/src/m.ts": value("./l.js"),
  "banking/src/o.ts": type("./n.js"),
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function planting(files: Readonly<Record<string, string>>): string {
  const folder = plant(files);
  folders.push(folder);
  return folder;
}

describe("a planted violation", () => {
  let seen: Cruise;
  beforeAll(async () => {
    seen = await cruise(planting({ ...scenery, ...Object.fromEntries(planted.map(({ file, text }) => [file, text])) }));
  });

  test.each(planted)("$rule sees $file", ({ rule, file, to }) => {
    const hits = seen.breaches.filter((breach) => breach.rule === rule && breach.from === `packages/${file}`);
    expect(hits.map((breach) => breach.to).filter((target) => target.endsWith(to))).toHaveLength(1);
  });

  test("there is one for every rule", () => {
    const config = createRequire(import.meta.url)(configFile) as { forbidden: { name: string; severity: string }[] };
    expect([...new Set(planted.map(({ rule }) => rule))].sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
    expect(config.forbidden.every(({ severity }) => severity === "error")).toBe(true);
  });
});

test("a workspace that keeps the fences is clean", async () => {
  const { files, breaches } = await cruise(planting({}));
  expect(breaches).toEqual([]);
  expect(files).toBeGreaterThan(10);
});

test("this workspace keeps the fences", async () => {
  const { files, breaches } = await cruise(root);
  expect(breaches).toEqual([]);
  expect(files).toBeGreaterThan(10);
});
