import { Findings, parseDay, type Decided, type Diagnostic, type Engine, type Lang } from "@evertend/core";
import { readSqlRow } from "@evertend/warehouse";
import type { CustomerGroup } from "./customer-group.js";
import { quietCustomer, type QuietCustomer } from "./quiet-customer.js";

/** The day that groups are decided for. */
export interface GroupDay {
  readonly engine: Engine;
  /** Name of the source, for what is said about its rows. */
  readonly sourceName: string;
  /** Civil date and instant. */
  readonly asOf: string;
  readonly at: string;
  readonly lang: Lang;
}

/** What became of the records of one id. */
export interface DecidedGroup {
  readonly setAside: readonly { readonly row: number; readonly diagnostics: readonly Diagnostic[] }[];
  /** The customer, where one of the records could be used, with that record's row and text. */
  readonly decided?: { readonly day: Decided; readonly row: number; readonly json: string };
  /** The customer, where SQL found that nothing matches: the record itself was not read. */
  readonly quiet?: QuietCustomer;
}

/**
 * Decides the customer of a group: its first usable record. A further record under an id that was used already is set
 * aside (DUPLICATE_ID).
 */
export function decideGroup({ engine, sourceName, asOf, at, lang }: GroupDay, { id, prior, records }: CustomerGroup): DecidedGroup {
  const setAside: { row: number; diagnostics: readonly Diagnostic[] }[] = [];
  let decided: DecidedGroup["decided"];
  let taken = false;
  for (const { row, json, answer } of records) {
    if (answer && json === "") return { setAside, quiet: quietCustomer(engine.program, { customerId: id, row: answer, asOf, prior }) };
    if (taken) {
      setAside.push({ row, diagnostics: duplicate(engine, sourceName, row, lang) });
      continue;
    }
    const day = engine.decide(json, { asOf, at, state: prior, place: { file: sourceName, row }, ...(answer ? { found: readSqlRow(answer, { program: engine.program, asOf: parseDay(asOf) ?? 0, state: prior }) } : {}) });
    if ("setAside" in day) {
      taken = id !== "" && !day.setAside.some(({ code }) => code === "ID_MUST_BE_STRING" || code === "ID_MISSING");
      setAside.push({ row, diagnostics: day.setAside });
    } else {
      taken = true;
      decided = { day, row, json };
    }
  }
  return decided ? { setAside, decided } : { setAside };
}

function duplicate(engine: Engine, sourceName: string, row: number, lang: Lang): readonly Diagnostic[] {
  const findings = new Findings(lang);
  const { idField } = engine.program.model;
  findings.add("DUPLICATE_ID", { file: sourceName, pointer: `/${idField.split(".").join("/")}`, line: row, column: 0 }, { name: idField });
  return findings.sorted();
}
