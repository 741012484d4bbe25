import type { MessageClass } from "../decision/message-class.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { Origin, Range, TruthNode, ValueNode } from "../lower/node.js";
import type { ActionProgram, RulePolicy } from "../lower/rule-program.js";
import type { Calendar } from "../calendar/calendar.js";
import type { FactType } from "../model/catalogue.js";
import type { Bilingual } from "../ports/report-data.js";
import type { Shape } from "../language/shape.js";

/** A checked rule as its author wrote it, for a kind to lower. `json` has passed the kind's shape. */
export interface AuthoredRule {
  readonly id: string;
  readonly title: Bilingual;
  readonly json: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

/** What a kind gives a rule that says nothing itself. */
export interface KindDefaults {
  readonly class: MessageClass;
  /** One of S73's four contents: `care`, `after-sale`, `event`, `diagnosis`. */
  readonly category: string;
  /** `acquire`, `retain`, `grow` (S65). */
  readonly objective: string;
  /** 0..100, higher goes first. */
  readonly priority: number;
}

/** What `addRule` takes: the parts of a plain rule that a kind decides. */
export interface PlainRule {
  /** Part of an authored rule that lowers into several (`upgraded`); absent = the rule itself. */
  readonly part?: string;
  readonly title?: Bilingual;
  readonly each?: Range;
  readonly when: TruthNode;
  readonly occurrence: ValueNode | "episode";
  readonly actions: readonly ActionProgram[];
  readonly policy?: RulePolicy;
}

/**
 * What a kind lowers with. Every method takes JSON and its pointer relative to the rule (`/steps/0/task`), reports what
 * is wrong with place and remedy, and returns something harmless in its place, so that all findings come at once.
 */
export interface KindBuilder {
  readonly rule: AuthoredRule;
  /** `forEach` of the rule, opened before anything else is lowered; `undefined` = the customer. */
  readonly each: Range | undefined;
  /** The rule's own `when` with `effective` and `enabled`; true where it has none. */
  when(): TruthNode;
  /** A condition or list of conditions. */
  condition(json: unknown, pointer: string): TruthNode;
  /** A literal, `{param}`, `{fact}`, `{asOf}`, arithmetic; must be of one of `types`. */
  value(json: unknown, pointer: string, types: readonly FactType[]): ValueNode;
  /** A fact by dotted name. */
  fact(name: unknown, pointer: string, types: readonly FactType[]): ValueNode;
  /** Opens `"products as p"` for the callback; record and context collections alike. */
  range<T>(json: unknown, pointer: string, inside: (range: Range) => T): T | undefined;
  /** A number that must be known at load: literal or parameter. */
  number(json: unknown, pointer: string, limits?: { readonly minimum?: number; readonly maximum?: number; readonly integer?: boolean }): number;
  /** A `then` list. `extra` is laid over each action. */
  actions(json: unknown, pointer: string, extra?: { readonly guard?: TruthNode; readonly expires?: ValueNode }): ActionProgram[];
  /** How a true rule repeats: the occurrence of `repeat` (`once`, `month`, `quarter`, `year`, `episode`). */
  repeat(json: unknown, pointer: string, otherwise: "once" | "month" | "quarter" | "year" | "episode"): ValueNode | "episode";
  /** A calendar of the pack; reports CALENDAR_ENDS where it ends before `daysAhead` can be answered. */
  calendar(name: unknown, pointer: string): Calendar | undefined;
  /** Adds a derived fact under the rule's id (or `<id>.<part>`), readable by other rules. */
  addFact(part: string | undefined, node: ValueNode, label: Bilingual): void;
  /** Adds a level that remembers and returns readers for its faces; also readable as facts `<id>`, `<id>.since`, … */
  addLevel(level: { readonly measure: ValueNode; readonly levels: readonly { readonly name: string; readonly from?: ValueNode; readonly keepFrom?: ValueNode }[]; readonly graceDays: number; readonly label: Bilingual }): (part: "level" | "since" | "previous" | "change" | "atRisk") => ValueNode;
  addRule(rule: PlainRule): void;
  report(code: DiagnosticCode, pointer: string, params?: Readonly<Record<string, string | number>>): void;
}

/**
 * A kind of rule: a short way to say something that takes several plain conditions. `shape` lists its own keys beside
 * those that every rule has; `lower` turns one authored rule into plain ones. Pure.
 */
export interface Kind {
  readonly id: string;
  readonly label: Bilingual;
  readonly description: Bilingual;
  readonly defaults: KindDefaults;
  readonly shape: Shape;
  /** Whether its rules may wake on signals: they then have the keys `on` and `within`, and speak of each signal. */
  readonly wakes?: boolean;
  /** Facts the rule brings (`tier` → `tier`, `tier.since`), so that other rules may name them before it is lowered. */
  readonly facts?: (rule: AuthoredRule) => readonly { readonly id: string; readonly type: FactType; readonly label: Bilingual }[];
  lower(builder: KindBuilder): void;
}

/** Declares a kind. Throws where the declaration itself is wrong (no id, a key that every rule has). */
export function defineKind(kind: Kind): Kind {
  if (!/^[a-z][a-z0-9-]*$/.test(kind.id)) throw new Error(`kind id "${kind.id}" must be lower-case letters, digits and hyphens`);
  return Object.freeze({ ...kind });
}
