import { closest } from "../diagnostics/did-you-mean.js";
import { isObject, jsonType, type Spot } from "../language/spot.js";
import type { Channel, Sensitivity } from "../channel/channel.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import { messageClasses, type MessageClass } from "../decision/message-class.js";
import { sha256Hex } from "../json/hash.js";
import type { Catalogue, Collection, Field } from "../model/catalogue.js";
import { checkTemplate, type Template, type TemplateField } from "../template/check-template.js";
import type { TemplateProgram } from "../template/template-program.js";
import type { ActionProgram, DerivedFact, RuleProgram } from "./rule-program.js";
import type { Names } from "./scope.js";
import { createSensitivity } from "./sensitivity.js";

/** A template as the pack holds it. */
export interface TemplateDefinition {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly spot: Spot;
}

interface Use {
  readonly rule: RuleProgram;
  readonly action: ActionProgram;
}

const sensitivities: readonly Sensitivity[] = ["public", "internal", "personal", "restricted"];
const locales: readonly string[] = ["zh-CN", "en"];

/** Facts of every template, whoever uses it. */
const always: Readonly<Record<string, TemplateField>> = {
  asOf: { type: "date", sensitivity: "public" },
  occurrence: { type: "text", maxLength: 80, sensitivity: "public" },
};

/** Everything that checking templates needs to know of the pack. */
export interface TemplateSetting {
  readonly names: Names;
  readonly rules: readonly RuleProgram[];
  readonly facts: readonly DerivedFact[];
  readonly model: Catalogue;
  readonly locale: Lang;
  /** Where a rule's action stands, for findings about it. */
  readonly spotOf: (action: ActionProgram) => Spot | undefined;
  /** Whether a template that nobody uses is a fault here: not where an overlay switched its rule off. */
  readonly isOwn: (spot: Spot) => boolean;
}

/** Checks all templates against the rules that use them. */
export function lowerTemplates(definitions: ReadonlyMap<string, TemplateDefinition>, setting: TemplateSetting): ReadonlyMap<string, TemplateProgram> {
  const uses = new Map<string, Use[]>();
  for (const rule of setting.rules) for (const action of rule.actions) checkUse({ rule, action }, definitions, setting, uses);
  const asking = new Map<string, RuleProgram[]>();
  for (const rule of setting.rules) {
    const task = rule.policy.unknownConsentTask;
    if (task === undefined) continue;
    const found = definitions.get(task);
    if (found && isObject(found.json["task"])) asking.set(task, [...(asking.get(task) ?? []), rule]);
    else setting.spotOf({ origin: rule.origin } as ActionProgram)?.at("consent", "unknown", "task").report("UNKNOWN_REFERENCE", { name: task, suggestion: closest(task, definitions.keys()) ?? "" });
  }
  const out = new Map<string, TemplateProgram>();
  for (const [id, definition] of definitions) {
    const own = uses.get(id) ?? [];
    const rules = [...new Set([...own.map((use) => use.rule), ...(asking.get(id) ?? [])])];
    if (rules.length === 0 && setting.isOwn(definition.spot)) definition.spot.at("id").report("TEMPLATE_UNUSED", { name: id });
    const program = lowerTemplate(definition, rules, setting);
    if (program) out.set(id, program);
  }
  return out;
}

function checkUse(use: Use, definitions: ReadonlyMap<string, TemplateDefinition>, setting: TemplateSetting, uses: Map<string, Use[]>): void {
  const { action } = use;
  const definition = definitions.get(action.template);
  const spot = setting.spotOf(action);
  if (!definition || !isObject(definition.json[action.type])) {
    const names = [...definitions.values()].filter((one) => isObject(one.json[action.type])).map((one) => one.id);
    spot?.at(action.type).report("UNKNOWN_REFERENCE", { name: action.template, suggestion: closest(action.template, names) ?? "" });
    return;
  }
  uses.set(action.template, [...(uses.get(action.template) ?? []), use]);
  const own = definition.json["class"] as MessageClass | undefined;
  if (own !== undefined && messageClasses.indexOf(own) > messageClasses.indexOf(action.class)) spot?.report("CLASS_CONFLICT", { found: action.class, expected: own, name: action.template });
  if (action.type === "task" || !Array.isArray(action.via)) return;
  const variants = definition.json["message"] as Readonly<Record<string, unknown>>;
  const channels = setting.names.environment.channels;
  const via = action.via as readonly string[];
  via.forEach((channel, i) => {
    if (!channels.has(channel) && !Object.hasOwn(variants, channel)) spot?.at("via", i).report("CHANNEL_UNKNOWN", { name: channel, suggestion: closest(channel, channels.keys()) ?? "", allowed: [...channels.keys()].join(", ") });
  });
  if (!via.some((channel) => Object.hasOwn(variants, channel))) spot?.at("via").report("TEMPLATE_PART_MISSING", { name: via.join(" | "), other: action.template });
}

function lowerTemplate(definition: TemplateDefinition, rules: readonly RuleProgram[], setting: TemplateSetting): TemplateProgram | undefined {
  const { id, json, spot } = definition;
  const [message, task] = [json["message"], json["task"]];
  if ((message === undefined) === (task === undefined)) {
    spot.report(message === undefined ? "KEY_MISSING" : "AMBIGUOUS_GROUP", { name: message === undefined ? "message" : "message, task" });
    return undefined;
  }
  const type = task === undefined ? "message" : "task";
  // The shape of the file was checked: what is no object was reported there.
  if (!isObject(json[type])) return undefined;
  const byChannel = (type === "task" ? { task } : message) as Readonly<Record<string, unknown>>;
  const variants = new Map<string, Map<string, Map<string, Template>>>();
  const hash: string[] = [];
  for (const [channel, byLocale] of Object.entries(byChannel)) {
    const at = type === "task" ? spot.at("task") : spot.at("message", channel);
    const capabilities = setting.names.environment.channels.get(channel);
    if (type === "message" && !capabilities && setting.names.environment.channels.size > 0 && !isObject(byLocale)) at.reportKey("CHANNEL_UNKNOWN", { name: channel });
    if (!isObject(byLocale)) continue;
    if (!Object.hasOwn(byLocale, setting.locale)) at.report("LOCALE_MISSING", { name: id, expected: setting.locale });
    const inLocales = new Map<string, Map<string, Template>>();
    for (const [locale, parts] of Object.entries(byLocale)) {
      if (!locales.includes(locale)) {
        at.at(locale).reportKey("UNKNOWN_KEY", { name: locale, suggestion: closest(locale, locales) ?? "", allowed: locales.join(", ") });
        continue;
      }
      if (isObject(parts)) inLocales.set(locale, lowerParts(parts, at.at(locale), { type, channel, capabilities, rules, setting, id }, hash));
    }
    variants.set(channel, inLocales);
  }
  const own = json["class"] as MessageClass | undefined;
  return { id, type, variants, version: sha256Hex(hash.sort().join("\n")), ...(own === undefined ? {} : { class: own }) };
}

interface PartSetting {
  readonly type: "message" | "task";
  readonly channel: string;
  readonly capabilities: Channel | undefined;
  readonly rules: readonly RuleProgram[];
  readonly setting: TemplateSetting;
  readonly id: string;
}

function lowerParts(parts: Readonly<Record<string, unknown>>, spot: Spot, part: PartSetting, hash: string[]): Map<string, Template> {
  const known = part.type === "task" ? ["title", "brief"] : (part.capabilities?.capabilities.parts ?? Object.keys(parts));
  const out = new Map<string, Template>();
  if (known[0] !== undefined && !Object.hasOwn(parts, known[0])) spot.report("TEMPLATE_PART_MISSING", { name: known[0], other: part.id });
  for (const [name, source] of Object.entries(parts)) {
    const at = spot.at(name);
    if (!known.includes(name)) {
      at.reportKey("UNKNOWN_KEY", { name, suggestion: closest(name, known) ?? "", allowed: known.join(", ") });
      continue;
    }
    if (typeof source !== "string") {
      at.report("TEMPLATE_NOT_STRING", { name, found: jsonType(source) });
      continue;
    }
    hash.push(`${part.channel}\t${name}\t${source}`);
    const template = checkTemplate(source, {
      findings: at.findings,
      place: at.document.place(at.pointer),
      resolve: (field) => resolveForAll(field, part.rules, part.setting),
      names: () => namesForAll(part.rules, part.setting),
      ...escapeOf(part, name),
    });
    if (!template) continue;
    checkLimits(template, at, name, part);
    out.set(name, template);
  }
  return out;
}

/** How the channel will escape the part; tasks are plain text. */
function escapeOf(part: PartSetting, name: string): { readonly escape?: "plain" | "line" | "html" } {
  if (part.type === "task") return { escape: "plain" };
  const escape = part.capabilities?.capabilities.escape[name];
  return escape === undefined ? {} : { escape };
}

function checkLimits(template: Template, spot: Spot, name: string, part: PartSetting): void {
  if (part.type === "task") return;
  const limit = part.capabilities?.capabilities;
  const highest = sensitivities.indexOf(limit?.sensitivity ?? "personal");
  for (const field of template.fields) {
    if (sensitivities.indexOf(field.sensitivity) > highest) spot.report("SENSITIVE_FIELD", { name: field.name, found: field.sensitivity, other: part.channel });
  }
  const most = limit?.maxCharacters ?? null;
  if (most !== null && name === limit?.parts[0] && template.maxCharacters !== null && template.maxCharacters > most) spot.report("SMS_TOO_LONG", { found: template.maxCharacters, limit: most });
}

/** A field that every rule with this template can fill; the strictest reading of several. */
function resolveForAll(name: string, rules: readonly RuleProgram[], setting: TemplateSetting): TemplateField | undefined {
  if (rules.length === 0) return resolveIn(name, undefined, setting);
  let found: TemplateField | undefined;
  for (const rule of rules) {
    const field = resolveIn(name, rule, setting);
    if (!field) return undefined;
    if (!found || sensitivities.indexOf(field.sensitivity) > sensitivities.indexOf(found.sensitivity)) found = field;
  }
  return found;
}

function resolveIn(name: string, rule: RuleProgram | undefined, setting: TemplateSetting): TemplateField | undefined {
  if (Object.hasOwn(always, name)) return always[name];
  const dot = name.indexOf(".");
  const head = dot < 0 ? name : name.slice(0, dot);
  const rest = dot < 0 ? "" : name.slice(dot + 1);
  if (head === "param") return parameterField(rest, setting.names);
  if (head === "product") return itemField(rule?.policy.product?.range.collection, rest);
  if (rule?.each && head === rule.each.as) {
    const node = rule.itemFacts?.get(rest);
    if (!node) return itemField(rule.each.collection, rest);
    const sensitivity = createSensitivity(setting.model, setting.facts)(node, [rule.each.collection]);
    return { type: node.type === "any" ? "text" : node.type, sensitivity, ...("scale" in node && node.scale !== undefined ? { scale: node.scale } : {}) };
  }
  const fact = setting.facts.find((one) => one.id === name);
  if (fact) {
    const sensitivity = createSensitivity(setting.model, setting.facts)(fact.node);
    return { type: fact.type, sensitivity, ...(fact.scale === undefined ? {} : { scale: fact.scale }) };
  }
  const field = setting.model.fields.get(name);
  if (field) return templateField(field);
  const collection = setting.model.collections.get(name);
  if (!collection) return undefined;
  return { type: "items", sensitivity: "internal", itemFields: (inner) => itemField(collection, inner) };
}

function parameterField(name: string, names: Names): TemplateField | undefined {
  const parameter = names.parameters.get(name);
  if (!parameter) return undefined;
  names.used.parameters.add(name);
  const { value } = parameter;
  const type = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : typeof value === "string" ? "text" : "list";
  return { type, sensitivity: "public", ...(typeof value === "string" ? { maxLength: value.length } : {}) };
}

function itemField(collection: Collection | undefined, name: string): TemplateField | undefined {
  const field = collection?.fields.get(name);
  return field && templateField(field);
}

function templateField(field: Field): TemplateField {
  const maxLength = field.maxLength ?? (field.enum ? Math.max(...field.enum.map((value) => String(value).length)) : undefined);
  return {
    type: field.type,
    sensitivity: field.sensitivity,
    ...(field.scale === undefined ? {} : { scale: field.scale }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(field.minimum === undefined ? {} : { minimum: field.minimum }),
    ...(field.maximum === undefined ? {} : { maximum: field.maximum }),
  };
}

function namesForAll(rules: readonly RuleProgram[], setting: TemplateSetting): string[] {
  const items = rules.flatMap((rule) => [
    ...(rule.each ? [...rule.each.collection.fields.keys(), ...(rule.itemFacts?.keys() ?? [])].map((field) => `${rule.each?.as ?? ""}.${field}`) : []),
    ...(rule.policy.product ? [...rule.policy.product.range.collection.fields.keys()].map((field) => `product.${field}`) : []),
  ]);
  return [...new Set([...setting.model.fields.keys(), ...setting.facts.map((fact) => fact.id), ...items, ...Object.keys(always), ...[...setting.names.parameters.keys()].map((name) => `param.${name}`)])];
}
