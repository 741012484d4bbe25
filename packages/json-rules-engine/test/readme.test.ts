import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

/** The page's example is the file beside this one, which is compiled, and it prints what the page says. */
test("README.md: the example is compiled and prints what the page shows", async () => {
  const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const block = (language: string): string | undefined => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(page)?.[1];
  expect(block("ts")).toBe(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  const printed: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  try {
    await import("./readme-example.js");
  } finally {
    log.mockRestore();
  }
  expect(printed).toEqual(block("text")?.trimEnd().split("\n"));
});
