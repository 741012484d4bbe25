import type { Diagnostic } from "@evertend/core";

/** One golden case and how it went. */
export interface RuleTestCase {
  readonly name: string;
  readonly file: string;
  readonly pointer: string;
  readonly passed: boolean;
  /** What is wrong with the case, or how the answer differs from it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How one rule was exercised. */
export interface RuleCoverage {
  readonly ruleId: string;
  /** Cases in which it fired. */
  readonly fired: number;
  /** Cases in which it was surely not true, or unknown. */
  readonly still: number;
  /** Whether there is a case of either. */
  readonly covered: boolean;
}

/** All golden cases of a pack. */
export interface RuleTestReport {
  /** In the order of the files. */
  readonly cases: readonly RuleTestCase[];
  readonly passed: number;
  readonly failed: number;
  readonly coverage: {
    /** By id; rules that are switched off are left out. */
    readonly rules: readonly RuleCoverage[];
    readonly covered: number;
    readonly total: number;
    /** Covered rules in percent, with one place, rounded down; 100 where there are no rules. */
    readonly percent: number;
  };
  /** Everything that is wrong, with COVERAGE_LOW where a threshold was missed. Empty means all is well. */
  readonly diagnostics: readonly Diagnostic[];
}
