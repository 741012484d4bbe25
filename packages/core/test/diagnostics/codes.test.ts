import { describe as group, expect, it } from "vitest";
import { codes, type DiagnosticCode } from "../../src/diagnostics/codes.js";
import { describe } from "../../src/diagnostics/describe.js";
import type { Lang } from "../../src/diagnostics/diagnostic.js";

const named = `PATH_SYNTAX PATH_FORBIDDEN FACT_UNKNOWN EMPTY_GROUP AMBIGUOUS_GROUP UNKNOWN_KEY DUPLICATE_KEY UNKNOWN_OPERATOR
  TYPE_MISMATCH LIST_REQUIRED TOO_DEEP CYCLIC_REFERENCE UNKNOWN_REFERENCE DUPLICATE_ID NUMBER_RANGE ID_MUST_BE_STRING
  JSON_SYNTAX CONFUSABLE_NAME EFFECTIVE_RANGE REF_FORBIDDEN DATA_REF_FORBIDDEN RESERVED_NAME CALENDAR_ENDS
  TEMPLATE_NOT_STRING UNESCAPED_OUTPUT FIELD_UNKNOWN PARTIAL_FORBIDDEN DATA_FORBIDDEN TEMPLATE_SYNTAX OUTPUT_TOO_LARGE
  URL_SCHEME MESSAGE_EMPTY SMS_TOO_LONG SENSITIVE_FIELD CLASS_CONFLICT DATE_INVALID ZONE_UNKNOWN OFFSET_REQUIRED
  ADDRESS_CONTROL_CHAR ADDRESS_MULTIPLE PHONE_INVALID TEXT_INVALID NUMBER_INVALID KEY_FORBIDDEN`.split(/\s+/);

const all = Object.keys(codes) as DiagnosticCode[];
const langs: readonly Lang[] = ["zh-CN", "en"];
const vocabulary = ["name", "found", "expected", "allowed", "limit", "from", "to", "other", "suggestion", "detail", "line", "column", "character"];

group("codes", () => {
  it("hold every code that the language promises", () => {
    expect(named.filter((code) => !all.includes(code as DiagnosticCode))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(all)("%s reads well with all and with no values, in both languages", (code) => {
    for (const lang of langs) {
      const full = describe(code, Object.fromEntries(vocabulary.map((name) => [name, "x"])), lang);
      for (const text of [full.message, full.hint, ...Object.values(describe(code, {}, lang))]) {
        expect(text).not.toBe("");
        expect(text).not.toMatch(/ {2}|(?<!\{)\{[a-z]+\}(?!\})|^[,.;:，。；：]|[,;:，；：]$|“”|""|\(\)|（）/);
      }
      const withoutLiterals = full.message.replace(/\{\{.*?\}\}/g, "");
      expect(withoutLiterals.includes("…")).toBe(false);
      if (lang === "zh-CN") expect(full.message).toMatch(/\p{Script=Han}/u);
      else expect(full.message + full.hint).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it("use only placeholders of the vocabulary, the same ones in both languages", () => {
    const placeholders = (text: string): string[] => [...new Set(Array.from(text.matchAll(/(?<!\{)\{([a-z]+)\}(?!\})/g), (m) => m[1] ?? ""))].sort();
    for (const code of all) {
      const { message, hint } = codes[code];
      expect(placeholders(message["zh-CN"]), code).toEqual(placeholders(message.en));
      expect(placeholders(hint["zh-CN"]), code).toEqual(placeholders(hint.en));
      expect(placeholders(message.en + hint.en).filter((name) => !vocabulary.includes(name)), code).toEqual([]);
    }
  });
});

group("describe", () => {
  it("fills placeholders and leaves out what is not given", () => {
    expect(describe("FACT_UNKNOWN", { name: "asets.total", suggestion: "assets.total" }, "en")).toEqual({
      message: 'There is no fact "asets.total"',
      hint: 'Did you mean "assets.total"? Use a field of the model or a derived fact of the pack.',
    });
    expect(describe("FACT_UNKNOWN", { name: "资产" }, "zh-CN")).toEqual({
      message: "没有名为“资产”的指标",
      hint: "请使用数据模型中的字段或规则包中的派生指标。",
    });
  });

  it("takes values as text, never as a template, and makes them harmless", () => {
    const name = 'a\u001b[31m\r\nb\u202Ec\u200B{suggestion}[{name}]\ud800';
    const { message } = describe("FACT_UNKNOWN", { name, suggestion: "no" }, "en");
    expect(message).toBe('There is no fact "a [31m bc{suggestion}[{name}]\uFFFD"');
  });

  it("shortens long values without cutting a character", () => {
    const { message } = describe("FACT_UNKNOWN", { name: "😀".repeat(1000) }, "en");
    expect(Array.from(message).length).toBeLessThan(160);
    expect(message).toMatch(/😀…"$/u);
    expect(message).not.toMatch(/\p{Cs}/u);
  });

  it("reads own values only", () => {
    expect(describe("VALUE_NOT_ALLOWED", Object.create({ found: "x" }) as Record<string, string>, "en").message).toBe("The value is not allowed here");
  });
});
