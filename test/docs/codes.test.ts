import { readFileSync } from "node:fs";
import { codes, reasonTexts, type Lang } from "@evertend/core";
import { describe, expect, test } from "vitest";
import { codesPage } from "../../scripts/make-codes-page.js";

const files: readonly (readonly [Lang, string])[] = [["en", "codes.md"], ["zh-CN", "codes.zh-CN.md"]];

describe.each(files)("%s", (lang, file) => {
  const page = readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8");

  test("is what the script makes of the code: run scripts/make-codes-page.ts", () => {
    expect(page).toBe(codesPage(lang));
  });

  test("has every code and every reason exactly once, and no other", () => {
    const sections = page.split(/^## /m);
    const inTables = (section: string | undefined): string[] => [...(section ?? "").matchAll(/^\| `([A-Z_]+)` \|/gm)].map((row) => row[1] ?? "").sort();
    expect(inTables(sections[1])).toEqual(Object.keys(codes).sort());
    expect(inTables(sections[2])).toEqual(Object.keys(reasonTexts).sort());
  });
});
