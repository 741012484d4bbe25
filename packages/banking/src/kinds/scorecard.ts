import { always, and, bilingual, choose, compare, constant, defineKind, join, not, or, present } from "@evertend/core";
import type { Bilingual, FactType, KindBuilder, TruthNode, ValueNode } from "@evertend/core";
import { rejectKeys } from "./reject-keys.js";
import { titled } from "./titled.js";

const partTitles = {
  reached: { "zh-CN": "达标", en: "reached" },
  missed: { "zh-CN": "未达标", en: "missed" },
  downgraded: { "zh-CN": "降级", en: "downgraded" },
} as const satisfies Record<string, Bilingual>;

const facts: readonly { readonly part: string | undefined; readonly type: FactType; readonly label: Bilingual }[] = [
  { part: undefined, type: "text", label: { "zh-CN": "评定等级", en: "grade" } },
  { part: "earned", type: "text", label: { "zh-CN": "按条件达到的等级", en: "grade reached by the conditions" } },
  { part: "outcome", type: "text", label: { "zh-CN": "结果", en: "outcome" } },
  { part: "labelZh", type: "text", label: { "zh-CN": "等级名称（中文）", en: "name in Chinese" } },
  { part: "labelEn", type: "text", label: { "zh-CN": "等级名称（英文）", en: "name in English" } },
];

/** A grade; the last one has no conditions. */
interface Grade {
  readonly name: string;
  readonly label: Bilingual;
  readonly when: TruthNode;
  /** Who holds this grade and misses it keeps it all the same. */
  readonly keepWhen: TruthNode | undefined;
}

const text = (value: string): ValueNode => constant(value, "text");

/**
 * Appraises people by a list of grades: the first whose conditions hold is earned. Who holds a higher one and has missed
 * it goes down, unless the exception of that grade keeps him.
 */
export const scorecard = defineKind({
  id: "scorecard",
  label: { "zh-CN": "考核评级", en: "scorecard" },
  description: {
    "zh-CN": "按等级列表评定：取第一个满足条件的等级；未达到现任等级的降级，除非该等级的例外成立。",
    en: "Appraises by a list of grades: the first whose conditions hold; who has missed the grade held goes down, unless its exception holds.",
  },
  defaults: { class: "service", category: "diagnosis", objective: "grow", priority: 50 },
  shape: {
    type: "object",
    required: ["grades"],
    properties: {
      grades: {
        type: "array",
        minItems: 2,
        maxItems: 20,
        description: { "zh-CN": "等级，从高到低；最低一级没有条件。", en: "Grades from the highest to the lowest; the lowest has no conditions." },
        items: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string", format: "id", description: { "zh-CN": "等级的值。", en: "The value of the grade." } },
            label: { type: "text", description: { "zh-CN": "给人看的名称。", en: "The name that people read." } },
            when: { type: "ref", ref: "condition", description: { "zh-CN": "达到该等级的条件（可用 all、any 组合）。", en: "What it takes to reach the grade (all, any)." } },
            keepWhen: { type: "ref", ref: "condition", description: { "zh-CN": "例外：现任该等级而未达标者，成立时不降级。", en: "The exception: who holds the grade and has missed it is not downgraded where this holds." } },
          },
        },
      },
      current: { type: "ref", ref: "fact", description: { "zh-CN": "现任等级的字段；不写则视为最低一级。", en: "The field of the grade held; without it everybody holds the lowest." } },
      period: { type: "ref", ref: "fact", description: { "zh-CN": "考核期的字段（文本或日期），每期一次；不写则按 repeat，默认每年。", en: "The field of the period (text or date), one appraisal for each; without it as repeat says, by default once a year." } },
      on: {
        type: "object",
        description: { "zh-CN": "各结果的动作。", en: "What to do when." },
        properties: {
          reached: { type: "ref", ref: "actions", description: { "zh-CN": "达到或超过现任等级。", en: "The grade held, or a higher one, was reached." } },
          missed: { type: "ref", ref: "actions", description: { "zh-CN": "未达到现任等级，无论是否降级。", en: "The grade held was missed, downgraded or not." } },
          downgraded: { type: "ref", ref: "actions", description: { "zh-CN": "未达到现任等级，且例外不成立。", en: "It was missed and the exception does not hold." } },
        },
      },
    },
  },
  facts: (rule) => facts.map(({ part, type, label }) => ({ id: part === undefined ? rule.id : `${rule.id}.${part}`, type, label: part === undefined ? rule.title : titled(rule.title, label) })),
  lower(builder) {
    rejectKeys(builder, ["then", "forEach", "expires"]);
    const { json } = builder.rule;
    const grades = readGrades(builder);
    const lowest = grades.length - 1;
    const place = (rows: readonly { readonly when: TruthNode; readonly index: number }[]): ValueNode => choose("number", rows.map(({ when, index }) => ({ when, value: constant(index, "number") })), constant(lowest, "number"));
    const current = json["current"] === undefined ? undefined : builder.fact(json["current"], "/current", ["text"]);
    const isHeld = (one: Grade): TruthNode => (current ? compare(current, "=", text(one.name)) : one === grades[lowest] ? always : not(always));
    // Who holds none yet has nothing to lose.
    const held = current ? choose("number", [{ when: not(present(current)), value: constant(lowest, "number") }], place(grades.map((one, index) => ({ when: isHeld(one), index })))) : constant(lowest, "number");
    const earned = place(grades.slice(0, -1).map((one, index) => ({ when: one.when, index })));
    const reached = compare(earned, "<=", held);
    const missed = compare(earned, ">", held);
    const exceptions = grades.filter((one) => one.keepWhen).map((one) => and(isHeld(one), one.keepWhen ?? always));
    const kept = exceptions.length === 0 ? not(always) : or(...exceptions);
    const downgraded = and(missed, not(kept));
    addFacts(builder, grades, { earned, result: choose("number", [{ when: reached, value: earned }, { when: kept, value: held }], earned), outcome: choose("text", [{ when: reached, value: text("reached") }, { when: kept, value: text("kept") }], text("downgraded")) });
    const on = (json["on"] ?? {}) as Readonly<Record<string, unknown>>;
    const occurrence = json["period"] === undefined ? builder.repeat(json["repeat"], "/repeat", "year") : join(builder.fact(json["period"], "/period", ["text", "date"]));
    if (json["period"] !== undefined) rejectKeys(builder, ["repeat"]);
    for (const [part, when] of [["reached", reached], ["missed", missed], ["downgraded", downgraded]] as const) {
      if (on[part] === undefined) continue;
      builder.addRule({ part, title: titled(builder.rule.title, partTitles[part]), when: and(builder.when(), when), occurrence, actions: builder.actions(on[part], `/on/${part}`) });
    }
  },
});

function readGrades(builder: KindBuilder): readonly Grade[] {
  const list = builder.rule.json["grades"] as readonly Readonly<Record<string, unknown>>[];
  return list.map((json, index): Grade => {
    const pointer = `/grades/${index}`;
    const name = String(json["name"]);
    if (list.findIndex((other) => other["name"] === name) !== index) builder.report("DUPLICATE_ID", `${pointer}/name`, { name });
    const lowest = index === list.length - 1;
    if (lowest) for (const key of ["when", "keepWhen"]) if (json[key] !== undefined) builder.report("UNKNOWN_KEY", `${pointer}/${key}`, { name: key });
    if (!lowest && json["when"] === undefined) builder.report("KEY_MISSING", pointer, { name: "when" });
    return {
      name,
      label: bilingual(json["label"], name),
      when: json["when"] === undefined || lowest ? always : builder.condition(json["when"], `${pointer}/when`),
      keepWhen: json["keepWhen"] === undefined || lowest ? undefined : builder.condition(json["keepWhen"], `${pointer}/keepWhen`),
    };
  });
}

function addFacts(builder: KindBuilder, grades: readonly Grade[], { earned, result, outcome }: { readonly earned: ValueNode; readonly result: ValueNode; readonly outcome: ValueNode }): void {
  const named = (index: ValueNode, say: (grade: Grade) => string): ValueNode => choose("text", grades.map((grade, i) => ({ when: compare(index, "=", constant(i, "number")), value: text(say(grade)) })));
  const nodes: Readonly<Record<string, ValueNode>> = {
    "": named(result, (grade) => grade.name),
    earned: named(earned, (grade) => grade.name),
    outcome,
    labelZh: named(result, (grade) => grade.label["zh-CN"]),
    labelEn: named(result, (grade) => grade.label.en),
  };
  for (const { part, label } of facts) {
    const node = nodes[part ?? ""];
    if (node) builder.addFact(part, node, part === undefined ? builder.rule.title : titled(builder.rule.title, label));
  }
}
