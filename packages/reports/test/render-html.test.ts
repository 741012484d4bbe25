import type { Bilingual, Lang, ReportChart, ReportData, ReportPart } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../src/index.js";
import { visibleText } from "../src/text/visible-text.js";
import { hostileReport, hostileTexts } from "./hostile-report.js";
import { pageTags, pageText } from "./page-tags.js";
import { sampleRunReport } from "./sample-run-report.js";

const same = (text: string): Bilingual => ({ "zh-CN": text, en: text });
const report = (...parts: readonly ReportPart[]): ReportData => ({ title: same("t"), subtitle: same(""), asOf: "2026-12-01", parts, footer: same("f") });
const chart = (kind: ReportChart["chart"], values: readonly number[], names = values.map((_, i) => `n${i}`)): ReportChart => ({
  kind: "chart", id: "c", chart: kind, title: same("title"), categories: names.map(same), series: [{ label: same("s"), values }],
});
const svgs = (html: string): readonly string[] => html.match(/<svg[^]*?<\/svg>/g) ?? [];
const words = (svg: string): string => pageText(svg);

const KINDS = ["bar", "stackedBar", "line", "pie", "funnel"] as const;
const LANGS: readonly Lang[] = ["zh-CN", "en"];

describe.each([
  ["sample", sampleRunReport],
  ["hostile", hostileReport],
])("the %s report", (_, data) => {
  const pages = [...LANGS.map((lang) => renderHtml(data, { lang })), renderHtml(data, { lang: "en", otherLang: true })];

  it("is well-formed, with known elements and attributes only", () => {
    const elements = new Set("!doctype html head meta title style body header nav main footer section figure figcaption div p h1 h2 h3 ul ol li a dl dt dd time table caption thead tbody tr th td span i details summary input label svg path rect text polygon line g circle".split(" "));
    const attributes = new Set("lang charset http-equiv content name class id for type checked href aria-label aria-labelledby aria-hidden role tabindex scope datetime style viewBox d fill stroke stroke-width stroke-linecap stroke-linejoin fill-opacity stroke-opacity opacity transform x y dx dy r cx cy x1 x2 y1 y2 points width height text-anchor dominant-baseline html".split(" "));
    for (const page of pages) {
      for (const tag of pageTags(page)) {
        expect(elements).toContain(tag.name);
        for (const [name, value] of tag.attributes) {
          expect(attributes, `<${tag.name} ${name}>`).toContain(name);
          if (name === "href") expect(value).toMatch(/^#[\w.-]+$/);
          if (name === "style") expect(value).toMatch(/^[\w:;.%#\s-]*$/);
          if (name === "fill" || name === "stroke") expect(value).toMatch(/^(none|var\(--\w+\))$/);
        }
      }
    }
  });

  it("names every id once and points to ids that are there", () => {
    for (const page of pages) {
      const tags = pageTags(page);
      const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const targets = tags.flatMap(({ attributes }) => [attributes.get("href")?.slice(1), attributes.get("aria-labelledby"), attributes.get("for")]);
      for (const target of targets) if (target !== undefined) expect(ids).toContain(target);
    }
  });

  it("needs nothing from outside and forbids it", () => {
    for (const page of pages) {
      expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
      const style = /<style>([^<]*)<\/style>/.exec(page)?.[1] ?? "";
      expect(style.length).toBeGreaterThan(1000);
      expect(style).not.toMatch(/url\(|@import|@font-face|expression/);
      expect(page.replace(/>[^<]*</g, "><")).not.toMatch(/https?:|src=|<script/);
    }
  });

  it("is the same, byte for byte, every time", () => {
    renderHtml(report(chart("line", [1, 2])), { lang: "en" });
    LANGS.forEach((lang, i) => expect(renderHtml(data, { lang })).toBe(pages[i]));
  });

  it("follows every chart with its numbers", () => {
    const charts = data.parts.filter((part) => part.kind === "chart");
    const [page = ""] = pages;
    expect(page.match(/<figure>/g)).toHaveLength(charts.length);
    expect(page.match(/<details class="numbers">/g)).toHaveLength(charts.length);
    for (const figure of page.match(/<figure>[^]*?<\/figure>/g) ?? []) expect(figure).toMatch(/<figcaption><h2[^]*<svg[^]*<details[^]*<caption/);
  });
});

describe("size and language", () => {
  it("keeps a typical report under 300 KB, in both languages together", () => {
    expect(Buffer.byteLength(renderHtml(sampleRunReport, { lang: "zh-CN", otherLang: true }))).toBeLessThan(300_000);
  });

  it("says its language and only that", () => {
    const zh = renderHtml(sampleRunReport, { lang: "zh-CN" });
    const en = renderHtml(sampleRunReport, { lang: "en" });
    expect(zh).toContain('<html lang="zh-CN">');
    expect(en).toContain('<html lang="en">');
    expect(zh).toContain("<time datetime=\"2026-12-01\">2026年12月1日</time>");
    expect(en).toContain("<time datetime=\"2026-12-01\">1 December 2026</time>");
    expect(pageText(en)).not.toMatch(/\p{Script=Han}/u);
    expect(pageText(zh)).not.toMatch(/Show the numbers|Matches by rule|As of/);
    expect(zh).toContain('"PingFang SC"');
  });

  it("holds both languages behind a switch when asked", () => {
    const both = renderHtml(sampleRunReport, { lang: "en", otherLang: true });
    expect(both).toContain('<html lang="en">');
    expect(both.match(/<div class="l2" lang="zh-CN">/g)).toHaveLength(3);
    expect(both.match(/<(header|main|footer)>/g)).toHaveLength(3);
    expect(both.match(/type="radio"/g)).toHaveLength(2);
  });
});

describe("hostile texts", () => {
  const page = renderHtml(hostileReport, { lang: "en" });

  it("are shown in full, as text, also in charts", () => {
    const shown = pageText(page);
    for (const text of hostileTexts) expect(shown).toContain(visibleText(text).replace(/\s/gu, ""));
    const [wide = "", narrow = ""] = svgs(page);
    for (const svg of [wide, narrow]) for (const text of hostileTexts) expect(words(svg)).toContain(visibleText(text).replace(/\s/gu, ""));
  });

  it("leave no character that turns the writing direction", () => {
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0009]/);
  });
});

describe("charts", () => {
  it.each(KINDS)("%s: draws without ids, classes of the library, style sheets or markup of its own", (kind) => {
    const drawn = svgs(renderHtml(report(chart(kind, [5, 3, 1])), { lang: "en" }));
    expect(drawn.length).toBe(kind === "pie" ? 1 : 2);
    for (const svg of drawn) {
      expect(svg).not.toMatch(/zr\d|ecmeta|<style|CDATA|xlink|clip-path| id=/);
      expect(svg).toMatch(/^<svg (class="(wide|narrow)" )?role="img" aria-label="[^"]+" viewBox="0 0 \d+ \d+">/);
    }
  });

  it.each(KINDS)("%s: copes with nothing, one and only zeros", (kind) => {
    expect(renderHtml(report(chart(kind, [])), { lang: "en" })).toContain("Nothing to show.");
    for (const values of [[0], [0, 0, 0], [7]]) {
      const page = renderHtml(report(chart(kind, values)), { lang: "en" });
      expect(page).not.toMatch(/NaN|Infinity|undefined/);
      expect(svgs(page).length).toBeGreaterThan(0);
    }
  });

  it("sets long Chinese names in full, in both widths", () => {
    const names = ["连续九十天没有主动交易且总资产下降超过百分之二十的客户需要尽快回访", "生日祝福"];
    for (const kind of ["bar", "stackedBar", "funnel"] as const) {
      for (const svg of svgs(renderHtml(report(chart(kind, [9, 4], names)), { lang: "zh-CN" }))) for (const name of names) expect(words(svg)).toContain(name);
    }
    const line = renderHtml(report(chart("line", [9, 4], names)), { lang: "zh-CN" });
    for (const name of names) expect(line).toContain(`<li>${name}</li>`);
  });

  it("draws bars as long as their values", () => {
    const [svg = ""] = svgs(renderHtml(report(chart("bar", [400, 100, 200])), { lang: "en" }));
    const lengths = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+A[^"]*" fill="var\(--s1\)"/g)].map(([, from, to]) => Number(to) - Number(from) + 2);
    expect(lengths).toHaveLength(3);
    expect((lengths[0] ?? 0) / (lengths[1] ?? 1)).toBeCloseTo(4, 1);
    expect((lengths[2] ?? 0) / (lengths[1] ?? 1)).toBeCloseTo(2, 1);
    expect(words(svg)).toBe("n0400n1100n2200");
  });

  it("puts sums at both ends of a stack that crosses zero", () => {
    const gained: ReportChart = { ...chart("stackedBar", [12, 0]), series: [
      { label: same("gained"), values: [12, 0] }, { label: same("more"), values: [3, 0] }, { label: same("lost"), values: [-4, -9] }] };
    const [svg = ""] = svgs(renderHtml(report(gained), { lang: "en" }));
    expect(words(svg)).toBe("n0123−415n1−9");
  });

  it("shows every day of a long row in order and gives the year once", () => {
    const days = Array.from({ length: 30 }, (_, i) => `2026-${i < 20 ? "11" : "12"}-${String(i < 20 ? i + 11 : i - 19).padStart(2, "0")}`);
    const [, narrow = ""] = svgs(renderHtml(report(chart("line", days.map((_, i) => i), days)), { lang: "en" }));
    const labels = [...narrow.matchAll(/>([\d-]+)<\/text>/g)].map(([, label = ""]) => label).filter((label) => label.includes("-") || label === "2026");
    expect(labels.filter((label) => label === "2026")).toHaveLength(1);
    const dates = labels.filter((label) => label !== "2026");
    expect(dates.length).toBeGreaterThan(3);
    expect([...dates].sort()).toEqual(dates);
  });

  it("keeps five slices of a pie and puts the rest together; the table has all", () => {
    const values = [5, 9, 1, 3, 44, 12, 9, 2];
    const page = renderHtml(report(chart("pie", values)), { lang: "en" });
    const key = /<table class="key"[^]*?<\/table>/.exec(page)?.[0] ?? "";
    expect(pageText(key)).toBe("n055.9%n1910.6%n44451.8%n51214.1%n6910.6%Other67.1%");
    expect(pageText(/<details[^]*?<\/details>/.exec(page)?.[0] ?? "")).toContain("n722.4%");
  });

  it("says what a funnel loses", () => {
    const [svg = ""] = svgs(renderHtml(report(chart("funnel", [200, 150, 150])), { lang: "en" }));
    expect(words(svg)).toBe("n0200100.0%−50n115075.0%n215075.0%");
  });
});

describe("tables", () => {
  it("formats by column and marks what is not there", () => {
    const page = renderHtml(report({
      kind: "table", id: "t", title: same("title"),
      columns: [
        { id: "a", label: same("name") }, { id: "b", label: same("n"), format: "integer" }, { id: "c", label: same("m"), format: "money" },
        { id: "d", label: same("p"), format: "percent" }, { id: "e", label: same("left"), format: "integer", align: "left" }, { id: "f", label: same("any") },
      ],
      rows: [[{ "zh-CN": "甲", en: "first" }, 1234, 1234.5, 0.125, 7, 1.5], ["b", null, -1, 1, null, "x"]],
    }), { lang: "en" });
    expect(page).toContain('<th scope="row" class="nb">first</th><td class="num">1,234</td><td class="num">1,234.50</td><td class="num">12.5%</td><td class="nb">7</td><td class="nb">1.5</td>');
    expect(page).toContain('<td class="num"><span class="nil" aria-hidden="true">–</span><span class="vh">none</span></td><td class="num">−1.00</td>');
    expect(page).toContain("<caption");
    expect(page).toContain('<th scope="col" class="num nb">n</th>');
  });

  it("scrolls long tables and counts their rows", () => {
    const rows = Array.from({ length: 1200 }, (_, i) => [`c${i}`]);
    const page = renderHtml(report({ kind: "table", id: "t", title: same("x"), columns: [{ id: "a", label: same("a") }], rows }), { lang: "en" });
    expect(page).toContain('class="scroll tall"');
    expect(page).toContain("1,200 rows");
  });
});

describe("what cannot be rendered throws", () => {
  it.each<readonly [string, ReportPart, RegExp]>([
    ["a value too few", { ...chart("bar", [1]), categories: [same("a"), same("b")] }, /1 values for 2 categories/],
    ["not a number", chart("bar", [NaN]), /finite/],
    ["infinite", chart("line", [Infinity]), /finite/],
    ["a negative slice", chart("pie", [-1]), /negative/],
    ["a negative step", chart("funnel", [-1]), /negative/],
    ["a cell too few", { kind: "table", id: "t", title: same("x"), columns: [{ id: "a", label: same("a") }], rows: [[]] }, /0 cells for 1 columns/],
    ["a cell that is not a number", { kind: "table", id: "t", title: same("x"), columns: [{ id: "a", label: same("a") }], rows: [[NaN]] }, /finite/],
    ["a figure that is not a number", { kind: "figures", id: "f", figures: [{ id: "x", label: same("x"), value: NaN }] }, /finite/],
  ])("%s", (_, part, message) => expect(() => renderHtml(report(part), { lang: "en" })).toThrow(message));

  it("two parts of one id", () => {
    expect(() => renderHtml(report(chart("bar", [1]), chart("bar", [1])), { lang: "en" })).toThrow(/two parts/);
  });
});
