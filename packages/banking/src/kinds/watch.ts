import { defineKind } from "@evertend/core";

/**
 * Something about the customer that somebody of the bank should look at: a fund that fell, a risk sign, money leaving.
 * A plain rule whose defaults suit tasks; it fires once for every stretch of days on which it is true.
 */
export const watch = defineKind({
  id: "watch",
  label: { "zh-CN": "关注", en: "watch" },
  description: {
    "zh-CN": "留意客户的异动或风险信号，通常交由客户经理处理；条件持续成立期间只提醒一次。",
    en: "Looks out for movements and signs of risk, usually for the relationship manager to act on; it speaks once while its condition stays true.",
  },
  defaults: { class: "service", category: "after-sale", objective: "retain", priority: 80 },
  wakes: true,
  shape: { type: "object", properties: {} },
  lower(builder) {
    builder.addRule({
      ...(builder.each === undefined ? {} : { each: builder.each }),
      when: builder.when(),
      occurrence: builder.repeat(builder.rule.json["repeat"], "/repeat", "episode"),
      actions: builder.actions(builder.rule.json["then"], "/then"),
    });
  },
});
