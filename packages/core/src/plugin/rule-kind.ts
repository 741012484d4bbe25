import { defineKind, type Kind } from "./kind.js";

/** The plain rule: a condition and what to do. It repeats as `repeat` says, by default once an episode. */
export const ruleKind: Kind = defineKind({
  id: "rule",
  label: { "zh-CN": "规则", en: "rule" },
  description: { "zh-CN": "条件成立时执行动作", en: "A condition, and what to do when it holds" },
  defaults: { class: "service", category: "after-sale", objective: "retain", priority: 50 },
  wakes: true,
  shape: { type: "object", properties: {} },
  lower(builder) {
    const { json } = builder.rule;
    builder.addRule({
      ...(builder.each ? { each: builder.each } : {}),
      when: builder.when(),
      occurrence: builder.repeat(json["repeat"], "/repeat", "episode"),
      actions: builder.actions(json["then"], "/then"),
    });
  },
});

/** Core's own plugin: what every pack may use. */
export const corePlugin = { name: "core", kinds: [ruleKind] } as const;
