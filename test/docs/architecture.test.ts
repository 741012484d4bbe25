import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/architecture.md", root), "utf8");

/** Text under each `###` heading, by heading. */
const paragraphs = new Map(page.split(/^### /m).slice(1).map((part) => [part.slice(0, part.indexOf("\n")), part.split(/^##? /m)[0]?.slice(part.indexOf("\n")) ?? ""] as const));

function folders(path: string): string[] {
  return readdirSync(new URL(path, root), { withFileTypes: true }).filter((one) => one.isDirectory() && one.name !== "node_modules").map((one) => one.name);
}

const packages = folders("packages").filter((name) => existsSync(new URL(`packages/${name}/package.json`, root)));
const wanted = [...packages.map((name) => `packages/${name}`), ...folders("packages/core/src")];

test("every package and every folder of core has its paragraph, and no paragraph speaks of one that is gone", () => {
  expect([...paragraphs.keys()].sort()).toEqual([...wanted].sort());
});

test.each(wanted)("%s says what it may not do", (name) => {
  expect(paragraphs.get(name)).toMatch(/may not|may change only|may only/i);
});
