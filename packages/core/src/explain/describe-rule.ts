import { childrenOf } from "../evaluate/node-test.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { DerivedFact, RuleProgram } from "../lower/rule-program.js";
import type { MessageClass } from "../decision/message-class.js";
import type { Bilingual } from "../ports/report-data.js";
import { fillText, inBothLanguages, joinTexts, sameText } from "./in-both-languages.js";
import { partOf, partsOf, type Part } from "./read-window.js";
import { classTexts, sayPolicyClause } from "./say-policy-clause.js";
import { dayLookedUp, isAlways, Sayings } from "./sayings.js";

/** A condition in words, with what a named one consists of. */
export interface SaidCondition {
  readonly text: Bilingual;
  readonly of: readonly SaidCondition[];
}

/** An action of a rule in words. */
export interface SaidAction {
  readonly id: string;
  readonly type: "message" | "task";
  readonly template: string;
  readonly class: MessageClass;
  readonly classText: Bilingual;
  /** Channels in order of preference, or the fact that holds them; empty for tasks. */
  readonly via: Bilingual;
  /** Role of whoever has the task. */
  readonly role: string;
  /** When it is asked for, beyond the rule's conditions; when it is left out; the last day on which it is of use. */
  readonly guard?: Bilingual;
  readonly unless?: Bilingual;
  readonly expires?: Bilingual;
  readonly dueDays?: number;
}

/** A rule as its program has it, in words, without any record. */
export interface RuleDescription {
  readonly id: string;
  readonly title: Bilingual;
  /** What it speaks of where not of the customer: each item of a collection. */
  readonly each?: Bilingual;
  /** All of these hold; empty = always. */
  readonly conditions: readonly SaidCondition[];
  /** Derived facts that it reads, directly or through others, and what they are. */
  readonly terms: readonly { readonly name: string; readonly label: Bilingual; readonly text: Bilingual }[];
  /** How often it speaks. */
  readonly occurrence: Bilingual;
  readonly actions: readonly SaidAction[];
  /** Names of parameters that it reads, sorted; those of settings that are read at load are not among them. */
  readonly parameters: readonly string[];
  /** Clauses of the policy that its actions go through, by their ids as decisions carry them. */
  readonly gates: readonly { readonly clause: string; readonly text: Bilingual }[];
}

/** Says what a plain rule is: for a page that somebody signs, not for one customer. */
export function describeRule(program: Program, rule: RuleProgram): RuleDescription {
  const sayings = new Sayings(program, rule, true);
  const { facts, parameters } = gather(program, rule);
  return {
    id: rule.id,
    title: rule.title,
    ...(rule.each ? { each: sayings.collection(rule.each) } : {}),
    conditions: isAlways(rule.when) ? [] : sayConditions(sayings, rule.when),
    terms: facts.map((fact) => ({ name: fact.id, label: fact.label, text: sayFact(program, sayings, fact) })),
    occurrence: sayOccurrence(sayings, rule),
    actions: rule.actions.map((action): SaidAction => ({
      id: action.id, type: action.type, template: action.template, class: action.class, classText: classTexts[action.class],
      via: Array.isArray(action.via) ? joinTexts(action.via.map((channel: string) => program.environment.channels.get(channel)?.label ?? sameText(channel)), "list") : sayings.value(action.via as ValueNode),
      role: action.role,
      ...(action.guard ? { guard: sayings.truth(action.guard) } : {}),
      ...(action.unless === undefined ? {} : { unless: action.unless === "answered" ? { "zh-CN": "客户已答复", en: "the customer has answered" } : sayings.truth(action.unless) }),
      ...(action.expires ? { expires: sayings.value(action.expires) } : {}),
      ...(action.dueDays === undefined ? {} : { dueDays: action.dueDays }),
    })),
    parameters,
    gates: gatesOf(program, rule),
  };
}

function sayConditions(sayings: Sayings, node: TruthNode): readonly SaidCondition[] {
  const parts: readonly Part[] = node.op === "and" ? partsOf(node.items) : [partOf(node)];
  return parts.map((part) => ({ text: sayings.part(part), of: part.kind === "node" && part.node.op === "named" ? sayConditions(sayings, part.node.item) : [] }));
}

function sayOccurrence(sayings: Sayings, { occurrence, each }: RuleProgram): Bilingual {
  const whom = each ? fillText({ "zh-CN": "每项{c}", en: "for each of {c}" }, { c: sayings.collection(each) }) : { "zh-CN": "每位客户", en: "for each customer" };
  const how = occurrence === "episode" ? { "zh-CN": "条件每次由不成立变为成立时一次", en: "once each time the conditions begin to hold" }
    : occurrence.op === "const" ? { "zh-CN": "只一次", en: "once" }
      : occurrence.op === "period" ? { month: { "zh-CN": "每月一次", en: "once a month" }, quarter: { "zh-CN": "每季度一次", en: "once a quarter" }, year: { "zh-CN": "每年一次", en: "once a year" } }[occurrence.unit]
        : eachOf(sayings, occurrence);
  return inBothLanguages((lang) => (lang === "zh-CN" ? `${whom[lang]}${how[lang]}` : `${whom[lang]}, ${how[lang]}`));
}

function eachOf(sayings: Sayings, occurrence: ValueNode): Bilingual {
  const parts = partsNamed(sayings, occurrence);
  if (parts.length === 0) return { "zh-CN": "每次到期一次", en: "once each time it is due" };
  return fillText({ "zh-CN": "对下列每一个各一次：{v}", en: "once for each value of: {v}" }, { v: joinTexts(parts.map((part) => sayings.value(part)), "list") });
}

/** The parts of an occurrence that mean something to people: signs between them, and numbers of steps, do not. */
function partsNamed(sayings: Sayings, node: ValueNode): readonly ValueNode[] {
  if (node.op === "join") return node.parts.flatMap((part) => partsNamed(sayings, part));
  return node.op === "const" || (node.op === "choose" && !sayings.nameOf(node)) ? [] : [node];
}

/** What a derived fact is. Its own name is what it is called by, so it is said from its parts. */
function sayFact(program: Program, sayings: Sayings, { node }: DerivedFact): Bilingual {
  if (node.op === "level") {
    const levels = program.levels[node.state]?.levels ?? [];
    return joinTexts(levels.map(({ name, from }) => (from ? fillText({ "zh-CN": "{n}：从 {f} 起", en: "{n}: from {f}" }, { n: sameText(name), f: sayings.value(from) }) : fillText({ "zh-CN": "其余为{n}", en: "else {n}" }, { n: sameText(name) }))), "clauses");
  }
  if (node.op !== "choose") return sayings.value({ ...node });
  const [first] = node.rows;
  if (first && node.rows.length === 1 && first.value.op === "const" && first.value.value === true) return sayings.truth(first.when);
  return dayLookedUp(node) ? sayings.value({ ...node }) : sayings.choice(node);
}

/** Derived facts and parameters that a rule reads, through facts and levels too. */
function gather(program: Program, rule: RuleProgram): { readonly facts: readonly DerivedFact[]; readonly parameters: readonly string[] } {
  const byNode = new Map(program.facts.map((fact) => [fact.node, fact] as const));
  const byId = new Map(program.facts.map((fact) => [fact.id, fact] as const));
  const facts = new Set<DerivedFact>();
  const parameters = new Set<string>();
  const seen = new Set<unknown>();
  const walk = (node: TruthNode | ValueNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.op === "const" && node.param !== undefined) parameters.add(node.param);
    const fact = byNode.get(node as ValueNode) ?? (node.op === "fact" || node.op === "level" ? byId.get(node.name) : undefined);
    if (fact) facts.add(fact);
    if (fact && fact.node !== node) walk(fact.node);
    if (node.op === "level") {
      const level = program.levels[node.state];
      for (const one of level ? [level.measure, ...level.levels.flatMap(({ from, keepFrom }) => [from, keepFrom])] : []) if (one) walk(one);
    }
    for (const child of childrenOf(node)) walk(child);
  };
  walk(rule.when);
  if (rule.occurrence !== "episode") walk(rule.occurrence);
  for (const { guard, unless, expires, via, template } of rule.actions) {
    for (const node of [guard, unless === "answered" ? undefined : unless, expires, Array.isArray(via) ? undefined : (via as ValueNode)]) if (node) walk(node);
    for (const locales of program.templates.get(template)?.variants.values() ?? []) for (const parts of locales.values()) for (const { reads } of parts.values()) for (const name of reads) if (name.startsWith("param.")) parameters.add(name.slice(6));
  }
  return { facts: [...facts], parameters: [...parameters].sort() };
}

/** The clauses that the actions of a rule go through, in the order in which policy asks them. */
function gatesOf(program: Program, rule: RuleProgram): RuleDescription["gates"] {
  const { policy } = program;
  const classes = [...new Set(rule.actions.map((action) => action.class))];
  const touches = (list: readonly MessageClass[]): boolean => list.some((one) => classes.includes(one));
  const consents = classes.flatMap((one) => {
    const { rule: asked, purpose } = policy.consent[one];
    return asked === "none" && rule.policy.purpose === undefined ? [] : [{ purpose: rule.policy.purpose ?? purpose, optOut: asked === "opt-out" && rule.policy.purpose === undefined }];
  });
  const said = (clause: string): { readonly clause: string; readonly text: Bilingual } => ({ clause, text: sayPolicyClause(program, rule, clause) });
  const gates = [
    ...(touches(policy.doNotContact) ? [said("doNotContact")] : []),
    ...policy.pauses.filter(({ stops }) => touches(stops)).map(({ id }) => said(`pauses/${id}`)),
    ...consents.map(({ purpose, optOut }) => (optOut ? { clause: `consent/${purpose}`, text: fillText({ "zh-CN": "“{p}”用途未被拒绝", en: "\"{p}\" was not refused" }, { p: sameText(purpose) }) } : said(`consent/${purpose}`))),
    ...(rule.policy.suitability === undefined ? [] : [said(`suitability/${rule.policy.suitability}`)]),
    ...policy.quietHours.filter((hours) => touches(hours.classes)).map(({ id }) => said(`quietHours/${id}`)),
    ...policy.windows.filter(({ channels }) => rule.actions.some((action) => reaches(action.type, action.via, channels))).map(({ id, when, channels }) => ({
      clause: `windows/${id}`,
      text: fillText({ "zh-CN": "{c}：{w}时，{h}", en: "{c}, where {w}: {h}" }, { c: sameText(channels.join(", ")), w: new Sayings(program, undefined).truth(when), h: sayPolicyClause(program, rule, `windows/${id}`) }),
    })),
    ...(rule.policy.holdout === undefined ? [] : [said("holdout")]),
    ...(rule.policy.cooldown === undefined ? [] : [said("cooldown")]),
    ...policy.caps.filter((cap) => touches(cap.classes) && (cap.rules === null || cap.rules.some((id) => rule.id === id || rule.id.startsWith(`${id}/`)))).map(({ id }) => said(`caps/${id}`)),
  ];
  return gates.filter(({ clause }, i) => gates.findIndex((one) => one.clause === clause) === i);
}

function reaches(type: "message" | "task", via: readonly string[] | ValueNode, channels: readonly string[]): boolean {
  if (type === "task") return channels.includes("phone");
  return !Array.isArray(via) || via.some((channel: string) => channels.includes(channel));
}
