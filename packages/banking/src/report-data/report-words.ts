import { describe, reasonTexts, type Bilingual, type DiagnosticCode, type MessageClass, type Program, type ReasonCode, type RunSummary } from "@evertend/core";

/** Names of what a report counts, in both languages. */
export const classWords: Readonly<Record<MessageClass, Bilingual>> = {
  mandatory: { "zh-CN": "法定告知", en: "mandatory" },
  service: { "zh-CN": "服务", en: "service" },
  greeting: { "zh-CN": "关怀", en: "greeting" },
  marketing: { "zh-CN": "营销", en: "marketing" },
};

export const stageWords: Readonly<Record<RunSummary["funnel"][number]["stage"], Bilingual>> = {
  actions: { "zh-CN": "规则要求的动作", en: "Asked for by rules" },
  new: { "zh-CN": "此前未计划", en: "Not planned before" },
  allowed: { "zh-CN": "政策允许", en: "Allowed by policy" },
  arbitrated: { "zh-CN": "合并与限次之后", en: "After caps and merging" },
  allocated: { "zh-CN": "名额与额度之内", en: "Within slots and budgets" },
  planned: { "zh-CN": "列入计划", en: "Planned" },
};

const roleWords: Readonly<Record<string, Bilingual>> = {
  rm: { "zh-CN": "客户经理", en: "relationship manager" },
  unitHead: { "zh-CN": "机构负责人", en: "head of unit" },
};

/** The same text in both languages. */
export function same(text: string): Bilingual {
  return { "zh-CN": text, en: text };
}

/** Who a task is for. */
export function roleName(role: string): Bilingual {
  return Object.hasOwn(roleWords, role) ? (roleWords[role] as Bilingual) : same(role);
}

/** A channel as its plugin calls it. */
export function channelName(program: Program, channel: string): Bilingual {
  return program.environment.channels.get(channel)?.label ?? same(channel);
}

/** A rule by its title. */
export function ruleName(program: Program, ruleId: string): Bilingual {
  return program.rules.find((rule) => rule.id === ruleId)?.title ?? same(ruleId);
}

/** Why something ended as it did. */
export function reasonName(reason: string): Bilingual {
  return Object.hasOwn(reasonTexts, reason) ? reasonTexts[reason as ReasonCode] : same(reason);
}

/** What was wrong with records that were set aside. */
export function codeName(code: string): Bilingual {
  return { "zh-CN": describe(code as DiagnosticCode, {}, "zh-CN").message, en: describe(code as DiagnosticCode, {}, "en").message };
}

/** A field or fact by its label: of the customer, derived, or of an item by the name a rule gives it (`deposit.balance`). */
export function fieldName(program: Program, name: string): Bilingual {
  const { model, facts, rules } = program;
  const own = model.fields.get(name) ?? facts.find((fact) => fact.id === name) ?? model.collections.get(name) ?? model.context.get(name);
  if (own) return own.label;
  const dot = name.indexOf(".");
  const [first, rest] = [name.slice(0, dot), name.slice(dot + 1)];
  const collection = model.collections.get(first) ?? model.context.get(first) ?? rules.find((rule) => rule.each?.as === first)?.each?.collection;
  const field = collection?.fields.get(rest);
  if (!collection || !field) return same(name);
  return { "zh-CN": `${collection.label["zh-CN"]} · ${field.label["zh-CN"]}`, en: `${collection.label.en} · ${field.label.en}` };
}
