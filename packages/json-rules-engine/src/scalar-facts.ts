import { formatDay, type Evaluation, type MatchDetail, type TruthNode, type ValueNode } from "@evertend/core";

/** A scalar that core works out for json-rules-engine: a value, whether it is unknown, or the truth of a whole node. */
export type ScalarFact =
  | { readonly kind: "value" | "unknown"; readonly name: string; readonly node: ValueNode }
  | { readonly kind: "truth"; readonly name: string; readonly node: TruthNode };

/** What a scalar may be. Dates are ISO texts, which json-rules-engine orders as texts; missing is `null`. */
export type ScalarValue = string | number | boolean | null;

type Asked = Pick<Evaluation, "truth" | "value">;

const words = ["false", "true", "unknown"] as const;

/** The scalars of a set of rules, each under one name. */
export class ScalarFacts {
  readonly #byName = new Map<string, ScalarFact>();
  readonly #names = new Map<TruthNode | ValueNode, string>();
  readonly #owners = new Map<string, string>();

  get all(): readonly ScalarFact[] {
    return [...this.#byName.values()];
  }

  /** Name of a value: that of its field or derived fact, where it is one. */
  value(node: ValueNode): string {
    const name = this.#nameOf(node, node.op === "field" || node.op === "fact" ? node.name : "value");
    this.#byName.set(name, { kind: "value", name, node });
    return name;
  }

  /** Name of a flag that is true where a value is not known (and not where there is none). */
  unknown(node: ValueNode): string {
    const name = `${this.value(node)}?`;
    this.#byName.set(name, { kind: "unknown", name, node });
    return name;
  }

  /** Name of a text `true`, `false` or `unknown` for what json-rules-engine has no words for. */
  truth(node: TruthNode): string {
    const name = this.#nameOf(node, "truth");
    this.#byName.set(name, { kind: "truth", name, node });
    return name;
  }

  #nameOf(node: TruthNode | ValueNode, wanted: string): string {
    const known = this.#names.get(node);
    if (known !== undefined) return known;
    const own = node.op === "field" ? `${node.level}.${node.slot}` : node.op === "fact" ? `fact ${node.fact}` : undefined;
    // A field is the same wherever it is read; other nodes, and fields that share a name, are told apart by number.
    const free = own !== undefined && (this.#owners.get(wanted) ?? own) === own;
    const name = free ? wanted : `${wanted}#${this.#names.size + 1}`;
    if (free && own !== undefined) this.#owners.set(wanted, own);
    this.#names.set(node, name);
    return name;
  }
}

/** Works out one scalar for a record, or for the item of a match. It throws where core does. */
export function readScalar(fact: ScalarFact, asked: Asked, match: MatchDetail | undefined): ScalarValue {
  if (fact.kind === "truth") return words[asked.truth(fact.node, match)];
  const value = asked.value(fact.node, match);
  if (fact.kind === "unknown") return value === undefined;
  if (value === undefined || value === null || typeof value === "object") return null;
  return fact.node.type === "date" && typeof value === "number" ? formatDay(value) : value;
}
