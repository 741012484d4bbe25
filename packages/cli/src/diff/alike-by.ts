import type { Program, RuleProgram } from "@evertend/core";
import { templatesOf } from "./changed-parts.js";

/**
 * What makes the decisions of two customers, whose matches are the same, come to the same numbers of messages and tasks
 * where neither has contacts, consents or a state of before. Names of fields and collections.
 */
export interface AlikeBy {
  /** Fields whose value counts. */
  readonly values: ReadonlySet<string>;
  /** Fields of which it only counts whether there is a value: numbers and dates that words show. */
  readonly present: ReadonlySet<string>;
  /** Fields of which it only counts whether they hold a text: people who get tasks. */
  readonly filled: ReadonlySet<string>;
  /** Collections whose items count. */
  readonly lists: ReadonlySet<string>;
  /** Collections that keep their customer apart when they hold anything: contacts and consents, where policy asks for them. */
  readonly apart: readonly string[];
}

const apartRoles: readonly string[] = ["contacts", "consents"];
const block = /\{\{~?\s*(?:[#^]|else\b)/;
/** A text without loops stays far below what templates may put out. */
const shortSource = 5000;

/**
 * Finds out by what customers are alike; `undefined` where their numbers hang on the customer's id (control groups, caps
 * that are spent in an order drawn by it) or on what the model does not tell.
 */
export function alikeBy(program: Program): AlikeBy | undefined {
  const { model, policy, rules } = program;
  if (policy.caps.length > 0 || rules.some((rule) => rule.policy.holdout !== undefined)) return undefined;
  const roles = apartRoles.filter((role) => asksFor(role, program)).flatMap((role) => model.roles.get(role) ?? []);
  if (roles.some((name) => !model.collections.has(name))) return undefined;
  const inputs = new Inputs(program);
  inputs.node(policy);
  for (const rule of policy.suitability.values()) for (const name of [...rule.customerRatings, rule.assessedOn, rule.birthDate, rule.productRisk]) inputs.name(name, undefined);
  // A customer's tasks are joined by role and person: who the person is makes no more of them and no fewer.
  const people = new Set(["rm", ...rules.flatMap((rule) => rule.actions.map(({ role }) => role))]);
  for (const [role, name] of model.roles) {
    if (people.has(role) && model.fields.get(name)?.type === "text") inputs.filled.add(name);
    else if (!apartRoles.includes(role) && role !== "changedAt") inputs.name(name, undefined);
  }
  for (const rule of rules) {
    inputs.node([rule.actions, rule.policy, rule.each]);
    for (const id of templatesOf(rule)) inputs.template(id, rule);
  }
  return inputs.isKnown ? { values: inputs.values, present: inputs.present, filled: inputs.filled, lists: inputs.lists, apart: roles } : undefined;
}

/** Whether policy looks at a customer's consents, or at the contacts of the record. */
function asksFor(role: string, { policy, rules }: Program): boolean {
  if (role === "contacts") return rules.some((rule) => rule.policy.cooldown !== undefined || rule.actions.some(({ unless }) => unless === "answered"));
  return rules.some((rule) => rule.actions.some((action) => policy.consent[action.class].rule !== "none"));
}

class Inputs {
  readonly values = new Set<string>();
  readonly present = new Set<string>();
  readonly filled = new Set<string>();
  readonly lists = new Set<string>();
  isKnown = true;
  readonly #seen = new Set<object>();
  readonly #bySlot: ReadonlyMap<number, string>;

  constructor(readonly program: Program) {
    this.#bySlot = new Map([...program.model.fields.values()].map(({ slot, name }) => [slot, name] as const));
  }

  /** Fields of the record and collections that a part of the program reads, through facts and levels. */
  node(part: unknown): void {
    if (typeof part !== "object" || part === null || this.#seen.has(part)) return;
    this.#seen.add(part);
    const one = part as Readonly<Record<string, unknown>>;
    if (one["op"] === "field" && one["level"] === -1) this.#value(this.#bySlot.get(one["slot"] as number));
    if (one["op"] === "raw") this.isKnown = false;
    if (one["op"] === "fact") this.node(this.program.facts[one["fact"] as number]?.node);
    if (one["op"] === "level") this.node(this.program.levels[one["state"] as number]);
    if ("collection" in one && "as" in one) {
      const collection = one["collection"] as { readonly name: string; readonly scope: string };
      if (collection.scope === "record") this.lists.add(collection.name);
      return;
    }
    if (part instanceof Map) for (const value of part.values()) this.node(value);
    else for (const [key, value] of Object.entries(one)) if (key !== "calendar" && key !== "origin" && key !== "label") this.node(value);
  }

  /** What a template reads for a rule. */
  template(id: string, rule: RuleProgram): void {
    const template = this.program.templates.get(id);
    for (const locales of template?.variants.values() ?? []) {
      for (const parts of locales.values()) {
        for (const { reads, source } of parts.values()) {
          const shown = template?.type === "task" && !block.test(source) && source.length < shortSource;
          for (const name of reads) this.name(name, rule, shown);
        }
      }
    }
  }

  /** A name as templates and roles write it. `shown`: words show its value and nothing else hangs on it. */
  name(name: string, rule: RuleProgram | undefined, shown = false): void {
    const { model, facts } = this.program;
    const [head = "", ...rest] = name.split(".");
    if (name === "asOf" || name === "occurrence" || head === "param") return;
    if (head === "product") return this.node(rule?.policy.product);
    if (rule?.each && head === rule.each.as) return this.node([rule.each, rule.itemFacts?.get(rest.join("."))]);
    const fact = facts.find(({ id }) => id === name);
    if (fact) return this.node(fact.node);
    const field = model.fields.get(name);
    if (field) {
      if (shown && (field.type === "number" || field.type === "date")) this.present.add(name);
      else this.#value(name);
      return;
    }
    const collection = [...model.collections.keys()].find((own) => name === own || name.startsWith(`${own}.`));
    if (collection === undefined) this.isKnown = false;
    else this.lists.add(collection);
  }

  #value(name: string | undefined): void {
    // Two customers are never the same by their id; its value decides nothing but keys and draws.
    if (name === undefined) this.isKnown = false;
    else if (name !== this.program.model.idField) this.values.add(name);
  }
}
