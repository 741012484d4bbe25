import type { CustomerState, Outcome, Spot } from "@evertend/core";

/** A match that a case expects. */
export interface ExpectedMatch {
  readonly rule: string;
  readonly subject?: string;
  readonly occurrence?: string;
  readonly until?: string | null;
}

/** What a case expects to become of an action. */
export interface ExpectedOutcome {
  readonly rule: string;
  readonly subject?: string;
  readonly occurrence?: string;
  readonly action?: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly channel?: string;
  readonly clause?: string;
}

/** Words that a case expects. */
export interface ExpectedText {
  readonly rule: string;
  readonly subject?: string;
  readonly channel?: string;
  readonly part?: string;
  readonly text?: string;
  readonly contains?: string;
}

/** A rule that a case expects to stay undecided. */
export interface ExpectedUnknown {
  readonly rule: string;
  readonly subject?: string;
  readonly missing?: readonly string[];
}

/** A golden case that has passed `ruleTestShape`, with its place. */
export interface RuleTest {
  readonly spot: Spot;
  readonly name: string;
  readonly asOf: string;
  readonly at?: string;
  readonly record: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly state?: Partial<CustomerState>;
  readonly params?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  readonly expect: {
    readonly matches?: readonly ExpectedMatch[];
    readonly only?: boolean;
    readonly none?: readonly string[];
    readonly outcomes?: readonly ExpectedOutcome[];
    readonly facts?: Readonly<Record<string, unknown>>;
    readonly texts?: readonly ExpectedText[];
    readonly unknowns?: readonly ExpectedUnknown[];
  };
}
