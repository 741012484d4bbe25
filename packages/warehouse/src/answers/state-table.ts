import { parseDay, type CustomerState, type Program } from "@evertend/core";
import type { DuckDbSession } from "../source/duckdb-session.js";
import { identifier } from "../source/sql-text.js";
import { stateColumns } from "../sql/sql-layout.js";

/** What a statement reads of the states of before. */
export interface StateTable {
  /** Relation of what levels remember, as `SqlLayout.state` wants it. */
  readonly levels: string;
  /** Relation of the ids (`@id`) whose contacts or tasks of before core has to look at. */
  readonly open: string;
}

const table = `"memory"."main"."evertend_states"`;

/**
 * Keeps what levels remember and who has something open. Customers without either are left out.
 *
 * @throws DiagnosticError what reading the states throws
 */
export async function fillStateTable(session: DuckDbSession, program: Program, states: AsyncIterable<CustomerState> | undefined): Promise<StateTable> {
  const columns = stateColumns(program);
  await session.connection.run(`CREATE OR REPLACE TABLE ${table} ("@id" VARCHAR, "@open" BOOLEAN${columns.map(({ name }) => `, ${identifier(name)} VARCHAR`).join("")})`);
  const appender = await session.connection.createAppender("evertend_states", "main", "memory");
  for await (const state of states ?? []) {
    const values = columns.map(({ name, type }) => {
      const value = Object.hasOwn(state.lastFacts, name) ? state.lastFacts[name] : undefined;
      return typeof value === "string" && (type !== "day" || parseDay(value) !== undefined) ? value : null;
    });
    const open = state.contacts.length > 0 || state.openTasks.length > 0;
    if (!open && values.every((value) => value === null)) continue;
    appender.appendVarchar(state.customerId);
    appender.appendBoolean(open);
    for (const value of values) {
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
  const own = columns.map(({ name, type }) => `${type === "day" ? `CAST(${identifier(name)} AS DATE) AS ` : ""}${identifier(name)}`);
  return { levels: `(SELECT ${[`"@id"`, ...own].join(", ")} FROM ${table})`, open: `(SELECT "@id" FROM ${table} WHERE "@open")` };
}
