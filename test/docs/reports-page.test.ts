import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { customerReports } from "@evertend/banking";
import type { Lang } from "@evertend/core";

const pages: readonly (readonly [name: string, lang: Lang])[] = [["reports.md", "en"], ["reports.zh-CN.md", "zh-CN"]];

describe.each(pages)("docs/%s", (name, lang) => {
  const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

  it("lists every report with what it answers and covers, and no other", () => {
    const listed = [...text.matchAll(/^\| `([\w-]+)` \| (.*) \| (.*) \| .* \| (S.*) \|$/gm)].map(([, report, title, answers, covers]) => [report, title, answers, covers]);
    expect(listed).toEqual(customerReports.map((report) => [report.name, report.title[lang], report.answers[lang], report.covers.join(", ")]));
  });
});
