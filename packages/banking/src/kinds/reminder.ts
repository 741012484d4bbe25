import { and, choose, constant, defineKind, join, or } from "@evertend/core";
import type { ActionProgram, KindBuilder, TruthNode, ValueNode } from "@evertend/core";
import { actionProperties } from "./action-shape.js";
import { dateWithin, daysFrom } from "./date-within.js";
import { rejectKeys } from "./reject-keys.js";

/** How long a step after the date stays open where nothing follows it. */
const defaultForDays = 14;

/** One step as days relative to asOf: open while `asOf + after < date <= asOf + upTo`. */
interface Step {
  readonly index: number;
  readonly json: Readonly<Record<string, unknown>>;
  /** What the occurrence says: `30`, `0`, `+3`. */
  readonly name: string;
  /** Days from asOf to the date when the step opens; negative = after the date. */
  readonly upTo: number;
  /** Longest a step after the date stays open. */
  readonly forDays: number;
}

/**
 * A date that lies ahead (or just passed) and the steps on the way to it. There is one match at a time, in the
 * narrowest step that is open; a wider step that was missed is not made up for.
 */
export const reminder = defineKind({
  id: "reminder",
  label: { "zh-CN": "到期提醒", en: "reminder" },
  description: {
    "zh-CN": "围绕一个日期分步提醒：到期前若干天、当天、之后若干天。同一时间只处于最近的一步。",
    en: "Reminds in steps around a date: days before it, on it, days after it. Only the narrowest open step speaks.",
  },
  defaults: { class: "service", category: "after-sale", objective: "retain", priority: 70 },
  shape: {
    type: "object",
    required: ["date", "steps"],
    properties: {
      date: {
        type: "ref",
        ref: "value",
        description: {
          "zh-CN": "日期指标（如 deposit.maturityDate）或日期值。",
          en: "A date fact, such as deposit.maturityDate, or a date value.",
        },
      },
      steps: {
        type: "array",
        minItems: 1,
        maxItems: 12,
        description: { "zh-CN": "各提醒步骤。", en: "The steps of the reminder." },
        items: {
          type: "object",
          properties: {
            daysBefore: {
              type: "ref",
              ref: "number-or-param",
              description: {
                "zh-CN": "到期前多少天开始，到期前一天结束；0 表示到期当天。",
                en: "Opens this many days before the date and lasts through the day before it; 0 means on the date.",
              },
            },
            daysAfter: {
              type: "ref",
              ref: "number-or-param",
              description: {
                "zh-CN": "到期后多少天开始，直到下一个 daysAfter 步骤或满 forDays 天。",
                en: "Opens this many days after the date, until the next daysAfter step or for forDays days.",
              },
            },
            forDays: {
              type: "ref",
              ref: "number-or-param",
              description: { "zh-CN": "daysAfter 步骤最长持续天数，默认 14。", en: "The longest a daysAfter step stays open, 14 days by default." },
            },
            then: {
              type: "ref",
              ref: "actions",
              description: { "zh-CN": "本步骤的多个动作；只有一个动作时可直接写在步骤里。", en: "Several actions of this step; a single one may stand in the step itself." },
            },
            ...actionProperties,
          },
        },
      },
    },
  },
  lower(builder) {
    rejectKeys(builder, ["then", "repeat", "expires"]);
    const { json } = builder.rule;
    const date = typeof json["date"] === "string" ? builder.fact(json["date"], "/date", ["date"]) : builder.value(json["date"], "/date", ["date"]);
    const steps = readSteps(builder);
    const rows: { readonly when: TruthNode; readonly value: ValueNode }[] = [];
    const actions: ActionProgram[] = [];
    steps.forEach((step, i) => {
      const after = lastOffset(step, steps[i + 1]);
      const open = dateWithin(date, after, step.upTo);
      rows.push({ when: open, value: constant(step.name, "text") });
      // The last day on which date > asOf + after still holds.
      actions.push(...stepActions(builder, step, { guard: open, expires: daysFrom(date, -after - 1) }));
    });
    if (rows.length === 0) return;
    builder.addRule({
      ...(builder.each === undefined ? {} : { each: builder.each }),
      when: and(builder.when(), or(...rows.map((row) => row.when))),
      occurrence: join(date, "/", choose("text", rows)),
      actions,
    });
  },
});

/** Steps from the widest to the latest; a step that says no day, or two, is reported and left out. */
function readSteps(builder: KindBuilder): Step[] {
  const list: unknown = builder.rule.json["steps"];
  const steps: Step[] = [];
  for (const [index, json] of (Array.isArray(list) ? (list as Readonly<Record<string, unknown>>[]) : []).entries()) {
    const step = readStep(builder, json, index);
    if (step === undefined) continue;
    if (steps.some((other) => other.upTo === step.upTo)) {
      builder.report("DUPLICATE_ID", `/steps/${index}`, { name: step.name });
      continue;
    }
    steps.push(step);
  }
  return steps.sort((a, b) => b.upTo - a.upTo);
}

function readStep(builder: KindBuilder, json: Readonly<Record<string, unknown>>, index: number): Step | undefined {
  const pointer = `/steps/${index}`;
  const { daysBefore, daysAfter, forDays } = json;
  if (daysBefore === undefined && daysAfter === undefined) {
    builder.report("KEY_MISSING", pointer, { name: "daysBefore", expected: "daysBefore / daysAfter" });
    return undefined;
  }
  if (daysBefore !== undefined && daysAfter !== undefined) {
    builder.report("AMBIGUOUS_GROUP", pointer, { name: "daysBefore, daysAfter" });
    return undefined;
  }
  if (daysBefore !== undefined) {
    if (forDays !== undefined) builder.report("UNKNOWN_KEY", `${pointer}/forDays`, { name: "forDays" });
    const days = builder.number(daysBefore, `${pointer}/daysBefore`, { minimum: 0, maximum: 3660, integer: true });
    return { index, json, name: String(days), upTo: days, forDays: days };
  }
  const days = builder.number(daysAfter, `${pointer}/daysAfter`, { minimum: 1, maximum: 3660, integer: true });
  const length = forDays === undefined ? defaultForDays : builder.number(forDays, `${pointer}/forDays`, { minimum: 1, maximum: 3660, integer: true });
  return { index, json, name: `+${days}`, upTo: -days, forDays: length };
}

/**
 * The offset at which a step closes. Before the date: at the next narrower step, at the latest on the date itself; a
 * step of 0 days is the date alone; after the date: at the next step, at the latest after `forDays`.
 */
function lastOffset(step: Step, next: Step | undefined): number {
  if (step.upTo > 0) return Math.max(0, next?.upTo ?? 0);
  if (step.upTo === 0) return -1;
  return Math.max(step.upTo - step.forDays, next?.upTo ?? -Infinity);
}

function stepActions(builder: KindBuilder, step: Step, extra: { readonly guard: TruthNode; readonly expires: ValueNode }): ActionProgram[] {
  const pointer = `/steps/${step.index}`;
  const { daysBefore: _before, daysAfter: _after, forDays: _for, then, ...action } = step.json;
  const direct = Object.keys(action);
  if (then === undefined) {
    // A list in which only this step's place is filled: what is reported then points at the step itself.
    const list: unknown[] = [];
    list[step.index] = action;
    return builder.actions(list, "/steps", extra);
  }
  for (const name of direct) builder.report("UNKNOWN_KEY", `${pointer}/${name}`, { name });
  return builder.actions(then, `${pointer}/then`, extra);
}
