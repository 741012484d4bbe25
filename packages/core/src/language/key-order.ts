/** Parts of a pack file whose keys have an order. */
export type KeyOrder = "file" | "rule" | "fact" | "action" | "template" | "test" | "parameter";

/** Keys that go first and keys that go last; what a kind adds of its own stands between them as its author wrote it. */
const orders: Readonly<Record<KeyOrder, { readonly first: readonly string[]; readonly last: readonly string[] }>> = {
  file: { first: ["$schema", "pack", "model", "parameters", "calendars", "conditions", "facts", "rules", "templates", "policy", "tests"], last: [] },
  rule: {
    first: ["id", "kind", "title", "covers", "tags", "category", "objective", "class", "priority", "enabled", "effective", "note", "forEach", "date", "festival", "calendar", "method", "measure"],
    last: ["consent", "suitability", "holdout", "cooldown", "repeat", "expires", "when", "product", "steps", "then", "on", "overdue"],
  },
  fact: { first: ["id", "kind", "label", "unit", "scale", "covers", "note", "forEach"], last: ["missing", "empty", "unknown", "otherwise", "when"] },
  action: { first: ["daysBefore", "daysAfter", "forDays", "message", "task", "via", "to", "class", "within", "expires", "unless", "then"], last: [] },
  template: { first: ["id", "class", "title", "note", "message", "task"], last: [] },
  test: { first: ["name", "asOf", "at", "params", "context", "state", "record", "expect"], last: [] },
  parameter: { first: ["value", "label", "unit", "minimum", "maximum", "source", "owner", "note"], last: [] },
};

/** The same object with its keys in the order of its part. */
export function orderKeys(json: Readonly<Record<string, unknown>>, order: KeyOrder): Readonly<Record<string, unknown>> {
  const { first, last } = orders[order];
  const keys = Object.keys(json);
  const own = keys.filter((key) => !first.includes(key) && !last.includes(key));
  return Object.fromEntries([...first.filter((key) => keys.includes(key)), ...own, ...last.filter((key) => keys.includes(key))].map((key) => [key, json[key]]));
}
