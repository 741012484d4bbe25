import type { CustomerState, Kept, Program } from "@evertend/core";
import { stateColumns } from "../sql/sql-layout.js";
import type { SqlRow } from "../sql/read-sql-row.js";

/** What levels remember after a full statement: a level that is unknown today leaves what was there before. */
export function levelsOfSqlRow(row: SqlRow, program: Pick<Program, "levels">, prior: CustomerState["lastFacts"]): Readonly<Record<string, Kept>> {
  const out: Record<string, Kept> = {};
  for (const { name } of stateColumns(program)) {
    const fact = name.slice(0, name.lastIndexOf("/"));
    const known = typeof row[`level:${fact}/level`] === "string";
    const value = known ? (row[`level:${name}`] as Kept | undefined) : Object.hasOwn(prior, name) ? prior[name] : undefined;
    if (value !== null && value !== undefined) out[name] = value;
  }
  return out;
}
