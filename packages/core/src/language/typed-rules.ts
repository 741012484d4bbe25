import type { BaseOperator, Decorator } from "./operators.js";

/** A model written in TypeScript, as exact as `as const` makes it. */
export interface ModelSource {
  readonly id: string;
  readonly zone: string;
  readonly entity: { readonly name: string; readonly id: string; readonly properties: Properties };
  readonly context?: Readonly<Record<string, { readonly type: "array"; readonly items: { readonly properties: Properties } }>>;
}

type Properties = Readonly<Record<string, PropertySource>>;
interface PropertySource {
  readonly type: string;
  readonly properties?: Properties;
  readonly items?: { readonly type?: string; readonly properties?: Properties };
}

/** Dotted names of scalar fields. */
type FieldNames<P> = { [K in keyof P & string]: P[K] extends { properties: infer Q } ? `${K}.${FieldNames<Q>}` : P[K] extends { items: { properties: unknown } } ? never : K }[keyof P & string];

/** Names of collections with the fields of their items. */
type CollectionsIn<P> = { [K in keyof P & string as P[K] extends { items: { properties: unknown } } ? K : never]: P[K] extends { items: { properties: infer Q } } ? FieldNames<Q> : never };

type Collections<M extends ModelSource> = CollectionsIn<M["entity"]["properties"]> & (M["context"] extends object ? CollectionsIn<M["context"]> : unknown);
type CollectionName<M extends ModelSource> = keyof Collections<M> & string;

/** A `forEach` of the model: `"holdings as deposit"`. */
export type RangeText<M extends ModelSource> = `${CollectionName<M>} as ${string}`;

/** Names that a rule over this range may read of its item. */
type ItemNames<M extends ModelSource, R> = R extends `${infer C} as ${infer V}` ? (C extends CollectionName<M> ? `${V}.${Collections<M>[C] & string}` : never) : never;

/** Every name that a rule may read outside quantifiers. */
export type FactNameOf<M extends ModelSource, F extends string, R> = FieldNames<M["entity"]["properties"]> | F | ItemNames<M, R>;

type OperatorName = "=" | "!=" | "<" | "<=" | ">" | ">=" | BaseOperator | `${Decorator}:${string}`;

/** A value in a rule written in TypeScript. */
export type RuleValue<N extends string> =
  | string | number | boolean | readonly (string | number)[]
  | { readonly param: string }
  | { readonly fact: N; readonly path?: string }
  | { readonly asOf: Readonly<Partial<Record<"days" | "workingDays" | "months" | "years", number>>> };

/** Inside `some`, `every`, `none` and `count` the item's own name is free; its fields are not. */
type WhereNames<M extends ModelSource, N extends string> = N | { [C in CollectionName<M>]: `${string}.${Collections<M>[C] & string}` }[CollectionName<M>];

/** A condition over the names of a model. */
export type RuleCondition<M extends ModelSource, N extends string> =
  | readonly [N, OperatorName, RuleValue<N>]
  | readonly [N, "isPresent" | "isMissing"]
  | { readonly fact: N; readonly path?: string; readonly operator: OperatorName; readonly value?: RuleValue<N> }
  | { readonly all: readonly RuleCondition<M, N>[] }
  | { readonly any: readonly RuleCondition<M, N>[] }
  | { readonly not: RuleCondition<M, N> }
  | { readonly condition: string }
  | Quantified<M, N, "some"> | Quantified<M, N, "every"> | Quantified<M, N, "none">
  | { readonly count: RangeText<M>; readonly where?: readonly RuleCondition<M, WhereNames<M, N>>[]; readonly operator: OperatorName; readonly value: RuleValue<N> };

type Quantified<M extends ModelSource, N extends string, Q extends string> = { readonly [K in Q]: RangeText<M> } & { readonly where?: readonly RuleCondition<M, WhereNames<M, N>>[] };

/** A rule over the names of a model. Keys of kinds other than conditions are checked when the pack is loaded. */
export interface TypedRule<M extends ModelSource, F extends string, R extends RangeText<M> | undefined> {
  readonly id: string;
  readonly kind?: string;
  readonly forEach?: R;
  readonly when?: readonly RuleCondition<M, FactNameOf<M, F, R>>[];
  /** A date that reminders and occasions speak of. */
  readonly date?: FactNameOf<M, F, R> | RuleValue<FactNameOf<M, F, R>>;
  /** What tiers measure. */
  readonly measure?: FactNameOf<M, F, R>;
  readonly [key: string]: unknown;
}

/** Keeps the literal types of a model written in TypeScript. */
export function defineModel<const M extends ModelSource>(model: M): M {
  return model;
}

/**
 * Gives a function that takes rules over one model: a name that neither the model nor `facts` (derived facts of the
 * pack) has is a type error, before anything runs. The rule comes back as it is, ready for a pack's `rules`.
 *
 * @example
 * ```ts
 * const model = defineModel({ id: "m", zone: "Asia/Shanghai", entity: { name: "customer", id: "customerId", properties: { customerId: { type: "string" }, age: { type: "integer" } } } });
 * const rule = rulesOver(model, ["tier"]);
 * rule({ id: "senior", when: [["age", ">=", 65], ["tier", "=", "gold"]], then: [{ task: "call" }] });
 * ```
 */
export function rulesOver<const M extends ModelSource, const F extends string = never>(_model: M, _facts: readonly F[] = []): <const R extends RangeText<M> | undefined = undefined>(rule: TypedRule<M, F, R>) => TypedRule<M, F, R> {
  return (rule) => rule;
}
