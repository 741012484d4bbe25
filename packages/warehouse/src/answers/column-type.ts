import type { Catalogue, Collection, Field, Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import { identifier } from "../source/sql-text.js";

/** DuckDB's type of a field's column. */
export function columnType(field: Field): string {
  switch (field.type) {
    case "number":
      return "DOUBLE";
    case "boolean":
      return "BOOLEAN";
    case "date":
      return "DATE";
    case "list":
      return field.elementType === "number" ? "DOUBLE[]" : "VARCHAR[]";
    case "text":
      return "VARCHAR";
  }
}

/** DuckDB's type of a collection's column. */
export function itemsType({ fields }: Pick<Collection, "fields">): string {
  return `STRUCT(${[...fields.values()].map((field) => `${identifier(field.name)} ${columnType(field)}`).join(", ")})[]`;
}

/**
 * Refuses a model whose names DuckDB could not tell apart.
 *
 * @throws DiagnosticError SQL_UNSUPPORTED
 */
export function requireNames(model: Catalogue, lang: Lang): void {
  const twice = sameNames(model);
  if (twice !== undefined) throw diagnosticError(lang, "SQL_UNSUPPORTED", { file: "model.json" }, { name: twice, detail: "duckdb" });
}

/** Names that DuckDB, which does not tell their cases apart, would take for one. */
function sameNames(model: Catalogue): string | undefined {
  const scopes = [[...model.fields.keys(), ...model.collections.keys()], ...[...model.collections.values(), ...model.context.values()].map(({ fields }) => [...fields.keys()])];
  for (const names of scopes) {
    const seen = new Set<string>();
    // A step on the way counts as well: "Assets.total" lies inside of "assets".
    for (const path of new Set(names.flatMap((name) => name.split(".").map((_, i, steps) => steps.slice(0, i + 1).join("."))))) {
      if (seen.has(path.toLowerCase())) return path;
      seen.add(path.toLowerCase());
    }
  }
  return undefined;
}
