import { describe, expect, it } from "vitest";
import { clauseOf, subjectOf } from "./explain-fixture.js";

type Row = readonly [condition: unknown, record: Readonly<Record<string, unknown>>, answer: string, zh: string, en: string, foundZh?: string, foundEn?: string];

/** What a clause says: its text, what was found, and what that means. */
const rows: readonly Row[] = [
  [["assets.total", ">=", 500000], { assets: { total: 487600 } }, "false", "资产总额（assets.total）不低于 500,000 元", "total assets (assets.total) is at least 500,000 CNY", "487,600 元，还差 12,400 元", "487,600 CNY, 12,400 CNY short"],
  [["assets.total", ">=", { param: "goldFrom" }], { assets: { total: 600000.5 } }, "true", "资产总额（assets.total）不低于 500,000 元", "total assets (assets.total) is at least 500,000 CNY", "600,000.50 元", "600,000.50 CNY"],
  [["assets.total", "<", { fact: "debt" }], { assets: { total: 10 }, debt: 8 }, "false", "资产总额（assets.total）小于负债（debt）", "total assets (assets.total) is below debt", "10 元，超出 2 元", "10 CNY, 2 CNY too much"],
  [["assets.total", ">", { multiply: [2, { param: "goldFrom" }] }], { assets: { total: 1 } }, "false", "资产总额（assets.total）大于 1,000,000 元", "total assets (assets.total) is above 1,000,000 CNY", "1 元，还差 999,999 元", "1 CNY, 999,999 CNY short"],
  [["gender", "=", "female"], { gender: "male" }, "false", "性别（gender）等于 female", "gender is female", "male", "male"],
  [["gender", "!=", "female"], { gender: "male" }, "true", "性别（gender）不等于 female", "gender is not female", "male", "male"],
  [["senior", "=", true], { senior: false }, "false", "老年客户（senior）为“是”", "senior is yes", "否", "no"],
  [["gender", "in", ["female", "male"]], {}, "unknown", "性别（gender）属于 female、male", "gender is one of female, male", "未知", "unknown"],
  [["hobbies", "contains", "golf"], { hobbies: ["chess", "tea"] }, "false", "爱好（hobbies）包含 golf", "hobbies contains golf", "chess、tea", "chess, tea"],
  [["hobbies", "doesNotContain", "golf"], { hobbies: [] }, "true", "爱好（hobbies）不包含 golf", "hobbies does not contain golf", "空", "empty"],
  [["phone", "isPresent"], {}, "false", "手机号（phone）有记录", "phone is on record", "未知", "unknown"],
  [["phone", "isMissing"], { phone: "13800000000" }, "false", "手机号（phone）没有记录", "phone is not on record", "13800000000", "13800000000"],
  [["lastVisit", "withinLastDays", 30], { lastVisit: "2026-11-01" }, "true", "上次到访（lastVisit）在最近 30 天内", "last visit (lastVisit) is within the last 30 days", "2026年11月1日，已过 22 天", "2026-11-01, 22 days ago"],
  [["lastVisit", "withinNextDays", { param: "soon" }], { lastVisit: "2026-12-30" }, "false", "上次到访（lastVisit）在未来 30 天内", "last visit (lastVisit) is within the next 30 days", "2026年12月30日，还有 37 天", "2026-12-30, 37 days ahead"],
  [["lastVisit", "withinNextMonths", 2], { lastVisit: "2026-11-24" }, "true", "上次到访（lastVisit）在未来 2 个月内", "last visit (lastVisit) is within the next 2 months", "2026年11月24日，明天", "2026-11-24, tomorrow"],
  [["lastVisit", "moreThanDaysAgo", 90], { lastVisit: "2026-11-23" }, "false", "上次到访（lastVisit）距今已超过 90 天", "last visit (lastVisit) is more than 90 days ago", "2026年11月23日，今天", "2026-11-23, today"],
  [["lastVisit", "moreThanDaysAhead", 10], { lastVisit: "2026-11-22" }, "false", "上次到访（lastVisit）距今还有超过 10 天", "last visit (lastVisit) is more than 10 days ahead", "2026年11月22日，昨天", "2026-11-22, yesterday"],
  [["birthDate", "<", "1990-01-01"], { birthDate: "1995-05-05" }, "false", "出生日期（birthDate）早于 1990年1月1日", "birth date (birthDate) is before 1990-01-01", "1995年5月5日", "1995-05-05"],
  [["birthDate", ">=", { fact: "lastVisit" }], { birthDate: "1995-05-05", lastVisit: "2026-01-01" }, "false", "出生日期（birthDate）不早于上次到访（lastVisit）", "birth date (birthDate) is on or after last visit (lastVisit)", "1995年5月5日", "1995-05-05"],
  [["lastVisit", "=", { asOf: {} }], { lastVisit: "2026-11-23" }, "true", "上次到访（lastVisit）是今天", "last visit (lastVisit) is today", "2026年11月23日，今天", "2026-11-23, today"],
  [["lastVisit", "<=", { asOf: { days: -7 } }], { lastVisit: "2026-11-20" }, "false", "上次到访（lastVisit）距今已满 7 天", "last visit (lastVisit) is at least 7 days ago", "2026年11月20日，已过 3 天", "2026-11-20, 3 days ago"],
  [["age", ">=", 60], { birthDate: "1990-01-01" }, "false", "年龄（age）不低于 60 年", "age is at least 60 years", "36 年，还差 24 年", "36 years, 24 years short"],
  [["grade", "=", "gold"], { assets: { total: 5 } }, "false", "等级（grade）等于 gold", "grade is gold", "base", "base"],
  [{ some: "holdings as h", where: [["h.type", "=", "fund"]] }, { holdings: [{ holdingId: "A", type: "term-deposit" }] }, "false", "至少有一项持有产品（holdings）符合：类型（h.type）等于 fund", "at least one of holdings has: type (h.type) is fund", "1 项中 0 项符合", "0 of 1 do"],
  [{ none: "holdings as h" }, { holdings: [] }, "true", "没有任何持有产品（holdings）", "there are no holdings", "一项也没有", "there are none"],
  [{ every: "holdings as h", where: [["h.balance", ">", 0]] }, { holdings: [{ holdingId: "A", balance: 1 }] }, "true", "每一项持有产品（holdings）都符合：余额（h.balance）大于 0 元", "every one of holdings has: balance (h.balance) is above 0 CNY", "1 项中 1 项符合", "1 of 1 does"],
  [{ count: "holdings as h", where: [["h.type", "=", "fund"]], operator: ">=", value: 2 }, { holdings: [{ holdingId: "A", type: "fund" }, { holdingId: "B" }] }, "unknown", "符合“类型（h.type）等于 fund”的持有产品（holdings）的数量不低于 2", "the number of holdings where type (h.type) is fund is at least 2", "1–2", "1–2"],
  [["hobbies", "someFact:equal", "tea"], { hobbies: ["tea"] }, "true", "爱好（hobbies）中至少有一个值满足：其中的值等于 tea", "for at least one value of hobbies: the value is tea", "tea", "tea"],
  [{ not: { all: [["score", ">", 5], ["senior", "=", true]] } }, { score: 9, senior: true }, "false", "并非（评分（score）大于 5，且老年客户（senior）为“是”）", "not (score is above 5 and senior is yes)"],
];

describe("what a condition says", () => {
  it.each(rows.map((row) => [JSON.stringify(row[0]), row] as const))("%s", (_name, [condition, record, answer, zh, en, foundZh, foundEn]) => {
    const clause = clauseOf(condition, record);
    expect(clause.answer).toBe(answer);
    expect(clause.text).toEqual({ "zh-CN": zh, en });
    const found = (lang: "zh-CN" | "en", joint: string) => [clause.found?.text[lang], clause.remark?.[lang]].filter((text) => text !== undefined).join(joint) || undefined;
    expect([found("zh-CN", "，"), found("en", ", ")]).toEqual([foundZh, foundEn]);
  });

  it("names the parameter behind a limit, with its source, where it was written", () => {
    const { limit, found, origin, until } = clauseOf(["assets.total", ">=", { param: "goldFrom" }], { assets: { total: 1 } });
    expect(limit).toEqual({ value: 500000, text: { "zh-CN": "500,000 元", en: "500,000 CNY" }, param: "goldFrom", parameterLabel: { "zh-CN": "金级起点", en: "gold from" }, parameterText: { "zh-CN": "500,000 元", en: "500,000 CNY" }, source: "not from the documents" });
    expect(found).toMatchObject({ name: "assets.total", value: 1, unit: "CNY" });
    expect(origin).toEqual({ file: "pack.json", pointer: "/rules/0/when/0" });
    expect(until).toBeNull();
  });

  it("says what a derived fact is made of, one level down", () => {
    const { found } = clauseOf(["net", ">", 100], { assets: { total: 80 }, debt: 30 });
    expect(found?.madeOf?.map(({ name, value }) => [name, value])).toEqual([["assets.total", 80], ["debt", 30]]);
    const figure = clauseOf(["funds", ">", 100], { holdings: [{ holdingId: "A", type: "fund", balance: 5 }, { holdingId: "B", type: "term-deposit", balance: 7 }] }).found;
    expect(figure?.madeOf?.[0]).toMatchObject({ name: "holdings", value: 1, label: { en: "the sum of balance (h.balance) over holdings where type (h.type) is fund" } });
  });

  it("shows at most twenty items, those that decide first", () => {
    const holdings = Array.from({ length: 30 }, (_, i) => ({ holdingId: `H${i}`, type: i === 29 ? "fund" : "term-deposit" }));
    const clause = clauseOf({ some: "holdings as h", where: [["h.type", "=", "fund"]] }, { holdings });
    expect(clause.children).toHaveLength(20);
    expect(clause.more).toBe(10);
    expect(clause.children?.[0]).toMatchObject({ op: "item", answer: "true", text: { "zh-CN": "持有产品 H29", en: "holdings H29" } });
  });

  it("opens named conditions and lists within lists", () => {
    const { clause } = subjectOf([{ all: [["score", ">", 5]] }, { condition: "rich" }], { score: 9, assets: { total: 1 } }, { conditions: { rich: [["assets.total", ">", 5]] } });
    expect(clause.children?.map(({ op, answer }) => [op, answer])).toEqual([["compare", "true"], ["named", "false"]]);
    expect(clause.children?.[1]?.text.en).toBe("condition \"rich\" holds");
    expect(clause.children?.[1]?.children?.[0]?.answer).toBe("false");
  });

  it("sums a rule up in a line", () => {
    const when = [["assets.total", ">", 5], ["senior", "=", true], ["gender", "=", "female"]];
    expect(subjectOf(when, { assets: { total: 9 }, senior: true, gender: "female" }).summary).toEqual({ "zh-CN": "触发：3 个条件全部满足", en: "fires because all 3 conditions hold" });
    expect(subjectOf(when, { assets: { total: 9 }, senior: false, gender: "male" }).summary.en).toBe("does not fire: 2 of 3 conditions fail: senior is yes (found no); gender is female (found male)");
    expect(subjectOf(when, { assets: { total: 9 }, senior: true }).summary).toEqual({ "zh-CN": "无法判断：缺少性别（gender）", en: "cannot be decided: gender is missing" });
    expect(subjectOf([["senior", "=", true]], { senior: false }).summary["zh-CN"]).toBe("不触发：要求老年客户（senior）为“是”（实际否）");
  });

  it("keeps control characters of a record out of its texts", () => {
    const { found } = clauseOf(["phone", "=", "1"], { phone: "1\u001B[31m\n2" });
    expect(found?.text.en).toBe("1 [31m 2");
  });
});
