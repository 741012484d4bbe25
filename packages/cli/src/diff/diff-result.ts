import { reasonTexts, type Bilingual, type ReasonCode } from "@evertend/core";

/** How many messages and to-dos. */
export interface PlanCount {
  readonly touches: number;
  readonly tasks: number;
}

/** What changed within one group. */
export interface DiffGroup {
  readonly gained: PlanCount;
  readonly lost: PlanCount;
  /** Planned by both, in other words or through another channel. */
  readonly changed: PlanCount;
  /** Ids of up to five customers each: always the same ones for the same data, sorted. */
  readonly examples: { readonly gained: readonly string[]; readonly lost: readonly string[] };
}

/** How two packs differ on one day over the same customers. Lists are sorted by their first key. */
export interface DiffResult {
  /** Hashes of the pack as it is and of the changed one. */
  readonly packs: readonly [string, string];
  readonly asOf: string;
  readonly at: string;
  readonly totals: {
    readonly customers: number;
    readonly setAside: readonly [number, number];
    readonly touches: readonly [number, number];
    readonly tasks: readonly [number, number];
    readonly gained: PlanCount;
    readonly lost: PlanCount;
    readonly changed: PlanCount;
  };
  readonly byRule: readonly (DiffGroup & { readonly ruleId: string })[];
  /** By the person who has the task, or whose customer gets the touch; `""` = nobody. */
  readonly byAssignee: readonly (DiffGroup & { readonly assignee: string })[];
  /** By what became of the same action on the other side. */
  readonly byReason: readonly (DiffGroup & { readonly reason: DiffReason })[];
}

const ownReasons = {
  RULE_SILENT: { "zh-CN": "另一侧规则没有触发", en: "the rule does not fire on the other side" },
  RULE_ABSENT: { "zh-CN": "另一侧没有这条规则", en: "the other side has no such rule" },
  OTHER_OCCURRENCE: { "zh-CN": "另一侧属于另一次（如另一步骤）", en: "another occurrence on the other side, such as another step" },
  OTHER_ACTION: { "zh-CN": "另一侧是另一个动作", en: "another action on the other side" },
  OTHER_ASSIGNEE: { "zh-CN": "另一侧由他人承接", en: "another person has the task on the other side" },
  OTHER_WORDS: { "zh-CN": "两侧都有，但文字或渠道不同", en: "on both sides, in other words or through another channel" },
} as const satisfies Record<string, Bilingual>;

/** Why something is planned on one side only: the reason of the other side's decision, or one of the comparison's own. */
export type DiffReason = ReasonCode | keyof typeof ownReasons;

/** The words of a reason. */
export function diffReasonText(reason: DiffReason): Bilingual {
  return Object.hasOwn(ownReasons, reason) ? ownReasons[reason as keyof typeof ownReasons] : reasonTexts[reason as ReasonCode];
}
