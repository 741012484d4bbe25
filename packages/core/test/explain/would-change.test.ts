import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeNumber, type Relation } from "../../src/explain/change-number.js";
import type { Change } from "../../src/explain/explanation.js";
import { explain } from "../../src/explain/explain.js";
import { day, engineOf, explained, subjectOf } from "./explain-fixture.js";

type Row = readonly [name: string, when: unknown, record: Readonly<Record<string, unknown>>, ways: readonly string[]];

const rows: readonly Row[] = [
  ["at least: the limit itself", [["assets.total", ">=", 500000]], { assets: { total: 487600 } }, ["12,400 CNY more in total assets (assets.total)"]],
  ["above: one smallest unit more", [["assets.total", ">", 500000]], { assets: { total: 500000 } }, ["0.01 CNY more in total assets (assets.total)"]],
  ["above, whole numbers", [["score", ">", 60]], { score: 60 }, ["1 more in score"]],
  ["below", [["debt", "<", 100]], { debt: 100 }, ["0.01 CNY less in debt"]],
  ["at most", [["debt", "<=", 100]], { debt: 130.5 }, ["30.50 CNY less in debt"]],
  ["beyond what the field may hold: nothing would do", [["score", ">", 100]], { score: 5 }, []],
  ["against another field", [["debt", ">=", { fact: "assets.total" }]], { debt: 5, assets: { total: 7 } }, ["2 CNY more in debt"]],
  ["text", [["gender", "=", "female"]], { gender: "male" }, ["gender becomes female"]],
  ["other than a text", [["gender", "!=", "female"]], { gender: "female" }, ["gender becomes other than female"]],
  ["yes and no", [["senior", "!=", true]], { senior: true }, ["senior becomes no"]],
  ["one of several", [["gender", "in", ["female"]]], { gender: "male" }, ["gender becomes female"]],
  ["a list", [["hobbies", "contains", "golf"]], { hobbies: ["tea"] }, ["hobbies includes golf"]],
  ["missing: fill in", [["assets.total", ">=", 10]], {}, ["fill in total assets (assets.total) (at least 10 CNY)"]],
  ["missing: of a derived fact", [["net", ">", 1]], { assets: { total: 5 } }, ["fill in debt ?"]],
  ["presence", [["phone", "isPresent"]], {}, ["fill in phone ?"]],
  ["absence", [["phone", "isMissing"]], { phone: "1" }, ["clear phone"]],
  ["all that fail are needed together", [["assets.total", ">=", 10], ["senior", "=", true], ["score", ">", 1]], { assets: { total: 4 }, senior: false, score: 5 }, ["6 CNY more in total assets (assets.total) + senior becomes yes"]],
  ["each alternative is a way", [{ any: [["assets.total", ">=", 10], ["senior", "=", true]] }], { assets: { total: 4 }, senior: false }, ["6 CNY more in total assets (assets.total)", "senior becomes yes"]],
  ["two limits on one field: the one that does both", [["assets.total", ">=", 10], ["assets.total", ">", 20]], { assets: { total: 4 } }, ["16.01 CNY more in total assets (assets.total)"]],
  ["limits that exclude each other: nothing", [["assets.total", ">=", 10], ["assets.total", "<", 8]], { assets: { total: 4 } }, []],
  ["time: a window opens and closes", [["lastVisit", "withinNextDays", 30]], { lastVisit: "2026-12-31" }, ["from 2026-12-01 on, until 2026-12-30"]],
  ["time: more than days ago", [["lastVisit", "moreThanDaysAgo", 90]], { lastVisit: "2026-11-23" }, ["from 2027-02-22 on"]],
  ["time: an age", [["age", ">=", 60]], { birthDate: "1970-05-02" }, ["from 2030-05-02 on"]],
  ["time that has passed: another date", [["lastVisit", "withinLastDays", 10]], { lastVisit: "2026-01-01" }, ["last visit (lastVisit) becomes a day from 2026-11-14 to 2026-11-23"]],
  ["a fixed date", [["birthDate", "<", "1990-01-01"]], { birthDate: "1995-01-01" }, ["birth date (birthDate) becomes before 1990-01-01"]],
  ["a count", [{ count: "holdings as h", operator: ">=", value: 3 }], { holdings: [{ holdingId: "A" }] }, ["2 more in holdings ?"]],
  ["an item's field, or one more item", [{ some: "holdings as h", where: [["h.balance", ">=", 5]] }], { holdings: [{ holdingId: "A", balance: 3 }] }, ["2 CNY more in balance (h.balance) of holdings A", "1 more in holdings (where balance (h.balance) is at least 5 CNY) ?"]],
];

describe("what would change it", () => {
  it.each(rows)("%s", (_name, when, record, ways) => {
    const subject = subjectOf(when, record);
    expect(subject.wouldChange.map(({ changes, checked }) => changes.map(({ text }) => text.en).join(" + ") + (checked ? "" : " ?"))).toEqual(ways);
  });

  it("looks one level into derived facts", () => {
    const [way] = subjectOf([["grade", "=", "gold"]], { assets: { total: 487600 } }).wouldChange;
    expect(way?.checked).toBe(true);
    expect(way?.changes[0]).toMatchObject({ kind: "set", name: "grade", to: "gold", through: [{ kind: "more", name: "assets.total", by: 12400, to: 500000 }] });
    const [sum] = subjectOf([["net", ">=", 100]], { assets: { total: 80 }, debt: 30 }).wouldChange;
    expect(sum?.changes[0]?.through?.map(({ text }) => text.en)).toEqual(["50 CNY more in total assets (assets.total)", "50 CNY less in debt"]);
  });

  it("finds what moves a level that remembers", () => {
    const engine = engineOf({ rules: [{ id: "r", title: "r", when: [["level.atRisk", "=", true]], then: [] }] });
    const state = { customerId: "1", asOf: "2026-11-22", lastFacts: { "level/level": "gold", "level/since": "2026-01-01", "level/change": "none" }, episodes: {}, keys: {}, contacts: [], openTasks: [] };
    const [way] = explained(engine, { customerId: "1", assets: { total: 90 } }, { state }).subjects[0]?.wouldChange ?? [];
    expect(way?.changes[0]?.through?.map(({ text }) => text.en)).toEqual(["10.01 CNY less in total assets (assets.total)"]);
  });

  it("says nothing where the rule is true, and where it is switched off", () => {
    expect(subjectOf([["senior", "=", true]], { senior: true }).wouldChange).toEqual([]);
    const engine = engineOf({ rules: [{ id: "r", title: "r", enabled: false, when: [["senior", "=", true]], then: [] }] });
    expect(explained(engine, { customerId: "1", senior: false }).subjects[0]).toMatchObject({ answer: "false", wouldChange: [] });
  });

  it("speaks Chinese", () => {
    const text = (when: unknown, record: Readonly<Record<string, unknown>>) => subjectOf(when, record).wouldChange[0]?.changes[0]?.text["zh-CN"];
    expect(text([["assets.total", ">=", 500000]], { assets: { total: 487600 } })).toBe("资产总额（assets.total）再增加 12,400 元");
    expect(text([["lastVisit", "withinNextDays", 30]], { lastVisit: "2026-12-31" })).toBe("自 2026年12月1日起，至 2026年12月30日");
    expect(text([["assets.total", ">=", 10]], {})).toBe("补录资产总额（assets.total）（须不低于 10 元）");
  });
});

const amount = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((cents) => cents / 100);
const sign = fc.constantFrom("=", "<", "<=", ">", ">=");

describe("laws", () => {
  it("the number proposed stands in the relation, and no nearer one of the scale does", () => {
    const holds = (a: number, relation: Relation, b: number): boolean => (relation === ">" ? a > b : relation === ">=" ? a >= b : relation === "<" ? a < b : relation === "<=" ? a <= b : a === b);
    fc.assert(fc.property(amount, sign, amount, (value, relation, limit) => {
      fc.pre(!holds(value, relation, limit));
      const change = changeNumber(value, relation, limit, 2);
      expect(change).toBeDefined();
      if (!change) return;
      expect(holds(change.to, relation as Relation, limit)).toBe(true);
      const nearer = Math.round(change.to * 100 + (change.direction === "more" ? -1 : 1)) / 100;
      expect(holds(nearer, relation as Relation, limit)).toBe(false);
      expect(Math.round(change.by * 100)).toBe(Math.abs(Math.round(change.to * 100) - Math.round(value * 100)));
    }), { numRuns: 2000 });
  });

  const leaf = fc.oneof(
    fc.tuple(fc.constantFrom("assets.total", "debt"), sign, amount.map(Math.abs)),
    fc.tuple(fc.constant("score"), fc.constantFrom("<", "<=", ">", ">="), fc.integer({ min: 0, max: 100 })),
    fc.tuple(fc.constant("senior"), fc.constantFrom("=", "!="), fc.boolean()),
  );
  const condition = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })), fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })), tie("tree").map((not) => ({ not }))),
  })).tree;
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
  const record = fc.record({ total: optional(amount.map(Math.abs)), debt: optional(amount), score: optional(fc.integer({ min: 0, max: 100 })), senior: optional(fc.boolean()) })
    .map(({ total, ...rest }) => ({ customerId: "1", ...rest, assets: { total } }));

  it("a checked way, applied to the record, makes the rule true; and the explanation agrees with the engine", () => {
    fc.assert(fc.property(condition, record, (when, customer) => {
      const engine = engineOf({ rules: [{ id: "r", title: "r", when: [when], then: [] }] });
      const [subject] = explained(engine, customer).subjects;
      const evaluated = engine.evaluate(customer, day);
      if ("setAside" in evaluated || !subject) throw new Error("set aside");
      expect(subject.answer).toBe(evaluated.matches.length > 0 ? "true" : evaluated.unknowns.length > 0 ? "unknown" : "false");
      expect(subject.missing).toEqual(evaluated.unknowns[0]?.missing ?? []);
      for (const { changes, checked } of subject.wouldChange) {
        if (!checked) continue;
        const changed = changes.reduce(applied, customer as Readonly<Record<string, unknown>>);
        const after = explain(engine, changed, { ...day, ruleId: "r" });
        expect("subjects" in after && after.subjects[0]?.answer).toBe("true");
      }
    }), { numRuns: 150 });
  });

  it("a single failing numeric comparison always has its one change", () => {
    const engine = (relation: string, limit: number) => engineOf({ rules: [{ id: "r", title: "r", when: [["debt", relation, limit]], then: [] }] });
    fc.assert(fc.property(amount, sign, amount, (debt, relation, limit) => {
      const [subject] = explained(engine(relation, limit), { customerId: "1", debt }).subjects;
      fc.pre(subject?.answer === "false");
      const [way] = subject?.wouldChange ?? [];
      expect(way?.checked).toBe(true);
      const [change] = way?.changes ?? [];
      expect(change?.kind === "more" || change?.kind === "less").toBe(true);
      const moved = Math.round((debt + (change?.kind === "more" ? 1 : -1) * (change?.by ?? 0)) * 100) / 100;
      expect(moved).toBe(change?.to);
      const after = explained(engine(relation, limit), { customerId: "1", debt: moved });
      expect(after.subjects[0]?.answer).toBe("true");
    }), { numRuns: 60 });
  });
});

/** Applies a change to a field of the customer. */
function applied(customer: Readonly<Record<string, unknown>>, { name, to }: Change): Readonly<Record<string, unknown>> {
  const [head = "", rest] = name.split(".");
  return rest === undefined ? { ...customer, [head]: to } : { ...customer, [head]: { ...(customer[head] as object | undefined), [rest]: to } };
}
