/** Type of a fact as its uses show it; `list` = of what, nothing has shown yet. */
export type UsedType = "text" | "number" | "boolean" | "date" | "texts" | "numbers" | "list";

const properties: Readonly<Record<UsedType, object>> = {
  text: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  texts: { type: "array", items: { type: "string" } },
  numbers: { type: "array", items: { type: "number" } },
  list: { type: "array", items: { type: "string" } },
};

/** Type of a list with elements of a type. */
export function listOf(element: UsedType | undefined): UsedType {
  return element === undefined ? "list" : element === "number" ? "numbers" : "texts";
}

/** Type of the elements of a list; of anything else, its own. */
export function elementOf(type: UsedType | undefined): UsedType | undefined {
  return type === "numbers" ? "number" : type === "texts" ? "text" : type === "list" ? undefined : type;
}

/** The narrower of two types of one fact; `false` where they exclude each other. */
function narrower(a: UsedType | undefined, b: UsedType | undefined): UsedType | undefined | false {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  if (a === "list" && (b === "texts" || b === "numbers")) return b;
  return b === "list" && (a === "texts" || a === "numbers") ? a : false;
}

/** Gathers what rules use as what, and makes a model of it. */
export class UsedFacts {
  readonly #types = new Map<string, UsedType | undefined>();

  /** Notes a use; `undefined` = it says nothing of the type. False where it clashes with an earlier one. */
  use(name: string, type: UsedType | undefined): boolean {
    const both = narrower(this.#types.get(name), type);
    if (both === false) return false;
    for (const other of this.#types.keys()) if (other.startsWith(`${name}.`) || name.startsWith(`${other}.`)) return false;
    this.#types.set(name, both);
    return true;
  }

  typeOf(name: string): UsedType | undefined {
    return this.#types.get(name);
  }

  /** A copy to go back to. */
  snapshot(): () => void {
    const before = new Map(this.#types);
    return () => {
      this.#types.clear();
      for (const [name, type] of before) this.#types.set(name, type);
    };
  }

  /** The model with a field a fact; one whose type nothing shows is a text. */
  model(id: string, zone: string): object {
    const root: Record<string, unknown> = { customerId: { type: "string" } };
    for (const [name, type] of [...this.#types].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const path = name.split(".");
      let node = root;
      for (const step of path.slice(0, -1)) {
        const inner = (node[step] ??= { type: "object", properties: {} }) as { readonly properties: Record<string, unknown> };
        node = inner.properties;
      }
      node[path[path.length - 1] as string] = properties[type ?? "text"];
    }
    return { id, zone, entity: { name: "customer", id: "customerId", properties: root } };
  }
}
