import { and, compare, defineKind, join, today } from "@evertend/core";
import type { Bilingual, FactType, KindBuilder, ValueNode } from "@evertend/core";
import { dateWithin, daysFrom } from "./date-within.js";
import { lunarDaysMissing, lunarReturn } from "./lunar-day.js";
import { rejectKeys } from "./reject-keys.js";

/**
 * A day that comes back every year: a birthday, an anniversary, a festival, a lunar birthday. With `daysBefore` 0 it is true on the day
 * itself; with n it is true from n days before through the day before. Its occurrence is the date of this year's return.
 */
export const occasion = defineKind({
  id: "occasion",
  label: { "zh-CN": "纪念日与节日", en: "occasion" },
  description: {
    "zh-CN": "每年重复的日子：生日、纪念日或节日。过期的问候不补发。",
    en: "A day that returns every year: a birthday, an anniversary or a festival. A greeting is never sent late.",
  },
  defaults: { class: "greeting", category: "care", objective: "retain", priority: 30 },
  shape: {
    type: "object",
    properties: {
      date: {
        type: "ref",
        ref: "value",
        description: {
          "zh-CN": "取其月和日的日期指标，如 birthDate，或写明农历月日的文本指标，如 birthDateLunar（此时须写 calendar）；与 festival 二选一。",
          en: "The date fact whose month and day return, such as birthDate, or a text fact with a lunar month and day, such as birthDateLunar (calendar is needed then); either this or festival.",
        },
      },
      festival: {
        type: "string",
        format: "name",
        description: {
          "zh-CN": "日历中命名日的名称，如 mid-autumn；与 date 二选一。",
          en: "The name of a day in the calendar, such as mid-autumn; either this or date.",
        },
      },
      calendar: {
        type: "string",
        format: "name",
        description: { "zh-CN": "festival 或农历月日所在的日历。", en: "The calendar that knows the festival or the lunar days." },
      },
      feb29: {
        type: "string",
        enum: ["02-28", "03-01"],
        description: {
          "zh-CN": "平年里 2 月 29 日改在哪一天，默认 02-28。",
          en: "Where 29 February falls in years without it; 02-28 by default.",
        },
      },
      daysBefore: {
        type: "ref",
        ref: "number-or-param",
        description: {
          "zh-CN": "提前天数，默认 0（当天）；n 表示从前 n 天到前一天。",
          en: "Days ahead, 0 (the day itself) by default; n means from n days before through the day before.",
        },
      },
    },
  },
  facts: (rule) => (isLunar(rule.json) && rule.json["forEach"] === undefined ? [{ id: `${rule.id}.day`, type: "date", label: dayLabel(rule.title) }] : []),
  lower(builder) {
    rejectKeys(builder, ["repeat"]);
    const { json, title } = builder.rule;
    const day = returningDay(builder);
    // What a lunar day comes to is found by case: as a fact it has a name where it is explained, and templates may say it.
    if (isLunar(json) && builder.each === undefined) builder.addFact("day", day, dayLabel(title));
    const before = json["daysBefore"] === undefined ? 0 : builder.number(json["daysBefore"], "/daysBefore", { minimum: 0, maximum: 365, integer: true });
    const open = before === 0 ? compare(day, "=", today) : dateWithin(day, 0, before);
    builder.addRule({
      ...(builder.each === undefined ? {} : { each: builder.each }),
      when: and(builder.when(), open),
      occurrence: join(day),
      actions: builder.actions(json["then"], "/then", { expires: lastUsefulDay(builder, day, before) }),
    });
  },
});

function returningDay(builder: KindBuilder): ValueNode {
  const { json } = builder.rule;
  if (json["festival"] !== undefined && json["date"] !== undefined) builder.report("AMBIGUOUS_GROUP", "/festival", { name: "date, festival" });
  if (json["festival"] === undefined) {
    if (json["date"] === undefined) {
      builder.report("KEY_MISSING", "", { name: "date", expected: "date / festival" });
      return { op: "none", type: "date" };
    }
    if (json["calendar"] !== undefined) return lunarDay(builder);
    const date = dateOf(builder, json["date"], ["date"]);
    return { op: "anniversary", type: "date", date, feb29: json["feb29"] === "03-01" ? "03-01" : "02-28" };
  }
  const name = json["festival"] as string;
  if (json["calendar"] === undefined) {
    builder.report("KEY_MISSING", "", { name: "calendar" });
    return { op: "none", type: "date" };
  }
  const calendar = builder.calendar(json["calendar"], "/calendar");
  if (calendar === undefined) return { op: "none", type: "date" };
  if (!calendar.named.has(name)) {
    builder.report("UNKNOWN_REFERENCE", "/festival", { name, allowed: [...calendar.named.keys()].sort().join(", ") });
    return { op: "none", type: "date" };
  }
  return { op: "namedDay", type: "date", name, calendar };
}

/** With a calendar and no festival, `date` holds a lunar month and day. */
function isLunar(json: Readonly<Record<string, unknown>>): boolean {
  return json["date"] !== undefined && json["festival"] === undefined && json["calendar"] !== undefined;
}

function dayLabel(title: Bilingual): Bilingual {
  return { "zh-CN": `${title["zh-CN"]}的日子`, en: `the day of ${title.en}` };
}

function lunarDay(builder: KindBuilder): ValueNode {
  const { json } = builder.rule;
  rejectKeys(builder, ["feb29"]);
  const monthAndDay = dateOf(builder, json["date"], ["text"]);
  const calendar = builder.calendar(json["calendar"], "/calendar");
  if (calendar === undefined) return { op: "none", type: "date" };
  const [missing] = lunarDaysMissing(calendar);
  if (missing !== undefined) builder.report("UNKNOWN_REFERENCE", "/calendar", { name: missing });
  return lunarReturn(monthAndDay, calendar);
}

/** A plain text names a fact; everything else is a value. */
function dateOf(builder: KindBuilder, json: unknown, types: readonly FactType[]): ValueNode {
  return typeof json === "string" ? builder.fact(json, "/date", types) : builder.value(json, "/date", types);
}

/** The day itself, or the last day ahead of it; `expires` may allow some days after it. */
function lastUsefulDay(builder: KindBuilder, day: ValueNode, before: number): ValueNode {
  const { expires } = builder.rule.json;
  if (expires === undefined) return before === 0 ? day : daysFrom(day, -1);
  if (expires === "same-day") return day;
  return daysFrom(day, builder.number(expires, "/expires", { minimum: 0, maximum: 365, integer: true }));
}
