import type { Channel } from "../channel/channel.js";
import type { Value, Truth } from "../evaluate/value.js";
import type { FactType } from "../model/catalogue.js";
import type { Bilingual } from "../ports/report-data.js";
import type { Kind } from "./kind.js";

/**
 * How code of a plugin is said in SQL, for back-ends that ask a database. It gets the dialect (`duckdb`, `postgres`,
 * `spark`, or a host's own) and its arguments as SQL: texts, doubles, booleans, and dates as whole days since 1970-01-01.
 * It returns one expression, or `undefined` where it knows none for that dialect. It must answer exactly as `evaluate`
 * does; NULL is unknown. What it returns stands in the statement as it is.
 *
 * @example
 * ```ts
 * sql: (_dialect, [fact, value]) => `STARTS_WITH(${fact}, ${value})`
 * ```
 */
export type SqlSpelling = (dialect: string, parts: readonly string[]) => string | undefined;

/** An operator beyond the built-in ones. `evaluate` never sees unknown or none: with a missing side the answer is unknown. */
export interface Operator {
  readonly id: string;
  readonly label: Bilingual;
  readonly factTypes: readonly FactType[];
  readonly valueTypes: readonly FactType[];
  evaluate(fact: Exclude<Value, null | undefined>, value: Exclude<Value, null | undefined>): Truth;
  /** SQL of a boolean; without it a pack that uses the operator cannot run in a database. It is not asked for NULL. */
  readonly sql?: SqlSpelling;
}

/**
 * A fact computed by code from other facts; `undefined` = unknown, `null` = none. Rules, derived facts and templates read
 * it by its id, like a field. It must be pure: the same values give the same value, for as long as they hold. Dates are
 * whole days since 1970-01-01. Where it throws, or gives what is not of its type, the rules that read it fail, alone.
 *
 * @example
 * ```ts
 * defineFact({
 *   id: "netWorth", type: "number", label: { "zh-CN": "净资产", en: "net worth" }, reads: ["assets.total", "debt"],
 *   evaluate: ([assets, debt]) => (typeof assets === "number" && typeof debt === "number" ? assets - debt : undefined),
 *   sql: (_dialect, [assets, debt]) => `(${assets} - ${debt})`,
 * })
 * ```
 */
export interface PluginFact {
  readonly id: string;
  readonly type: FactType;
  readonly label: Bilingual;
  readonly reads: readonly string[];
  evaluate(values: readonly Value[]): Value;
  /** SQL of the value; arguments that are unknown or none are NULL in it. */
  readonly sql?: SqlSpelling;
}

/** What a plugin brings. */
export interface Plugin {
  readonly name: string;
  readonly kinds?: readonly Kind[];
  readonly operators?: readonly Operator[];
  readonly facts?: readonly PluginFact[];
  readonly channels?: readonly Channel[];
}

/** All plugins of a host, frozen; equal ids are refused. */
export interface Environment {
  readonly plugins: readonly string[];
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly operators: ReadonlyMap<string, Operator>;
  readonly facts: ReadonlyMap<string, PluginFact>;
  readonly channels: ReadonlyMap<string, Channel>;
}

/** Declares a plugin. */
export function definePlugin(plugin: Plugin): Plugin {
  return Object.freeze({ ...plugin });
}

/** Declares an operator. */
export function defineOperator(operator: Operator): Operator {
  return Object.freeze({ ...operator });
}

/** Declares a fact computed by code. */
export function defineFact(fact: PluginFact): PluginFact {
  return Object.freeze({ ...fact });
}

/** Declares a channel; throws where it is not of contract 1. */
export function defineChannel(channel: Channel): Channel {
  if (channel.contract !== 1) throw new Error(`channel "${channel.id}" must say contract: 1`);
  return Object.freeze(channel);
}

/**
 * Puts plugins together. Throws when two of them bring the same id: which one wins must never depend on order.
 *
 * @example
 * ```ts
 * const environment = createEnvironment([bankingPlugin, definePlugin({ name: "sms", channels: [createSmsChannel()] })]);
 * ```
 */
export function createEnvironment(plugins: readonly Plugin[]): Environment {
  const environment = {
    plugins: plugins.map((plugin) => plugin.name),
    kinds: collect(plugins, "kind", (plugin) => plugin.kinds),
    operators: collect(plugins, "operator", (plugin) => plugin.operators),
    facts: collect(plugins, "fact", (plugin) => plugin.facts),
    channels: collect(plugins, "channel", (plugin) => plugin.channels),
  };
  return Object.freeze(environment);
}

function collect<T extends { readonly id: string }>(
  plugins: readonly Plugin[],
  what: string,
  read: (plugin: Plugin) => readonly T[] | undefined,
): ReadonlyMap<string, T> {
  const all = new Map<string, T>();
  for (const plugin of plugins) {
    for (const one of read(plugin) ?? []) {
      if (all.has(one.id)) throw new Error(`${what} "${one.id}" of plugin "${plugin.name}" exists already`);
      all.set(one.id, one);
    }
  }
  return all;
}
