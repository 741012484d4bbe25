import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** The two first pages: their commands print what they say, their links lead somewhere, and both say the same. */

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const prefix = "npx --yes pnpm@10.34.9 ";

/** Runs `evertend …` from source in a folder and gives what it prints. */
async function evertend(words: string, cwd: string): Promise<string> {
  const args = ["--conditions=source", "--import", join(root, "node_modules/tsx/dist/esm/index.mjs"), join(root, "packages/cli/src/main.ts"), ...words.split(" ")];
  const { stdout } = await run(process.execPath, args, { cwd, env: { ...process.env, COLUMNS: "", NO_COLOR: "1" } });
  return stdout;
}

interface Page {
  readonly text: string;
  /** Commands in order, each with the output that the page shows for it, if any. */
  readonly commands: readonly { readonly command: string; readonly output: string | undefined }[];
}

async function readPage(file: string): Promise<Page> {
  const text = await readFile(join(root, file), "utf8");
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const commands = blocks.flatMap((block, i) => {
    const next = blocks[i + 1];
    return block[1] === "sh" ? (block[2] ?? "").trim().split("\n").map((command) => ({ command, output: next?.[1] === "text" ? next[2] : undefined })) : [];
  });
  return { text, commands };
}

describe.each(["README.md", "README.zh-CN.md"])("%s", (file) => {
  let page: Page;
  let folder = "";
  beforeAll(async () => {
    page = await readPage(file);
    folder = await mkdtemp(join(tmpdir(), "evertend-readme-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("begins with the two commands, on the first screen", () => {
    expect(page.commands.slice(0, 2).map(({ command }) => command)).toEqual([`${prefix}start`, `${prefix}test`]);
    expect(page.text.slice(0, page.text.indexOf("```")).split("\n").length).toBeLessThan(10);
  });

  test("shows what its commands print", { timeout: 60_000 }, async () => {
    const own = page.commands.filter(({ command }) => command.startsWith(`${prefix}evertend `));
    expect(own.length).toBe(3);
    for (const { command, output } of own) {
      const printed = await evertend(command.slice(`${prefix}evertend `.length), folder);
      // Spaces at the ends of lines mean nothing.
      if (output !== undefined) expect(output.trimEnd()).toBe(printed.replace(/ +$/gm, "").trimEnd());
    }
    const rule: unknown = JSON.parse(/^```json\n(.*?)^```$/ms.exec(page.text)?.[1] ?? "");
    const rules = JSON.parse(await readFile(join(folder, "my-bank/pack/rules.json"), "utf8")) as { readonly rules: readonly unknown[] };
    expect(rules.rules).toContainEqual(rule);
  });

  test("has a row for every package", async () => {
    const { readdir } = await import("node:fs/promises");
    const names = (await readdir(join(root, "packages"))).filter((name) => existsSync(join(root, "packages", name, "package.json")));
    for (const name of names) expect(page.text).toContain(`(packages/${name})`);
  });
});

test("both pages have the same commands, pictures aside, and as many headings, rows and points", async () => {
  const shape = async (file: string): Promise<unknown> => {
    const { text, commands } = await readPage(file);
    const count = (pattern: RegExp): number => [...text.replace(/^```.*?^```$/gms, "").matchAll(pattern)].length;
    return { commands: commands.map(({ command }) => command.replace(/--lang \S+/, "")), headings: count(/^## /gm), rows: count(/^\|/gm), points: count(/^- /gm) };
  };
  expect(await shape("README.zh-CN.md")).toEqual(await shape("README.md"));
});

const pages = ["README.md", "README.zh-CN.md", "docs/architecture.md", "docs/writing-rules.md", "docs/writing-rules.zh-CN.md", "docs/differences-from-json-rules-engine.md", "docs/moving-from-json-rules-engine.md", "docs/moving-from-json-rules-engine.zh-CN.md", "packages/json-rules-engine/README.md", "docs/codes.md", "docs/codes.zh-CN.md", "examples/embed/README.md"];

test.each(pages)("%s: every link leads to a file or heading that exists", async (file) => {
  const text = (await readFile(join(root, file), "utf8")).replace(/^```.*?^```$/gms, "");
  const broken: string[] = [];
  for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(link)) continue;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(root, file) : join(root, file, "..", path);
    if (!existsSync(target)) broken.push(link);
    else if (anchor !== undefined) {
      const headings = [...(await readFile(target, "utf8")).matchAll(/^#+ (.*)$/gm)].map((heading) => (heading[1] ?? "").toLowerCase().replace(/[^\p{L}\p{N} -]/gu, "").replaceAll(" ", "-"));
      if (!headings.includes(decodeURIComponent(anchor))) broken.push(link);
    }
  }
  expect(broken).toEqual([]);
});
