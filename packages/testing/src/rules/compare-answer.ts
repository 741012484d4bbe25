import { closest, type CustomerResult, type Evaluated, type Match, type Program, type Spot } from "@evertend/core";
import { differenceText, type Difference } from "./difference-texts.js";
import type { ExpectedMatch, ExpectedOutcome, ExpectedText, ExpectedUnknown, RuleTest } from "./rule-test.js";

/** What a case came to: with decisions where it asks for them. */
export type Answer = Evaluated & Partial<Pick<CustomerResult, "settled" | "touches" | "tasks">>;

/** Reports every way in which an answer differs from what its case expects. */
export function compareAnswer(test: RuleTest, answer: Answer, program: Program): void {
  const { expect } = test;
  const spot = test.spot.at("expect");
  const compare = new Comparison(test, answer, program);
  compare.matches(expect.matches ?? [], expect.only === true, expect.none ?? [], spot);
  expect.outcomes?.forEach((one, i) => compare.outcome(one, spot.at("outcomes", i)));
  expect.texts?.forEach((one, i) => compare.text(one, spot.at("texts", i)));
  expect.unknowns?.forEach((one, i) => compare.unknown(one, spot.at("unknowns", i)));
  for (const [name, value] of Object.entries(expect.facts ?? {})) compare.fact(name, value, spot.at("facts", name));
  for (const { ruleId } of answer.evaluation.failures) compare.report(test.spot, "ruleFailed", "", "", ruleId);
}

class Comparison {
  private readonly ruleIds: ReadonlySet<string>;

  constructor(private readonly test: RuleTest, private readonly answer: Answer, private readonly program: Program) {
    this.ruleIds = new Set(program.rules.map((rule) => rule.id));
  }

  report(spot: Spot, difference: Difference, expected: string, found: string, missing = ""): void {
    const { lang } = spot.findings;
    spot.report("TEST_FAILED", { name: this.test.name, detail: differenceText(difference, lang, missing), expected, found: found === "" && expected !== "" ? differenceText("nothing", lang) : found });
  }

  /** Whether the pack has the rule; said where it has not, since a misspelt rule never fires. */
  private knows(rule: string, spot: Spot): boolean {
    if (this.ruleIds.has(rule)) return true;
    spot.report("RULE_UNKNOWN", { name: rule, suggestion: closest(rule, this.ruleIds) ?? "", allowed: [...this.ruleIds].sort().join(", ") });
    return false;
  }

  matches(expected: readonly ExpectedMatch[], only: boolean, none: readonly string[], spot: Spot): void {
    const known = expected.map((one, index) => ({ one, index })).filter(({ one, index }) => this.knows(one.rule, spot.at("matches", index, "rule")));
    const named = new Set(known.map(({ one }) => one.rule));
    const silent = new Set(none.filter((rule, i) => this.knows(rule, spot.at("none", i))));
    const open = this.answer.matches.filter((match) => only || named.has(match.ruleId) || silent.has(match.ruleId));
    // Those that say most choose first, so that one that says little does not take what another needs.
    const unmet = [...known].sort((a, b) => Object.keys(b.one).length - Object.keys(a.one).length || a.index - b.index).filter(({ one }) => !take(open, (match) => fits(one, match)));
    for (const { one, index } of unmet.sort((a, b) => a.index - b.index)) {
      const at = spot.at("matches", index);
      const near = take(open, (match) => match.ruleId === one.rule && match.subject === (one.subject ?? "")) ?? take(open, (match) => match.ruleId === one.rule);
      const unknown = this.answer.unknowns.find((two) => two.ruleId === one.rule && two.subject === (one.subject ?? ""));
      if (near) this.report(at, "matchDiffers", describeMatch(one), describeMatch(toExpected(near, one)));
      else if (unknown) this.report(at, "matchUnknown", describeMatch(one), "", unknown.missing.join(", "));
      else this.report(at, "matchMissing", describeMatch(one), "");
    }
    for (const match of open) this.report(silent.has(match.ruleId) ? spot.at("none", none.indexOf(match.ruleId)) : spot.at("matches"), "matchExtra", "", describeMatch(toExpected(match)));
  }

  outcome(one: ExpectedOutcome, spot: Spot): void {
    if (!this.knows(one.rule, spot.at("rule"))) return;
    const all = (this.answer.settled ?? []).map(({ decision }) => decision);
    const same = all.filter((d) => d.ruleId === one.rule && d.subject === (one.subject ?? "") && agrees(one.action, d.action) && agrees(one.occurrence, d.occurrence));
    const fitting = same.some((d) => d.outcome === one.outcome && agrees(one.reason, d.reason) && agrees(one.channel, d.channel) && agrees(one.clause, d.clause));
    if (fitting) return;
    const asWritten = join(one.action, one.outcome, one.reason, one.channel, one.clause);
    const found = same.map((d) => join(one.action, d.outcome, d.reason, one.channel === undefined ? "" : d.channel, d.clause));
    if (same.length > 0) this.report(spot, "outcomeDiffers", asWritten, found.join("; "));
    else this.report(spot, "outcomeMissing", asWritten, all.filter((d) => d.ruleId === one.rule).map((d) => join(d.subject, d.action, d.outcome, d.reason)).join("; "));
  }

  text(one: ExpectedText, spot: Spot): void {
    if (!this.knows(one.rule, spot.at("rule"))) return;
    const about = (two: { readonly ruleId: string; readonly subject: string }): boolean => two.ruleId === one.rule && agrees(one.subject, two.subject);
    const touches = (this.answer.touches ?? []).filter((touch) => about(touch) && agrees(one.channel, touch.channel)).map(({ parts }) => parts);
    const tasks = one.channel === undefined || one.channel === "task" ? (this.answer.tasks ?? []).filter(about).map(({ title, brief }) => ({ title, brief })) : [];
    const words = [...touches, ...tasks].flatMap((parts: Readonly<Record<string, string>>) => Object.entries(parts).filter(([part]) => agrees(one.part, part)).map(([, text]) => text));
    const wanted = one.text ?? one.contains ?? "";
    if (words.some((text) => (one.text === undefined ? text.includes(wanted) : text === wanted))) return;
    this.report(spot, words.length > 0 ? "textDiffers" : "textMissing", one.text === undefined ? `…${wanted}…` : wanted, words.join(" | "));
  }

  unknown(one: ExpectedUnknown, spot: Spot): void {
    if (!this.knows(one.rule, spot.at("rule"))) return;
    const found = this.answer.unknowns.filter((two) => two.ruleId === one.rule && two.subject === (one.subject ?? ""));
    const wanted = one.missing && [...one.missing].sort().join(", ");
    if (found.some((two) => wanted === undefined || two.missing.join(", ") === wanted)) return;
    this.report(spot, found.length > 0 ? "unknownDiffers" : "unknownMissing", wanted ?? one.rule, found.map((two) => two.missing.join(", ")).join("; "));
  }

  fact(name: string, value: unknown, spot: Spot): void {
    const facts = this.answer.facts;
    if (!Object.hasOwn(facts, name)) {
      spot.reportKey("FACT_UNKNOWN", { name, suggestion: closest(name, this.program.facts.map((fact) => fact.id)) ?? "" });
      return;
    }
    const wanted = Array.isArray(value) ? value.join(",") : value;
    if (facts[name] !== wanted) this.report(spot, "factDiffers", JSON.stringify(value), JSON.stringify(facts[name]), name);
  }
}

/** Removes the first element that the test accepts, and returns it. */
function take<T>(list: T[], accepts: (one: T) => boolean): T | undefined {
  const index = list.findIndex(accepts);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

function agrees(wanted: string | undefined, found: string): boolean {
  return wanted === undefined || wanted === found;
}

function fits(one: ExpectedMatch, match: Match): boolean {
  return match.ruleId === one.rule && match.subject === (one.subject ?? "") && agrees(one.occurrence, match.occurrence) && (one.until === undefined || one.until === match.until);
}

/** A match in the words of a case; only as much as the case says, so that differences stand out. */
function toExpected(match: Match, like?: ExpectedMatch): ExpectedMatch {
  return {
    rule: match.ruleId,
    subject: match.subject,
    ...(like && like.occurrence === undefined ? {} : { occurrence: match.occurrence }),
    ...(like && like.until === undefined ? {} : { until: match.until }),
  };
}

function describeMatch({ rule, subject, occurrence, until }: ExpectedMatch): string {
  return join(rule, subject, occurrence, until === undefined ? "" : `until ${until ?? "∞"}`);
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}
