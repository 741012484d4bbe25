import type { Evaluated, Program } from "@evertend/core";
import type { RuleCoverage, RuleTestReport } from "./rule-test-report.js";

/** Counts in which cases each rule fired and in which it kept still. */
export class CoverageCount {
  private readonly fired = new Map<string, number>();
  private cases = 0;

  add(answer: Pick<Evaluated, "matches">): void {
    this.cases++;
    for (const ruleId of new Set(answer.matches.map((match) => match.ruleId))) this.fired.set(ruleId, (this.fired.get(ruleId) ?? 0) + 1);
  }

  /** The coverage of a program's rules. A rule that is switched off can never fire and does not count. */
  of(program: Program | undefined): RuleTestReport["coverage"] {
    const live = (program?.rules ?? []).filter((rule) => !isOff(rule.when)).map((rule) => rule.id).sort();
    const rules: readonly RuleCoverage[] = live.map((ruleId) => {
      const fired = this.fired.get(ruleId) ?? 0;
      const still = this.cases - fired;
      return { ruleId, fired, still, covered: fired > 0 && still > 0 };
    });
    const covered = rules.filter((rule) => rule.covered).length;
    const total = rules.length;
    return { rules, covered, total, percent: total === 0 ? 100 : Math.floor((covered * 1000) / total) / 10 };
  }
}

/** A rule with `enabled: false` has a condition that never holds, alone or beside its own. */
function isOff(when: Program["rules"][number]["when"]): boolean {
  return when.op === "constant" ? !when.value : when.op === "and" && when.items.some((item) => item.op === "constant" && !item.value);
}
