import { and, arithmetic, choose, compare, constant, defineKind, join, never, or } from "@evertend/core";
import type { Bilingual, FactType, KindBuilder, TruthNode, ValueNode } from "@evertend/core";
import { dateWithin, daysFrom } from "./date-within.js";
import { rejectKeys } from "./reject-keys.js";
import { titled } from "./titled.js";

/** How long a change of tier is news. */
const newsDays = 30;

const news = ["upgraded", "downgraded"] as const;

/** Names of what a tier brings beside itself, with their types and labels. */
const parts: readonly { readonly part: string; readonly type: FactType; readonly label: Bilingual }[] = [
  { part: "since", type: "date", label: { "zh-CN": "起始日", en: "since" } },
  { part: "previous", type: "text", label: { "zh-CN": "之前等级", en: "previous" } },
  { part: "change", type: "text", label: { "zh-CN": "变化", en: "change" } },
  { part: "atRisk", type: "boolean", label: { "zh-CN": "可能降级", en: "at risk" } },
  { part: "next", type: "text", label: { "zh-CN": "上一级", en: "next higher" } },
  { part: "toNext", type: "number", label: { "zh-CN": "距上一级差额", en: "lacking to the next" } },
  { part: "labelZh", type: "text", label: { "zh-CN": "名称（中文）", en: "name in Chinese" } },
  { part: "labelEn", type: "text", label: { "zh-CN": "名称（英文）", en: "name in English" } },
  { part: "nextZh", type: "text", label: { "zh-CN": "上一级名称（中文）", en: "name of the next in Chinese" } },
  { part: "nextEn", type: "text", label: { "zh-CN": "上一级名称（英文）", en: "name of the next in English" } },
  { part: "previousZh", type: "text", label: { "zh-CN": "之前等级名称（中文）", en: "name of the previous in Chinese" } },
  { part: "previousEn", type: "text", label: { "zh-CN": "之前等级名称（英文）", en: "name of the previous in English" } },
];

const eventTitles = {
  upgraded: { "zh-CN": "升级", en: "upgraded" },
  downgraded: { "zh-CN": "降级", en: "downgraded" },
  atRisk: { "zh-CN": "可能降级", en: "at risk" },
  near: { "zh-CN": "接近上一级", en: "close to the next" },
} as const satisfies Record<string, Bilingual>;

const text = (value: string): ValueNode => constant(value, "text");

interface Tier {
  readonly name: string;
  readonly label: Bilingual;
  readonly from?: ValueNode;
  readonly keepFrom?: ValueNode;
}

/**
 * Levels of customers by one measure, with memory: a level is kept down to `keepFrom` and for `graceDays` beyond. It
 * brings the level as a fact, and a rule for each of the four things that happen to one.
 */
export const tier = defineKind({
  id: "tier",
  label: { "zh-CN": "客户等级", en: "tier" },
  description: {
    "zh-CN": "按一项指标划分客户等级，带保级线和宽限期；升级、降级、可能降级、接近上一级时各有动作。",
    en: "Levels by one measure, with a lower line for keeping a level and days of grace; acts when a customer goes up, goes down, is about to, or is close to the next.",
  },
  defaults: { class: "service", category: "care", objective: "retain", priority: 60 },
  shape: {
    type: "object",
    required: ["measure", "tiers"],
    properties: {
      measure: { type: "ref", ref: "value", description: { "zh-CN": "衡量等级的数值指标，如 assets.total。", en: "The number that decides the level, such as assets.total." } },
      graceDays: {
        type: "ref",
        ref: "number-or-param",
        description: { "zh-CN": "低于保级线后仍保留等级的天数，默认 0。", en: "Days that a level is kept below its line, 0 by default." },
      },
      near: {
        type: "ref",
        ref: "number-or-param",
        description: { "zh-CN": "距上一级多少以内算接近。", en: "How little may lack to the next level to be close to it." },
      },
      tiers: {
        type: "array",
        minItems: 2,
        maxItems: 20,
        description: { "zh-CN": "各等级，从高到低；最低一级没有 from。", en: "The levels from the highest to the lowest; the lowest has no from." },
        items: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string", format: "id", description: { "zh-CN": "等级的值，供规则比较。", en: "The value of the level, for rules to compare." } },
            label: { type: "text", description: { "zh-CN": "给人看的名称。", en: "The name that people read." } },
            from: { type: "ref", ref: "value", description: { "zh-CN": "达到此值即进入该等级（含）。", en: "The level begins here, this value included." } },
            keepFrom: { type: "ref", ref: "value", description: { "zh-CN": "不低于此值即可保级，默认同 from。", en: "The level is kept from here on; the same as from by default." } },
          },
        },
      },
      on: {
        type: "object",
        description: { "zh-CN": "等级变化时的动作。", en: "What to do when something happens to a level." },
        properties: {
          upgraded: { type: "ref", ref: "actions", description: { "zh-CN": "升级后 30 天内。", en: "Within 30 days of going up." } },
          downgraded: { type: "ref", ref: "actions", description: { "zh-CN": "降级后 30 天内。", en: "Within 30 days of going down." } },
          atRisk: { type: "ref", ref: "actions", description: { "zh-CN": "已低于保级线、尚在宽限期。", en: "Below the line, within the days of grace." } },
          near: { type: "ref", ref: "actions", description: { "zh-CN": "接近上一级，每季度一次。", en: "Close to the next level; once a quarter." } },
        },
      },
    },
  },
  facts: (rule) => [
    { id: rule.id, type: "text", label: rule.title },
    ...parts.map(({ part, type, label }) => ({ id: `${rule.id}.${part}`, type, label: titled(rule.title, label) })),
  ],
  lower(builder) {
    rejectKeys(builder, ["then", "forEach", "expires"]);
    const { json } = builder.rule;
    const measure = typeof json["measure"] === "string" ? builder.fact(json["measure"], "/measure", ["number"]) : builder.value(json["measure"], "/measure", ["number"]);
    const tiers = readTiers(builder);
    const graceDays = json["graceDays"] === undefined ? 0 : builder.number(json["graceDays"], "/graceDays", { minimum: 0, maximum: 3660, integer: true });
    const read = builder.addLevel({
      measure,
      levels: tiers.map(({ label: _label, ...level }) => level),
      graceDays,
      label: builder.rule.title,
    });
    addFacts(builder, read, measure, tiers);
    const on = (json["on"] ?? {}) as Readonly<Record<string, unknown>>;
    for (const part of news) {
      if (on[part] === undefined) continue;
      const since = read("since");
      builder.addRule({
        part,
        title: titled(builder.rule.title, eventTitles[part]),
        when: and(builder.when(), compare(read("change"), "=", text(part)), dateWithin(since, -newsDays, 0)),
        occurrence: join(since),
        actions: builder.actions(on[part], `/on/${part}`, { expires: daysFrom(since, newsDays - 1) }),
      });
    }
    if (on["atRisk"] !== undefined) {
      builder.addRule({
        part: "atRisk",
        title: titled(builder.rule.title, eventTitles.atRisk),
        when: and(builder.when(), compare(read("atRisk"), "=", constant(true, "boolean"))),
        occurrence: "episode",
        actions: builder.actions(on["atRisk"], "/on/atRisk"),
      });
    }
    if (on["near"] !== undefined) {
      builder.addRule({
        part: "near",
        title: titled(builder.rule.title, eventTitles.near),
        when: and(builder.when(), isNear(builder, read("level"), measure, tiers)),
        occurrence: builder.repeat(json["repeat"], "/repeat", "quarter"),
        actions: builder.actions(on["near"], "/on/near"),
      });
    } else {
      rejectKeys(builder, ["repeat", "near"]);
    }
  },
});

function readTiers(builder: KindBuilder): Tier[] {
  const list = builder.rule.json["tiers"] as readonly Readonly<Record<string, unknown>>[];
  const tiers = list.map((json, index): Tier => {
    const pointer = `/tiers/${index}`;
    const name = String(json["name"]);
    if (list.findIndex((other) => other["name"] === name) !== index) builder.report("DUPLICATE_ID", `${pointer}/name`, { name });
    const lowest = index === list.length - 1;
    for (const key of ["from", "keepFrom"]) if (lowest && json[key] !== undefined) builder.report("UNKNOWN_KEY", `${pointer}/${key}`, { name: key });
    if (lowest) return { name, label: labelOf(json["label"], name) };
    if (json["from"] === undefined) builder.report("KEY_MISSING", pointer, { name: "from" });
    return {
      name,
      label: labelOf(json["label"], name),
      ...(json["from"] === undefined ? {} : { from: builder.value(json["from"], `${pointer}/from`, ["number"]) }),
      ...(json["keepFrom"] === undefined ? {} : { keepFrom: builder.value(json["keepFrom"], `${pointer}/keepFrom`, ["number"]) }),
    };
  });
  checkOrder(builder, tiers);
  return tiers;
}

/** Known thresholds must fall from level to level, and a level is kept at or below the point where it begins. */
function checkOrder(builder: KindBuilder, tiers: readonly Tier[]): void {
  tiers.forEach((one, index) => {
    const from = known(one.from);
    const keep = known(one.keepFrom);
    const above = known(tiers[index - 1]?.from);
    if (from !== undefined && above !== undefined && from >= above) builder.report("NUMBER_RANGE", `/tiers/${index}/from`, { found: from, expected: `< ${above}` });
    if (from !== undefined && keep !== undefined && keep > from) builder.report("NUMBER_RANGE", `/tiers/${index}/keepFrom`, { found: keep, expected: `<= ${from}` });
  });
}

function known(node: ValueNode | undefined): number | undefined {
  return node?.op === "const" && typeof node.value === "number" ? node.value : undefined;
}

function labelOf(json: unknown, name: string): Bilingual {
  if (typeof json === "string") return { "zh-CN": json, en: json };
  return json === undefined ? { "zh-CN": name, en: name } : (json as Bilingual);
}

/** Which level comes next, what lacks to it, and the levels' names, so that templates and other rules may say them. */
function addFacts(builder: KindBuilder, read: (part: "level" | "previous") => ValueNode, measure: ValueNode, tiers: readonly Tier[]): void {
  const add = (part: string, node: ValueNode): void => {
    const label = parts.find((one) => one.part === part)?.label;
    if (label !== undefined) builder.addFact(part, node, titled(builder.rule.title, label));
  };
  const isAt = (one: Tier): TruthNode => compare(read("level"), "=", text(one.name));
  const steps = tiers.flatMap((one, index) => {
    const above = tiers[index - 1];
    return above?.from === undefined ? [] : [{ when: isAt(one), above, from: above.from }];
  });
  add("next", choose("text", steps.map(({ when, above }) => ({ when, value: text(above.name) }))));
  add("toNext", choose("number", steps.map(({ when, from }) => ({ when, value: arithmetic("subtract", from, measure) }))));
  for (const [suffix, lang] of [["Zh", "zh-CN"], ["En", "en"]] as const) {
    const named = (rows: readonly { readonly when: TruthNode; readonly of: Tier }[]): ValueNode => choose("text", rows.map(({ when, of }) => ({ when, value: text(of.label[lang]) })));
    add(`label${suffix}`, named(tiers.map((of) => ({ when: isAt(of), of }))));
    add(`next${suffix}`, named(steps.map(({ when, above }) => ({ when, of: above }))));
    add(`previous${suffix}`, named(tiers.map((of) => ({ when: compare(read("previous"), "=", text(of.name)), of }))));
  }
}

/** At a level, below the next, and no more than `near` away from it. */
function isNear(builder: KindBuilder, level: ValueNode, measure: ValueNode, tiers: readonly Tier[]): TruthNode {
  const { near } = builder.rule.json;
  if (near === undefined) builder.report("KEY_MISSING", "", { name: "near" });
  const gap: ValueNode = near === undefined ? constant(0, "number") : builder.value(near, "/near", ["number"]);
  const close = tiers.flatMap((one, index) => {
    const next = tiers[index - 1]?.from;
    if (next === undefined) return [];
    const line: ValueNode = arithmetic("subtract", next, gap);
    return [and(compare(level, "=", text(one.name)), compare(measure, ">=", line), compare(measure, "<", next))];
  });
  return close.length === 0 ? never : or(...close);
}
