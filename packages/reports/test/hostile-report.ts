import type { Bilingual, ReportChart, ReportData } from "@evertend/core";

/** Texts that have broken reports before: markup, ends of elements, entities, writing direction, controls, rich-text codes. */
export const hostileTexts: readonly string[] = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `</title></style></svg></table><h1>x`,
  `]]> <![CDATA[ <!-- --> &lt;b&gt; &amp;`,
  `\u202Egnp.exe \u2066isolated`,
  `{a|rich} {b} {value} %7B \${1}`,
  `line one\nline two\ttab\u0000nul\u001b[31m`,
  `'single' \`back\` "double" \\ /`,
  `عميل مصرفي 123`,
  `很长的规则名称，没有任何空格也没有可以换行的地方，必须完整显示而不能被截断，否则读者无法分辨两条规则`,
  `AVeryLongNameWithoutAnyPlaceToBreakThatMustStillBeShownInFullBecauseItIsTheNameOfARule`,
  `zr0-cls-0 class="x" fill="none"></path><rect width="9"`,
  "",
  `👨‍👩‍👧 \ud800 half`,
];

const same = (text: string): Bilingual => ({ "zh-CN": text, en: text });

function chart(kind: ReportChart["chart"], id: string, series: ReportChart["series"]): ReportChart {
  return { kind: "chart", id, chart: kind, title: same(hostileTexts[0] ?? ""), note: same(hostileTexts[2] ?? ""), categories: hostileTexts.map(same), series };
}

const up = hostileTexts.map((_, i) => (i * 37) % 50);
const mixed = hostileTexts.map((_, i) => ((i * 37) % 50) - 25);

/** Every kind of part, with hostile texts wherever a text may stand, and values on both sides of zero. */
export const hostileReport: ReportData = {
  title: same(`</title><script>alert("title")</script>`),
  subtitle: same(hostileTexts[1] ?? ""),
  asOf: `2026-02-30"><b>`,
  parts: [
    { kind: "figures", id: `x" onload="alert(1)`, figures: hostileTexts.map((text, i) => ({ id: String(i), label: same(text), value: text, note: same(text) })) },
    chart("bar", "bar", [{ label: same(hostileTexts[1] ?? ""), values: mixed }]),
    chart("bar", "bars", hostileTexts.slice(0, 3).map((text, i) => ({ label: same(text), values: up.map((value) => value * (i + 1) * 1000.5) }))),
    chart("stackedBar", "stacked", hostileTexts.slice(0, 8).map((text, i) => ({ label: same(text), values: i % 2 === 0 ? up : mixed }))),
    chart("line", "line", hostileTexts.slice(0, 5).map((text, i) => ({ label: same(text), values: mixed.map((value) => value * (i + 1)) }))),
    chart("pie", "pie", hostileTexts.slice(0, 2).map((text) => ({ label: same(text), values: up }))),
    chart("funnel", "funnel", [{ label: same("x"), values: [...up].sort((a, b) => b - a) }]),
    { kind: "table", id: "table", title: same(hostileTexts[2] ?? ""), note: same(hostileTexts[3] ?? ""),
      columns: hostileTexts.map((text, i) => ({ id: String(i), label: same(text), ...(i % 3 === 0 ? { format: "money" as const } : {}) })),
      rows: hostileTexts.map((_, i) => hostileTexts.map((text, j) => (j % 3 === 0 ? (i - 5) * 1234567.891 : j === 4 ? null : text))) },
    { kind: "cards", id: "cards", title: same(hostileTexts[0] ?? ""), cards: hostileTexts.map((text) => ({ heading: text, text, facts: [{ label: same(text), value: text }] })) },
    { kind: "text", id: "text", title: same(hostileTexts[2] ?? ""), text: same(hostileTexts.join("\n\n")) },
  ],
  footer: same(hostileTexts[1] ?? ""),
};
