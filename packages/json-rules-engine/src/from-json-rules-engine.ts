import { isObject, loadPack, type Diagnostic, type Environment, type Lang } from "@evertend/core";
import { convertCondition, type Converted } from "./convert-condition.js";
import { differences, type Difference, type DifferenceCode } from "./difference.js";
import { UsedFacts } from "./infer-model.js";

/** How rules are taken over. */
export interface FromJsonRulesEngineOptions {
  /** Id of the pack; `imported` where absent. */
  readonly id?: string;
  /** IANA zone of the bank; `Asia/Shanghai` where absent. */
  readonly zone?: string;
  /** The model of the pack; absent = one is proposed from how facts are used. */
  readonly model?: object;
  /** Named conditions, as `engine.setCondition` takes them. */
  readonly conditions?: Readonly<Record<string, unknown>>;
  /**
   * What follows from an event, by its type: the task or message (with `via`) of a rule's `then`, whose template is in
   * `templates`. Absent = a task of its own for each type of event, with its name as title.
   */
  readonly actions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Templates that `actions` name, as a pack writes them. */
  readonly templates?: readonly object[];
  /** Operators and kinds of the host. */
  readonly environment?: Environment;
  readonly lang?: Lang;
}

/** A pack made of rules of json-rules-engine. */
export interface ImportedRules {
  /** Files of the pack: one `pack.json`. */
  readonly files: Readonly<Record<string, string>>;
  /** Where a rule differs or was left out, in the order of the rules. */
  readonly differences: readonly Difference[];
  /** What core says of the pack; without errors, it can be run. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Takes rules of json-rules-engine over into a pack: each rule with its condition, each type of event as a task. What
 * means something else here is reported; what cannot be said, or would execute code through `path`, is left out and
 * reported.
 *
 * @param rules a list of rules as JSON, or rules of an engine
 * @example
 * ```ts
 * const { files, differences } = fromJsonRulesEngine(JSON.parse(text));
 * const { program } = loadPack(files);
 * ```
 */
export function fromJsonRulesEngine(rules: unknown, options: FromJsonRulesEngineOptions = {}): ImportedRules {
  const found: Difference[] = [];
  const used = new UsedFacts();
  const ids = new Set<string>();
  const known = isObject(options.conditions) ? options.conditions : {};
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [i, name] of Object.keys(known).sort().entries()) names.set(name, unique(slug(name) || `condition-${i + 1}`, taken));
  const made: Record<string, unknown>[] = [];
  const tasks = new Map<string, string>();
  const list = Array.isArray(rules) ? rules : [rules];

  const convert = (condition: unknown, pointer: string, rule: string): Converted => convertCondition(condition, pointer, { used, conditions: names, operators: options.environment?.operators ?? new Map<string, unknown>(), note: (code, at) => void note(code, rule, at) });
  const note = (code: DifferenceCode, rule: string, pointer: string): void => {
    const { refused, text } = differences[code];
    if (!found.some((one) => one.code === code && one.rule === rule && one.pointer === pointer)) found.push({ code, rule, pointer, refused, text });
  };

  const conditions = convertNamed();
  list.forEach((rule: unknown, i) => {
    const pointer = `/${i}`;
    if (!isObject(rule) || !isObject(rule["conditions"]) || !isObject(rule["event"]) || typeof rule["event"]["type"] !== "string") {
      note("NOT_A_RULE", `rule-${i + 1}`, pointer);
      return;
    }
    const id = unique(slug(typeof rule["name"] === "string" && rule["name"] !== "" ? rule["name"] : rule["event"]["type"]) || `rule-${i + 1}`, ids);
    for (const key of ["onSuccess", "onFailure"]) if (typeof rule[key] === "function") note("HANDLER_DROPPED", id, `${pointer}/${key}`);
    if (rule["priority"] !== undefined) note("PRIORITY_DROPPED", id, `${pointer}/priority`);
    if (isObject(rule["event"]["params"]) && Object.keys(rule["event"]["params"]).length > 0) note("EVENT_PARAMS_DROPPED", id, `${pointer}/event/params`);
    const back = used.snapshot();
    const when = convert(rule["conditions"], `${pointer}/conditions`, id);
    if (when === "refused") {
      back();
      return;
    }
    note("FIRES_ONCE", id, pointer);
    const { type } = rule["event"];
    const action = options.actions && Object.hasOwn(options.actions, type) ? options.actions[type] : undefined;
    const task = slug(type) || "event";
    if (!action) tasks.set(task, type);
    made.push({ id, title: plain(type), ...(when === "true" ? {} : { when }), repeat: "episode", then: [action ?? { task }] });
  });
  const pack = {
    pack: { id: slug(options.id ?? "imported") || "imported", version: "1.0.0", locale: "en" },
    model: options.model ?? used.model(slug(options.id ?? "imported") || "imported", options.zone ?? "Asia/Shanghai"),
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
    rules: made,
    templates: [...(options.templates ?? []), ...[...tasks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, type]) => ({ id, task: { "zh-CN": { title: plain(type), brief: plain(type) }, en: { title: plain(type), brief: plain(type) } } }))],
  };
  const files = { "pack.json": `${JSON.stringify(pack, undefined, 2)}\n` };
  const { diagnostics } = loadPack(files, { ...(options.environment ? { environment: options.environment } : {}), ...(options.lang ? { lang: options.lang } : {}) });
  return { files, differences: found, diagnostics };

  /** Whoever needs a condition that cannot be taken over cannot be taken over either: repeated until none is left. */
  function convertNamed(): Readonly<Record<string, unknown>> {
    for (;;) {
      const back = used.snapshot();
      const left = names.size;
      const converted: Record<string, unknown> = {};
      for (const [name, id] of [...names]) {
        const result = convert(known[name], `/conditions/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, id);
        if (result === "refused") names.delete(name);
        else converted[id] = result === "true" ? { not: { fact: "customerId", operator: "isMissing" } } : result;
      }
      if (names.size === left) return converted;
      back();
    }
  }
}

/** A name as id: letters, digits and hyphens, beginning with a letter. */
function slug(name: string): string {
  const text = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60);
  return /^[a-z]/.test(text) || text === "" ? text : `rule-${text}`;
}

function unique(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}-${i}`;
  taken.add(id);
  return id;
}

/** A type of event as words of a template, in which braces would be code. */
function plain(type: string): string {
  return type.replaceAll(/[{}\\\p{C}]/gu, " ").slice(0, 60).trim() || "event";
}
