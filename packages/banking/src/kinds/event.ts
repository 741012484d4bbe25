import { and, compare, constant, defineKind, today } from "@evertend/core";
import type { KindBuilder, Range, RulePolicy, TruthNode, ValueNode } from "@evertend/core";
import { dateWithin, daysFrom } from "./date-within.js";
import { rejectKeys } from "./reject-keys.js";

/**
 * Something that the bank does for many and asks some to: an event with a date, or the launch of a product. The audience
 * is a condition about the customer; where seats are few, those of the highest rank get them.
 */
export const event = defineKind({
  id: "event",
  label: { "zh-CN": "活动与新品", en: "event" },
  description: {
    "zh-CN": "邀请客户参加活动（按对象条件、提前天数、截止邀请日和名额），或在产品发布后若干天内告知。",
    en: "Invites an audience to an event (days of notice, last day of inviting, seats), or tells of a launch for some days after it.",
  },
  defaults: { class: "marketing", category: "event", objective: "retain", priority: 30 },
  shape: {
    type: "object",
    required: ["over"],
    properties: {
      over: { type: "ref", ref: "range", description: { "zh-CN": "活动或产品集合，如 \"events as event\"。", en: "The events or products: \"events as event\"." } },
      date: { type: "ref", ref: "fact", description: { "zh-CN": "活动日期；与 launched 二选一。", en: "The date of the event; either this or launched." } },
      notice: { type: "ref", ref: "number-or-param", description: { "zh-CN": "提前几天开始邀请，默认 14。", en: "Days before the date on which inviting begins, 14 by default." } },
      lastDay: {
        type: "oneOf",
        options: [{ type: "string" }, { type: "ref", ref: "number-or-param" }],
        description: { "zh-CN": "最后邀请日：活动前几天（默认 1，即前一天），或存放日期的字段。", en: "The last day of inviting: days before the date (1 by default, the day before), or a field with the date." },
      },
      launched: { type: "ref", ref: "fact", description: { "zh-CN": "发布日期。", en: "The date of the launch." } },
      openFor: { type: "ref", ref: "number-or-param", description: { "zh-CN": "发布后几天内告知，默认 30。", en: "Days from the launch for which it is told, 30 by default." } },
      audience: { type: "ref", ref: "condition", description: { "zh-CN": "邀请对象的条件。", en: "Whom to ask: conditions about the customer." } },
      seats: { type: "ref", ref: "fact", description: { "zh-CN": "名额字段；没有值则不限。", en: "The field with the number of seats; none = no limit." } },
    },
  },
  lower(builder) {
    rejectKeys(builder, ["forEach", "repeat", "expires"]);
    builder.range(builder.rule.json["over"], "/over", (range) => {
      if (range.collection.idField === "") builder.report("ID_MISSING", "/over", { name: range.collection.name });
      const { json } = builder.rule;
      const open = openDays(builder);
      if (!open) return;
      const audience = json["audience"] === undefined ? [] : [builder.condition(json["audience"], "/audience")];
      builder.addRule({
        each: range,
        when: and(builder.when(), open.when, ...audience),
        // The item is the subject: there is one invitation to it, whenever it is moved to.
        occurrence: constant("once", "text"),
        actions: builder.actions(json["then"], "/then", { expires: open.last }),
        policy: seatsOf(builder, range),
      });
    });
  },
});

function seatsOf(builder: KindBuilder, range: Range): RulePolicy {
  const { seats } = builder.rule.json;
  return seats === undefined ? {} : { seats: { limit: builder.fact(seats, "/seats", ["number"]), range } };
}

/** The days on which the rule speaks of an item, and the last of them. */
function openDays(builder: KindBuilder): { readonly when: TruthNode; readonly last: ValueNode } | undefined {
  const { date, launched } = builder.rule.json;
  if ((date === undefined) === (launched === undefined)) {
    builder.report(date === undefined ? "KEY_MISSING" : "AMBIGUOUS_GROUP", "", { name: date === undefined ? "date" : "date, launched" });
    return undefined;
  }
  rejectKeys(builder, date === undefined ? ["notice", "lastDay"] : ["openFor"]);
  return date === undefined ? launchDays(builder) : inviteDays(builder);
}

function launchDays(builder: KindBuilder): { readonly when: TruthNode; readonly last: ValueNode } {
  const { launched, openFor } = builder.rule.json;
  const day = builder.fact(launched, "/launched", ["date"]);
  const days = openFor === undefined ? 30 : builder.number(openFor, "/openFor", { minimum: 1, maximum: 3660, integer: true });
  return { when: dateWithin(day, -days, 0), last: daysFrom(day, days - 1) };
}

function inviteDays(builder: KindBuilder): { readonly when: TruthNode; readonly last: ValueNode } {
  const { date, notice, lastDay } = builder.rule.json;
  const day = builder.fact(date, "/date", ["date"]);
  const ahead = notice === undefined ? 14 : builder.number(notice, "/notice", { minimum: 1, maximum: 3660, integer: true });
  if (typeof lastDay === "string") {
    const last = builder.fact(lastDay, "/lastDay", ["date"]);
    return { when: and(dateWithin(day, 0, ahead), compare(last, ">=", today)), last };
  }
  const before = lastDay === undefined ? 1 : builder.number(lastDay, "/lastDay", { minimum: 0, maximum: 3660, integer: true });
  if (before > ahead) builder.report("NUMBER_RANGE", "/lastDay", { name: String(before), found: before, expected: `<= ${ahead}` });
  return { when: dateWithin(day, before - 1, ahead), last: daysFrom(day, -before) };
}
