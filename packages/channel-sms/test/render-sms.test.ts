import { describe, expect, test } from "vitest";
import { createSmsChannel, smsProfiles } from "@evertend/channel-sms";
import { touchWith } from "./sample-touch.js";

const sms = createSmsChannel();
const bank = { signature: "【示例银行】" };
const textOf = (...args: Parameters<typeof sms.render>): string => sms.render(...args).parts["text"] ?? "";
const codes = (...args: Parameters<typeof sms.render>): readonly string[] => sms.render(...args).diagnostics.map((d) => d.code);

describe("signature and opt-out text", () => {
  test.each([
    ["service: signature only", touchWith(), bank, "【示例银行】您的定期存款将于12月30日到期。"],
    ["marketing: both", touchWith({ class: "marketing", parts: { text: "新基金发售。" } }), bank, "【示例银行】新基金发售。拒收请回复R"],
    ["no punctuation at the end", touchWith({ class: "marketing", parts: { text: "新基金发售" } }), bank, "【示例银行】新基金发售，拒收请回复R"],
    ["English", touchWith({ class: "marketing", locale: "en", parts: { text: "A new fund is out." } }), { signature: "[Bank] " }, "[Bank] A new fund is out. Reply R to opt out"],
    ["English without a stop", touchWith({ class: "marketing", locale: "en", parts: { text: "A new fund" } }), {}, "A new fund. Reply R to opt out"],
    ["a near locale", touchWith({ class: "marketing", locale: "en-GB", parts: { text: "Hi." } }), {}, "Hi. Reply R to opt out"],
    ["own opt-out text", touchWith({ class: "marketing", parts: { text: "新基金发售。" } }), { optOut: { "zh-CN": "回T退订" } }, "新基金发售。回T退订"],
    ["both already there", touchWith({ class: "marketing", parts: { text: "【示例银行】新基金，拒收请回复R" } }), bank, "【示例银行】新基金，拒收请回复R"],
    ["signature at the end", touchWith({ parts: { text: "存款到期。【示例银行】" } }), bank, "存款到期。【示例银行】"],
    ["greeting has no opt-out text", touchWith({ class: "greeting", parts: { text: "生日快乐！" } }), bank, "【示例银行】生日快乐！"],
  ] as const)("%s", (_name, touch, config, expected) => {
    expect(textOf(touch, config)).toBe(expected);
    // Rendering the outcome again adds nothing.
    expect(textOf({ ...touch, parts: { text: expected } }, config)).toBe(expected);
  });

  test("marketing without an opt-out text for its language is an error", () => {
    const touch = touchWith({ class: "marketing", locale: "fr" });
    expect(codes(touch, bank)).toEqual(["CHANNEL_CONFIG_INVALID"]);
    expect(sms.render(touch, bank, "zh-CN").diagnostics[0]?.message).toContain("退订用语");
  });

  test("signature and opt-out text count", () => {
    const text = "中".repeat(64);
    expect(sms.render(touchWith({ parts: { text } }), bank).segments).toBe(1);
    expect(sms.render(touchWith({ class: "marketing", parts: { text } }), bank).segments).toBe(2);
  });
});

describe("findings", () => {
  test.each([
    ["500 characters with signature", { parts: { text: "中".repeat(494) } }, []],
    ["501", { parts: { text: "中".repeat(495) } }, ["SMS_TOO_LONG"]],
    ["empty", { parts: { text: " \n" } }, ["MESSAGE_EMPTY"]],
    ["no text", { parts: {} }, ["TEMPLATE_PART_MISSING"]],
    ["NUL", { parts: { text: "a\0b" } }, ["TEXT_INVALID"]],
    ["a lone carriage return", { parts: { text: "a\rb" } }, ["TEXT_INVALID"]],
    ["line breaks", { parts: { text: "a\nb\r\nc" } }, []],
    ["half a pair", { parts: { text: "a\uD83D" } }, ["TEXT_INVALID"]],
    ["no plus", { to: "8613800138000" }, ["PHONE_INVALID"]],
    ["two numbers", { to: "+8613800138000;+8613800138001" }, ["ADDRESS_MULTIPLE"]],
    ["line feed", { to: "+8613800138000\n" }, ["ADDRESS_CONTROL_CHAR"]],
    ["everything at once", { to: "x", parts: { text: "" } }, ["PHONE_INVALID", "MESSAGE_EMPTY"]],
  ] as const)("%s", (_name, changes, expected) => {
    expect(codes(touchWith(changes), bank)).toEqual(expected);
  });

  test("a text too long is said with numbers in both languages, and not cut", () => {
    const touch = touchWith({ parts: { text: "中".repeat(600) } });
    const rendered = sms.render(touch, bank);
    expect(rendered.parts["text"]).toHaveLength(606);
    expect(rendered.diagnostics[0]?.message).toContain("606 characters, the limit is 500");
    expect(sms.render(touch, bank, "zh-CN").diagnostics[0]?.message).toContain("606 个字符，上限 500");
  });

  test.each([
    ["/signature", { signature: "a\nb" }],
    ["/maxCharacters", { maxCharacters: 0 }],
    ["/optOut", { optOut: { en: 1 } }],
    ["/templates", { templates: [] }],
    ["/transport", { transport: { kind: "http", url: "https://x" } }],
  ])("settings: %s", (pointer, config) => {
    expect(() => sms.render(touchWith(), config)).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: "CHANNEL_CONFIG_INVALID", pointer })] }));
  });
});

describe("approved templates", () => {
  const config = { templates: { "deposit-maturity": "SMS_123" } };

  test("id and slots go along with the text", () => {
    const { parts } = sms.render(touchWith({ slots: { name: "王", date: "12月30日" } }), config);
    expect(parts["templateId"]).toBe("SMS_123");
    expect(parts["slots"]).toBe('{"name":"王","date":"12月30日"}');
    expect(sms.render(touchWith({ template: "other" }), config).parts).not.toHaveProperty("templateId");
    expect(sms.render(touchWith({ template: "toString" }), config).parts).not.toHaveProperty("templateId");
  });

  test("a provider that takes nothing else refuses a template that it does not know", () => {
    const huawei = createSmsChannel(smsProfiles.huawei);
    expect(huawei.render(touchWith(), config).diagnostics).toEqual([]);
    expect(huawei.render(touchWith({ template: "other" }), config).diagnostics.map((d) => d.pointer)).toEqual(["/templates"]);
    const link = huawei.render(touchWith({ slots: { name: "www.evil.example" } }), config).diagnostics;
    expect(link.map((d) => d.pointer)).toEqual(["/slots/name"]);
    expect(JSON.stringify(link)).not.toContain("evil");
  });
});
