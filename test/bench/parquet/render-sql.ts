import type { BenchRule, Condition } from "./make-rules.js";

/**
 * The query that a good programmer would write for the same answers: `id`, and in `matches` the inside of a JSON list with rule,
 * subject and occurrence. SQL's own three-valued logic does the rest: what is unknown is not true.
 */
export function renderSql(rules: readonly BenchRule[], from: string, occurrence: string): string {
  const columns = rules.map(({ id, when }) => `CASE WHEN ${condition(when)} THEN ${text(`["${id}","","${occurrence}"]`)} END`);
  return `SELECT "customerId" AS id, concat_ws(',',\n${columns.join(",\n")}) AS matches\nFROM ${from}`;
}

function condition(one: Condition): string {
  switch (one.kind) {
    case "compare":
      return `${one.field.split(".").map((step) => `"${step}"`).join(".")} ${one.sign} ${typeof one.value === "number" ? String(one.value) : `DATE '${one.value}'`}`;
    case "in":
      return `${one.field} IN (${one.values.map(text).join(", ")})`;
    case "is":
      return one.value ? one.field : `NOT ${one.field}`;
    case "has":
      return `list_contains(${one.field}, ${text(one.value)})`;
    case "holds":
      return `len(list_filter(holdings, lambda h: h.type = ${text(one.type)} AND h.balance >= ${one.balance})) > 0`;
    case "not":
      return `NOT (${condition(one.of)})`;
    default:
      return `(${one.of.map(condition).join(one.kind === "all" ? " AND " : " OR ")})`;
  }
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
