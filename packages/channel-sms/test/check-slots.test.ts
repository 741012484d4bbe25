import { describe, expect, test } from "vitest";
import { checkSlots, smsProviderRules } from "@evertend/channel-sms";

const { huawei, tencent } = smsProviderRules;
const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`s${index}`, "x"]));

describe("rules of providers", () => {
  test.each([
    ["words between", { source: "尊敬的{{name}}，存款{{amount}}元到期" }, []],
    ["adjacent", { source: "尊敬的{{name}}{{title}}" }, ['"name" and "title"']],
    ["only a space between", { source: "Dear {{title}} {{name}}" }, ["next to each other"]],
    ["all variables", { source: "{{a}}，{{b}}" }, ["all variables"]],
    ["one variable only", { source: "{{a}}" }, ["all variables"]],
    ["conditions", { source: "Dear {{#if a}}x{{/if}}" }, ["#if a", "/if"]],
    ["21 variables", { slots: many }, ["21 variables, the provider allows 20"]],
    ["21 variables in the source", { source: Object.keys(many).map((name) => `w {{${name}}}`).join(" ") }, ["21 variables"]],
    ["the same variable twice counts once", { source: "a {{x}} b {{x}}" }, []],
    ["a link", { slots: { u: "see https://x.example/a" } }, ["holds a link"]],
    ["a bare link", { slots: { u: "bank.com" } }, ["holds a link"]],
    ["www", { slots: { u: "WWW.x" } }, ["holds a link"]],
    ["an amount and a date are no links", { slots: { a: "12,400.50", d: "2026.12.30", n: "王小明" } }, []],
  ])("%s", (_name, check, expected) => {
    const found = checkSlots(check, huawei);
    expect(found).toHaveLength(expected.length);
    expected.forEach((part, index) => expect(found[index]?.message).toContain(part));
  });

  test("a provider without financial content is no provider for a bank", () => {
    expect(checkSlots({ source: "您好{{name}}" }, tencent, "zh-CN")[0]?.message).toContain("不发送金融内容");
  });
});
