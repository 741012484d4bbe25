import { createEngine } from "@evertend/core";
import type { Program } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { retail, retailFiles } from "./retail-pack.js";

interface GoldenCase {
  readonly name: string;
  readonly asOf: string;
  readonly record: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly state?: { readonly lastFacts: Readonly<Record<string, string>> };
  readonly expect: {
    readonly only?: boolean;
    readonly matches: readonly { readonly rule: string; readonly subject?: string; readonly occurrence: string; readonly until?: string }[];
    readonly facts?: Readonly<Record<string, unknown>>;
  };
}

const cases = Object.entries(retailFiles)
  .filter(([path]) => path.startsWith("tests/"))
  .flatMap(([, text]) => (JSON.parse(text) as { tests: GoldenCase[] }).tests);

function program(): Program {
  if (!retail.program) throw new Error(retail.diagnostics.map((one) => `${one.code} ${one.file}${one.pointer}: ${one.message}`).join("\n"));
  return retail.program;
}

/** Rows of the mission whose priority is A, in its sections 2, 4, 5, 6 and 7, that rules and facts of these kinds can carry. */
const covered = [
  ...["S26", "S27", "S28", "S29", "S30", "S31", "S33", "S34", "S35", "S36", "S37", "S38", "S39", "S40", "S43", "S44", "S46", "S52", "S55", "S66", "S69", "S71"],
  ...["S92", "S93", "S94", "S95", "S102", "S103", "S104"],
  ...["S106", "S107", "S108", "S109", "S110", "S111", "S112", "S113", "S114", "S115", "S116", "S117"],
  ...["S124", "S125", "S126", "S127", "S128", "S130"],
  ...["S141", "S142", "S143", "S144", "S145", "S148"],
  ...["S04", "S06", "S13", "S156"],
];

describe("retail pack", () => {
  it("has nothing to complain about", () => {
    expect(retail.diagnostics).toEqual([]);
    expect(program().rules.length).toBeGreaterThanOrEqual(40);
  });

  it("covers the rows it says it covers", () => {
    const json = JSON.stringify(retailFiles);
    const named = new Set([...json.matchAll(/S\d{2,3}/g)].map(([row]) => row));
    expect(covered.filter((row) => !named.has(row))).toEqual([]);
  });

  it("says of every parameter where its value comes from", () => {
    for (const parameter of program().parameters.values()) expect(parameter.source, parameter.name).toMatch(/^(S\d+|NFRA Order 2025\/7|not from the documents)$/);
  });

  it("tags every rule with one of the four contents and an objective, and titles it in both languages", () => {
    for (const rule of program().rules) {
      expect(["care", "after-sale", "event", "diagnosis"], rule.id).toContain(rule.category);
      expect(["acquire", "retain", "grow"], rule.id).toContain(rule.objective);
      expect(rule.title["zh-CN"], rule.id).toMatch(/\p{Script=Han}/u);
      expect(rule.title.en, rule.id).not.toMatch(/\p{Script=Han}/u);
      expect(rule.actions.length, rule.id).toBeGreaterThan(0);
    }
  });

  it("has every text in both languages, and promises no return", () => {
    for (const template of program().templates.values()) {
      for (const [channel, locales] of template.variants) {
        expect([...locales.keys()].sort(), `${template.id} ${channel}`).toEqual(["en", "zh-CN"]);
        for (const [locale, texts] of locales) {
          for (const { source } of texts.values()) {
            expect(source, `${template.id} ${channel} ${locale}`).not.toMatch(/保证收益|稳赚|无风险|保本|guaranteed|risk-free/i);
            if (locale === "en") expect(source.replace(/\{\{[^}]*\}\}/g, ""), template.id).not.toMatch(/\p{Script=Han}/u);
          }
        }
      }
    }
  });

  it("sends no amounts by SMS", () => {
    for (const template of program().templates.values()) {
      for (const texts of template.variants.get("sms")?.values() ?? []) for (const { source } of texts.values()) expect(source, template.id).not.toContain("{{money");
    }
  });

  it("has a case that fires and one that keeps still for every rule", () => {
    const fires = new Set(cases.flatMap((one) => one.expect.matches.map((match) => match.rule)));
    const still = new Set(cases.filter((one) => one.expect.only === true && !one.expect.matches.some((match) => one.name.startsWith(`${match.rule}:`))).map((one) => one.name.split(":")[0]));
    for (const rule of program().rules) {
      expect([...fires], rule.id).toContain(rule.id);
      expect([...still], rule.id).toContain(rule.id.split("/")[0]);
    }
  });

  it.each(cases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const engine = createEngine(program(), { context: one.context ?? {} });
    const state = one.state && { customerId: "T1", asOf: "2026-09-20", episodes: {}, keys: {}, contacts: [], openTasks: [], ...one.state };
    const result = engine.evaluate(one.record, { asOf: one.asOf, ...(state ? { state } : {}) });
    if ("setAside" in result) throw new Error(JSON.stringify(result.setAside));
    const named = new Set(one.expect.matches.map((match) => match.rule));
    const found = result.matches.filter((match) => one.expect.only === true || named.has(match.ruleId));
    const wanted = one.expect.matches.map((match) => ({ ruleId: match.rule, subject: match.subject ?? "", occurrence: match.occurrence, ...(match.until === undefined ? {} : { until: match.until }) }));
    const order = (list: readonly { readonly ruleId: string; readonly subject: string }[]): unknown[] => [...list].sort((a, b) => (`${a.ruleId}\n${a.subject}` < `${b.ruleId}\n${b.subject}` ? -1 : 1));
    expect(order(found)).toMatchObject(order(wanted));
    expect(found).toHaveLength(wanted.length);
    expect(result.facts).toMatchObject(one.expect.facts ?? {});
  });
});
