import { join } from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { root } from "./cruise.js";

/** ESLint as `pnpm lint` runs it, without the rules that need types: a file that does not exist has none. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked, { languageOptions: { parserOptions: { projectService: false } } }],
});

async function rulesBrokenBy(code: string, file: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  return [...new Set((result?.messages ?? []).map((message) => message.ruleId ?? message.message))];
}

const core = "packages/core/src/policy/planted.ts";

test.each([
  ["no-restricted-properties", "export const f = () => Date.now();"],
  ["no-restricted-properties", "export const f = () => Math.random();"],
  ["no-restricted-properties", "export const f = (a: string, b: string) => a.localeCompare(b);"],
  ["no-restricted-properties", 'import { DateTime } from "luxon";\nexport const f = () => DateTime.now();'],
  ["no-restricted-syntax", "export const f = () => new Date();"],
  ["no-restricted-syntax", "export const f = () => Date();"],
  ["no-restricted-globals", "export const f = () => process.env;"],
  ["no-restricted-globals", "export const f = () => globalThis.process;"],
  ["no-restricted-globals", 'export const f = () => Buffer.from("");'],
  ["no-restricted-globals", "export const f = (g: () => void) => setTimeout(g, 1);"],
  ["no-restricted-globals", 'export const f = () => fetch("https://example.com");'],
  ["no-restricted-globals", "export const f = () => crypto.randomUUID();"],
  ["no-restricted-globals", "export const f = (s: string): unknown => eval(s);"],
  ["no-restricted-globals", "export const f = (s: string) => new Function(s);"],
  ["no-restricted-globals", "export const f = (s: string) => Function(s);"],
  ["no-restricted-imports", 'export { readFileSync } from "node:fs";'],
  ["no-restricted-imports", 'import { join } from "path";\nexport const f = join;'],
  ["no-console", "export const f = () => console.log(1);"],
  ["no-restricted-exports", "export default 1;"],
])("core may not: %s sees %s", async (rule, code) => {
  expect(await rulesBrokenBy(code, core)).toContain(rule);
});

test("core may count days of a date it was given", async () => {
  expect(await rulesBrokenBy("export const f = (day: string) => new Date(day).getTime();", core)).toEqual([]);
});

test("only one file of core generates code", async () => {
  const code = "export const f = (source: string) => new Function(source);";
  expect(await rulesBrokenBy(code, "packages/core/src/evaluate/generate-code.ts")).toEqual([]);
  expect(await rulesBrokenBy(code, "packages/core/src/evaluate/other.ts")).not.toEqual([]);
});

test("only the command line writes to the console", async () => {
  const code = "export const f = () => console.log(1);";
  expect(await rulesBrokenBy(code, "packages/cli/src/planted.ts")).toEqual([]);
  expect(await rulesBrokenBy(code, "packages/banking/src/planted.ts")).toEqual(["no-console"]);
});
