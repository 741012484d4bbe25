import { describe, expect, it } from "vitest";
import type { FillOptions } from "../../src/template/check-template.js";
import { checked, valuesOf } from "./template-fixture.js";

const zh: FillOptions = { locale: "zh-CN", escape: "plain" };
const en: FillOptions = { locale: "en", escape: "plain" };
const html: FillOptions = { locale: "en", escape: "html" };

const record = {
  name: "王小明",
  "assets.total": 1234567.5,
  rate: 0.0275,
  vip: true,
  birthDate: "1980-12-30",
  tags: ["a", 2, "c"],
  holdings: [
    { product: "定期", amount: 50000, due: "2026-12-30", labels: ["x", "y"] },
    { product: "基金", amount: 0.1, due: "2027-01-02", labels: [] },
  ],
};

describe("fill", () => {
  it.each<[string, FillOptions, string]>([
    ["尊敬的{{name}}，您的资产为{{money assets.total}}元。", zh, "尊敬的王小明，您的资产为1,234,567.50元。"],
    ["{{date birthDate}}", zh, "1980年12月30日"],
    ["{{date birthDate}}", en, "30 December 1980"],
    ["{{birthDate}}", en, "1980-12-30"],
    ["{{percent rate}} {{percent rate 0}} {{number assets.total}} {{assets.total}} {{money assets.total 0}}", en, "2.75% 3% 1,234,567.5 1234567.5 1,234,568"],
    ["{{#if vip}}VIP{{else}}x{{/if}}{{#unless vip}}no{{/unless}}", en, "VIP"],
    ["{{#if note}}a{{else if vip}}b{{else}}c{{/if}}", en, "b"],
    ["{{#each holdings as |h|}}{{name}}:{{h.product}} {{money h.amount}} {{#each h.labels as |l|}}[{{l}}]{{else}}-{{/each}};{{/each}}", zh, "王小明:定期 50,000.00 [x][y];王小明:基金 0.10 -;"],
    ["{{#each tags as |t|}}{{t}},{{/each}}", en, "a,2,c,"],
    ["{{tags}}", zh, "a、2、c"],
    ["{{tags}}", en, "a, 2, c"],
    ["\\{{name}}", en, "{{name}}"],
    ["{{vip}}", en, "true"],
  ])("%s → %s", (source, options, text) => {
    expect(checked(source).fill(valuesOf(record), options)).toMatchObject({ text, missing: [], tooLarge: false });
  });

  it("inside #each a name means the record, not the item", () => {
    const template = checked("{{#each holdings as |h|}}{{name}} {{/each}}");
    expect(template.fill(valuesOf({ name: "record", holdings: [{ name: "item" }] }), en).text).toBe("record ");
  });

  it("reports what was absent where output was asked for, and only there", () => {
    const template = checked("{{name}}{{#if vip}}{{idNumber}}{{else}}{{note}}{{/if}}{{money assets.total}}{{#each holdings as |h|}}{{h.product}}{{date h.due}}{{/each}}");
    expect(template.fill(valuesOf({ name: null, holdings: [{ product: "x", due: "2026-02-30" }] }), en)).toMatchObject({
      text: "x",
      missing: ["assets.total", "holdings.due", "name", "note"],
    });
    expect(checked("{{#each tags as |t|}}{{t}}{{/each}}x").fill(valuesOf({}), en).missing).toEqual(["tags"]);
    expect(checked("{{#each tags as |t|}}{{t}}{{else}}none{{/each}}").fill(valuesOf({}), en)).toMatchObject({ text: "none", missing: [] });
    expect(checked("{{#each tags as |t|}}{{t}}{{/each}}x").fill(valuesOf({ tags: [] }), en).missing).toEqual([]);
  });

  it("gives the text of each slot, empty where its branch was not taken", () => {
    const template = checked("{{name}} {{#if vip}}{{date birthDate}}{{else}}{{note}}{{/if}} {{money assets.total}} {{assets.total}}");
    const { slots } = template.fill(valuesOf(record), zh);
    expect(Object.entries(slots)).toEqual([["name", "王小明"], ["birthDate", "1980年12月30日"], ["note", ""], ["assets.total", "1,234,567.50"], ["assets.total#2", "1234567.5"]]);
  });
});

describe("hostile data", () => {
  it.each<[FillOptions["escape"], string, string]>([
    ["line", "a\r\nBcc: evil@x\u2028b\u0000\tc", "a Bcc: evil@x b c"],
    ["plain", "a\r\nb\rc\u2028d\u0000\u001b[31m\te\u202Egnp\u2066", "a\nb\nc\nd[31m egnp"],
    ["html", `<img src=x onerror="alert('1')">&amp;`, "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;"],
    ["html", "</p>\u202E\u0000", "&lt;/p&gt;"],
    ["plain", "half \ud83d", "half \uFFFD"],
    ["plain", "{{idNumber}} {{{note}}} ${x} $& $1 $$", "{{idNumber}} {{{note}}} ${x} $& $1 $$"],
    ["html", "{{idNumber}}", "{{idNumber}}"],
  ])("%s: %j", (escape, value, text) => {
    const filled = checked("{{note}}").fill(valuesOf({ note: value, idNumber: "secret" }), { locale: "en", escape });
    expect(filled.text).toBe(text);
    expect(filled.slots["note"]).toBe(text);
  });

  it("one line stays one line, whatever the template holds", () => {
    expect(checked("\nHello\r\n{{note}}\n").fill(valuesOf({ note: "a\nb" }), { locale: "en", escape: "line" }).text).toBe("Hello a b");
  });

  const evil = { toString: () => "called", toHTML: () => "<b>", valueOf: () => 1, toJSON: () => "x" };
  it.each<[string, unknown]>([
    ["an object", evil],
    ["a function", () => "called"],
    ["a symbol", Symbol("x")],
    ["a bigint", 10n],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["2^60", 2 ** 60],
    ["a Date", new Date(0)],
    ["a list of objects", [evil]],
    ["null", null],
  ])("%s counts as absent", (_name, value) => {
    for (const source of ["{{note}}", "{{tags}}", "{{money assets.total}}", "{{date birthDate}}", "{{percent rate}}", "{{number rate}}"]) {
      const field = checked(source).reads[0] ?? "";
      expect(checked(source).fill(valuesOf({ [field]: value }), html)).toMatchObject({ text: "", missing: [field] });
    }
  });

  it("a function is not true and is not called", () => {
    let calls = 0;
    const call = (): boolean => {
      calls++;
      return true;
    };
    expect(checked("{{#if vip}}a{{else}}b{{/if}}").fill(valuesOf({ vip: call }), en).text).toBe("b");
    expect(checked("{{#each tags as |t|}}{{t}}{{else}}b{{/each}}").fill(valuesOf({ tags: call }), en).text).toBe("b");
    expect(calls).toBe(0);
  });

  it("items give own plain members only", () => {
    let calls = 0;
    const inherited: unknown = Object.create({ product: "inherited" });
    const getter = {
      get product() {
        calls++;
        return "x";
      },
    };
    const template = checked("{{#each holdings as |h|}}[{{h.product}}]{{/each}}");
    const filled = template.fill(valuesOf({ holdings: [inherited, getter, "product", null, 7, [], { product: "ok" }] }), en);
    expect(filled.text).toBe("[][][][][][][ok]");
    expect(filled.missing).toEqual(["holdings.product"]);
    expect(calls).toBe(0);
  });

  it("cuts what is too long, between characters", () => {
    const filled = checked("{{note}}").fill(valuesOf({ note: "😀".repeat(15_000) }), en);
    expect(filled.tooLarge).toBe(true);
    expect(filled.text.length).toBeLessThanOrEqual(20_000);
    expect(filled.text).toBe("😀".repeat(10_000));
    const escaped = checked("{{note}}").fill(valuesOf({ note: "x" + "<".repeat(20_000) }), html);
    expect(escaped.tooLarge).toBe(true);
    expect(escaped.text).toMatch(/^x(?:&lt;)+$/);
    expect(checked("{{note}}").fill(valuesOf({ note: "x".repeat(20_000) }), en).tooLarge).toBe(false);
  });

  it.each([
    ["with output", "{{#each tags as |a|}}{{#each tags as |b|}}{{#each tags as |c|}}{{#each tags as |d|}}{{d}}{{/each}}{{/each}}{{/each}}{{/each}}"],
    ["without output", "x{{#each tags as |a|}}{{#each tags as |b|}}{{#each tags as |c|}}{{#each tags as |d|}}{{#if z}}{{/if}}{{/each}}{{/each}}{{/each}}{{/each}}".replace("{{#if z}}{{/if}}", "")],
  ])("four loops over 1,000 items %s end quickly", (_name, source) => {
    const started = performance.now();
    const filled = checked(source).fill(valuesOf({ tags: Array.from({ length: 1000 }, () => "y") }), en);
    expect(filled.tooLarge).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("a list of a million texts printed ends quickly", () => {
    const started = performance.now();
    expect(checked("{{tags}}").fill(valuesOf({ tags: Array.from({ length: 1_000_000 }, () => "y") }), en).tooLarge).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
