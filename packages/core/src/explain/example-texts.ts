import type { Channel, ChannelConfig } from "../channel/channel.js";
import type { Touch } from "../decision/decision.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import type { Program } from "../lower/program.js";
import type { ActionProgram, RuleProgram } from "../lower/rule-program.js";
import type { Collection, FactType, Field } from "../model/catalogue.js";
import { composeTask } from "../plan/compose-task.js";
import { composeTouch } from "../plan/compose-touch.js";
import type { TemplateValues } from "../template/fill-template.js";

/** The words of one action, filled with values that are examples. */
export interface ExampleText {
  readonly action: string;
  /** `""` for a task. */
  readonly channel: string;
  readonly locale: string;
  /** As they go out: `text`; for e-mail `subject` and `text`; for a task `title` and `brief`. */
  readonly parts: Readonly<Record<string, string>>;
  /** Why the words do not come about, as a reason code; then there are no parts. */
  readonly problem?: string;
}

/** What `exampleTexts` is told. */
export interface ExampleOptions {
  /** Civil date that stands for the day of sending, and for every other date. */
  readonly asOf: string;
  readonly locale: Lang;
  /** Settings of channels by id: signatures and opt-out texts. */
  readonly channelConfigs?: Readonly<Record<string, ChannelConfig>>;
}

const addresses: Readonly<Record<Channel["capabilities"]["address"], string>> = { phone: "+8619900000000", mailbox: "customer@example.com", opaque: "example" };

/**
 * The messages and tasks of a rule as they would go out, with signature and opt-out text, in one language. Values are
 * examples: `〔label〕` for texts, a plain number, the day itself for dates, the first allowed value where the model lists
 * them; parameters are real.
 */
export function exampleTexts(program: Program, rule: RuleProgram, options: ExampleOptions): readonly ExampleText[] {
  const values = exampleValues(program, rule, options);
  return rule.actions.flatMap((action) => (action.type === "task" ? [exampleTask(program, rule, action, values, options)] : exampleMessages(program, rule, action, values, options)));
}

function exampleMessages(program: Program, rule: RuleProgram, action: ActionProgram, values: TemplateValues, { asOf, locale, channelConfigs }: ExampleOptions): readonly ExampleText[] {
  const template = program.templates.get(action.template);
  const wanted = Array.isArray(action.via) ? (action.via as readonly string[]) : [...(template?.variants.keys() ?? [])].sort();
  return wanted.flatMap((id): ExampleText[] => {
    const channel = program.environment.channels.get(id);
    if (!channel || !template?.variants.has(id)) return [];
    const frame = { key: "example", customerId: "example", ruleId: rule.id, subject: "", occurrence: asOf, action: action.id, class: action.class, notBefore: null, expiresAt: null };
    const config = channelConfigs?.[id] ?? {};
    const touch = composeTouch(frame, template, { channel, to: addresses[channel.capabilities.address] }, values, locale, program.pack.locale, config);
    if ("reason" in touch) return [{ action: action.id, channel: id, locale, parts: {}, problem: `${touch.reason} ${touch.detail}`.trim() }];
    return [{ action: action.id, channel: id, locale: touch.locale, parts: readable(channel, touch, config) }];
  });
}

/** What a person reads of it: HTML and headers say the same again. */
function readable(channel: Channel, touch: Touch, config: ChannelConfig): Readonly<Record<string, string>> {
  const { parts } = channel.render(touch, config);
  return Object.fromEntries(Object.entries(touch.parts).filter(([name]) => name !== "html").map(([name, text]) => [name, parts[name] ?? text]));
}

function exampleTask(program: Program, rule: RuleProgram, action: ActionProgram, values: TemplateValues, { asOf, locale }: ExampleOptions): ExampleText {
  const frame = { key: "example", customerId: "example", ruleId: rule.id, subject: "", occurrence: asOf, action: action.id, class: action.class, assignee: "", role: action.role, due: asOf, expiresAt: null, priority: rule.priority };
  const task = composeTask(frame, program.templates.get(action.template), values, locale);
  if ("reason" in task) return { action: action.id, channel: "", locale, parts: {}, problem: `${task.reason} ${task.detail}`.trim() };
  return { action: action.id, channel: "", locale, parts: { title: task.title, ...(task.brief === "" ? {} : { brief: task.brief }) } };
}

type Example = string | number | boolean | readonly unknown[] | undefined;

function exampleValues(program: Program, rule: RuleProgram, { asOf, locale }: ExampleOptions): TemplateValues {
  const { model, parameters, facts } = program;
  const ofField = (field: Field | undefined): Example => field && (field.enum?.[0] ?? ofType(field.type, field.label[locale], field, asOf));
  const ofItem = (collection: Collection | undefined, name: string): Example => ofField(collection?.fields.get(name));
  return {
    get(name) {
      if (name === "asOf" || name === "occurrence") return asOf;
      if (name.startsWith("param.")) return parameters.get(name.slice(6))?.value;
      const [head = "", ...rest] = name.split(".");
      const inner = rest.join(".");
      if (head === "product") return ofItem(rule.policy.product?.range.collection, inner);
      if (rule.each && head === rule.each.as) {
        const node = rule.itemFacts?.get(inner);
        return node ? ofType(node.type === "any" ? "text" : node.type, inner, {}, asOf) : ofItem(rule.each.collection, inner);
      }
      const fact = facts.find((one) => one.id === name);
      if (fact) return ofType(fact.type, fact.label[locale], { ...(fact.scale === undefined ? {} : { scale: fact.scale }) }, asOf);
      const collection = model.collections.get(name);
      return collection ? [itemOf(collection, ofField)] : ofField(model.fields.get(name));
    },
  };
}

function ofType(type: FactType, label: string, { minimum, maximum, scale }: Partial<Pick<Field, "minimum" | "maximum" | "scale">>, asOf: string): Example {
  switch (type) {
    case "date": return asOf;
    case "boolean": return true;
    case "number": return Math.min(Math.max(scale === undefined || scale === 0 ? 30 : scale > 2 ? 0.5 : 10_000, minimum ?? -Infinity), maximum ?? Infinity);
    case "list": return [`〔${label}〕`];
    case "text": return `〔${label}〕`;
  }
}

/** An item as a plain object; dotted names are members of members. */
function itemOf(collection: Collection, ofField: (field: Field) => Example): Readonly<Record<string, unknown>> {
  const item: Record<string, unknown> = {};
  for (const [name, field] of collection.fields) {
    const path = name.split(".");
    let at = item;
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    at[path.at(-1) ?? name] = ofField(field);
  }
  return item;
}
