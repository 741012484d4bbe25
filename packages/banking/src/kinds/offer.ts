import { always, defineKind } from "@evertend/core";
import type { KindBuilder, RulePolicy } from "@evertend/core";

/**
 * A product that would suit the customer. The first fitting item of a context collection is picked; suitability,
 * control group and cooldown are held by policy. By default once a quarter.
 */
export const offer = defineKind({
  id: "offer",
  label: { "zh-CN": "产品推荐", en: "offer" },
  description: {
    "zh-CN": "为合适的客户挑选一款产品；适当性、对照组和冷却期由策略把关，默认每季度一次。",
    en: "Picks a product for a customer whom it would suit; policy holds suitability, control group and cooldown. Once a quarter by default.",
  },
  defaults: { class: "marketing", category: "diagnosis", objective: "grow", priority: 40 },
  wakes: true,
  shape: {
    type: "object",
    required: ["method"],
    properties: {
      method: {
        type: "string",
        enum: ["repeat", "cross", "up", "combination", "circle", "referral"],
        description: {
          "zh-CN": "价值提升方式：重复、交叉、向上、组合、圈子、转介绍。",
          en: "How value is raised: repeat, cross, up, combination, circle or referral.",
        },
      },
      product: {
        type: "object",
        required: ["from"],
        description: { "zh-CN": "从哪里挑选产品、怎样挑选。", en: "Where the product comes from and which one is taken." },
        properties: {
          from: { type: "ref", ref: "range", description: { "zh-CN": "产品集合，如 \"products as p\"。", en: "The collection of products: \"products as p\"." } },
          where: { type: "ref", ref: "condition", description: { "zh-CN": "产品须满足的条件。", en: "What a product must fulfil." } },
          by: { type: "ref", ref: "fact", description: { "zh-CN": "按此字段排序，取第一款。", en: "The field that orders them; the first is taken." } },
          order: {
            type: "string",
            enum: ["ascending", "descending"],
            description: { "zh-CN": "排序方向，默认 ascending（升序）。", en: "The direction of the order, ascending by default." },
          },
        },
      },
    },
  },
  lower(builder) {
    const { json } = builder.rule;
    const product = pickProduct(builder);
    builder.addRule({
      ...(builder.each === undefined ? {} : { each: builder.each }),
      when: builder.when(),
      occurrence: builder.repeat(json["repeat"], "/repeat", "quarter"),
      actions: builder.actions(json["then"], "/then"),
      ...(product === undefined ? {} : { policy: { product } }),
    });
  },
});

function pickProduct(builder: KindBuilder): RulePolicy["product"] | undefined {
  const product = builder.rule.json["product"] as Readonly<Record<string, unknown>> | undefined;
  if (product === undefined) return undefined;
  if (product["order"] !== undefined && product["by"] === undefined) builder.report("KEY_MISSING", "/product", { name: "by" });
  return builder.range(product["from"], "/product/from", (range) => ({
    range,
    pick: {
      op: "pick",
      type: "text",
      range,
      where: product["where"] === undefined ? always : builder.condition(product["where"], "/product/where"),
      ...(product["by"] === undefined ? {} : { by: builder.fact(product["by"], "/product/by", ["number", "date", "text"]) }),
      order: product["order"] === "descending" ? "descending" : "ascending",
    },
  }));
}
