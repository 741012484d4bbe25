/** Where a value comes from: a name of the record, or a path into the item of an enclosing `#each`. */
export interface TemplateRead {
  /** Name for reports and evidence: `assets.total`, `holdings.balance` for a field of a ranged-over item. */
  readonly name: string;
  /** −1 reads `name` from the record; otherwise the item of the enclosing `#each` at this level, outermost 0. */
  readonly level: number;
  /** Members inside the item. */
  readonly path: readonly string[];
}

/** How a value becomes text. `plain` prints it as it is. */
export interface TemplateFormat {
  readonly helper: "plain" | "money" | "number" | "percent" | "date";
  /** Decimals to print; absent = as many as the number has (`percent`: at most 2). */
  readonly decimals?: number;
}

/** One node of a checked template. */
export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  /** `slot` is an index into the template's slots, −1 inside `#each`. `maxLength` is `null` where nothing bounds it. */
  | { readonly kind: "output"; readonly read: TemplateRead; readonly format: TemplateFormat; readonly slot: number; readonly maxLength: number | null }
  | { readonly kind: "if"; readonly read: TemplateRead; readonly negate: boolean; readonly then: readonly TemplateNode[]; readonly otherwise: readonly TemplateNode[] }
  | { readonly kind: "each"; readonly read: TemplateRead; readonly level: number; readonly body: readonly TemplateNode[]; readonly otherwise: readonly TemplateNode[]; readonly hasElse: boolean };
