import { and, choose, compare, constant, defineKind, join, never, not, or, present, shift, today } from "@evertend/core";
import type { KindBuilder, TruthNode, ValueNode } from "@evertend/core";
import { intervalOf } from "./cadence-interval.js";
import { daysFrom } from "./date-within.js";
import { rejectKeys } from "./reject-keys.js";
import { titled } from "./titled.js";

/** Entries of the contact log that came to nothing: nobody was spoken to. */
const fruitless = ["planned", "failed", "not-reached"];

/** How a contact log is read when the rule does not say. */
const defaultContacts = "contactLog as contact";

/** The last contact that counts, and whether there is one at all. */
interface Last {
  readonly exists: TruthNode;
  readonly date: ValueNode;
}

/**
 * Contact at least every so many days. Due is the last contact that counts plus the interval; the match opens
 * `remindBefore` days ahead and turns into `<due>/overdue` once `overdue.after` days have passed without one.
 */
export const cadence = defineKind({
  id: "cadence",
  label: { "zh-CN": "联系频率", en: "cadence" },
  description: {
    "zh-CN": "保证至少每隔若干天联系一次：临近到期提醒，逾期升级。",
    en: "Sees that a customer is contacted at least every so many days: it reminds ahead of the due day and escalates when it has passed.",
  },
  defaults: { class: "service", category: "care", objective: "retain", priority: 50 },
  shape: {
    type: "object",
    required: ["every"],
    properties: {
      counts: {
        type: "array",
        minItems: 1,
        items: { type: "string" },
        description: {
          "zh-CN": "哪些渠道算作一次联系，如 phone、meeting；不写则全部计入。",
          en: "Channels that count as a contact, such as phone and meeting; all of them when left out.",
        },
      },
      contacts: {
        type: "ref",
        ref: "range",
        description: {
          "zh-CN": "联系记录集合，默认 \"contactLog as contact\"；其中须有 date 字段。",
          en: "The log of contacts, \"contactLog as contact\" by default; its items need a date.",
        },
      },
      every: {
        type: "object",
        description: { "zh-CN": "间隔天数：固定、按分类、或按二维矩阵。", en: "The interval in days: fixed, by a class, or by a matrix of two measures." },
        properties: {
          days: {
            type: "ref",
            ref: "json",
            description: {
              "zh-CN": "天数，或“分类 → 天数”的对照（矩阵为 high/high、low/high、high/low、low/low）。",
              en: "A number of days, or days by class (for a matrix: high/high, low/high, high/low, low/low).",
            },
          },
          fact: { type: "ref", ref: "fact", description: { "zh-CN": "决定分类的文本指标。", en: "The text fact that holds the class." } },
          rows: { type: "ref", ref: "json", description: { "zh-CN": "矩阵的行：[指标, 高低分界]。", en: "Rows of the matrix: [fact, threshold of high]." } },
          columns: { type: "ref", ref: "json", description: { "zh-CN": "矩阵的列：[指标, 高低分界]。", en: "Columns of the matrix: [fact, threshold of high]." } },
          unknown: { type: "ref", ref: "number-or-param", description: { "zh-CN": "无法归类时的天数。", en: "Days where the class is not known." } },
        },
      },
      remindBefore: {
        type: "ref",
        ref: "number-or-param",
        description: { "zh-CN": "到期前多少天开始提醒，默认 0。", en: "Days ahead of the due day at which it reminds, 0 by default." },
      },
      overdue: {
        type: "object",
        required: ["after", "then"],
        description: { "zh-CN": "逾期升级。", en: "What happens when the due day has passed." },
        properties: {
          after: { type: "ref", ref: "number-or-param", description: { "zh-CN": "到期后满多少天算逾期。", en: "Days after the due day." } },
          then: { type: "ref", ref: "actions", description: { "zh-CN": "逾期时的动作。", en: "The actions then." } },
        },
      },
      start: {
        type: "ref",
        ref: "fact",
        description: {
          "zh-CN": "尚无联系时从哪一天算起（如开户日）；不写则立即到期。",
          en: "The date to count from where there was no contact yet, such as the opening of the account; without it such a customer is due at once.",
        },
      },
    },
  },
  facts: (rule) =>
    rule.json["forEach"] !== undefined
      ? []
      : [
          { id: `${rule.id}.lastContact`, type: "date", label: titled(rule.title, lastLabel) },
          { id: `${rule.id}.due`, type: "date", label: titled(rule.title, dueLabel) },
        ],
  lower(builder) {
    rejectKeys(builder, ["repeat"]);
    const { json, title } = builder.rule;
    const last = lastContact(builder);
    const interval = intervalOf(builder);
    const start = json["start"] === undefined ? undefined : builder.fact(json["start"], "/start", ["date"]);
    // Not `first`: a log that is unknown must stay unknown and not look like one that is empty.
    const from = choose("date", [{ when: last.exists, value: last.date }], start);
    const due = shift(from, interval);
    const neverMet = start === undefined ? not(last.exists) : never;
    const ahead = json["remindBefore"] === undefined ? 0 : builder.number(json["remindBefore"], "/remindBefore", { minimum: 0, maximum: 365, integer: true });
    const isDue = compare(due, "<=", daysFrom(today, ahead));
    const overdue = readOverdue(builder);
    const isOverdue = overdue === undefined ? never : compare(due, "<=", daysFrom(today, -overdue.after));
    if (builder.each === undefined) {
      builder.addFact("lastContact", last.date, titled(title, lastLabel));
      builder.addFact("due", due, titled(title, dueLabel));
    }
    builder.addRule({
      ...(builder.each === undefined ? {} : { each: builder.each }),
      when: and(builder.when(), or(neverMet, isDue)),
      occurrence: choose(
        "text",
        [
          ...(start === undefined ? [{ when: neverMet, value: constant("first", "text") }] : []),
          ...(overdue === undefined ? [] : [{ when: isOverdue, value: join(due, "/overdue") }]),
        ],
        join(due),
      ),
      actions: [
        ...builder.actions(json["then"], "/then", overdue === undefined ? {} : { guard: not(isOverdue) }),
        ...(overdue === undefined ? [] : builder.actions(overdue.then, "/overdue/then", { guard: isOverdue })),
      ],
    });
  },
});

const lastLabel = { "zh-CN": "上次联系", en: "last contact" };
const dueLabel = { "zh-CN": "应联系日", en: "due" };

function readOverdue(builder: KindBuilder): { readonly after: number; readonly then: unknown } | undefined {
  const overdue = builder.rule.json["overdue"] as Readonly<Record<string, unknown>> | undefined;
  if (overdue === undefined) return undefined;
  return { after: builder.number(overdue["after"], "/overdue/after", { minimum: 0, maximum: 3660, integer: true }), then: overdue["then"] };
}

/** The latest entry of the log that counts: of a channel in `counts`, not in the future, not fruitless. */
function lastContact(builder: KindBuilder): Last {
  const { json } = builder.rule;
  const found = builder.range(json["contacts"] ?? defaultContacts, "/contacts", (range): Last => {
    const date = builder.fact(`${range.as}.date`, "/contacts", ["date"]);
    const conditions: TruthNode[] = [compare(date, "<=", today)];
    if (Array.isArray(json["counts"])) {
      const channel = builder.fact(`${range.as}.channel`, "/counts", ["text"]);
      conditions.push({ op: "in", value: channel, list: constant(json["counts"] as string[], "list") });
    }
    if (range.collection.fields.has("outcome")) {
      const outcome = builder.fact(`${range.as}.outcome`, "/contacts", ["text"]);
      // An entry without outcome counts; asking for presence first keeps the answer from becoming unknown.
      conditions.push(not(and(present(outcome), { op: "in", value: outcome, list: constant(fruitless, "list") })));
    }
    const where = and(...conditions);
    return {
      exists: { op: "some", range, where },
      date: { op: "fold", type: "date", kind: "max", range, where, value: date, missing: "skip", empty: { op: "none", type: "date" } },
    };
  });
  return found ?? { exists: never, date: { op: "none", type: "date" } };
}
