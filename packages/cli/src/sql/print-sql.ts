import { canonicalLayout, compileSql, duckdb, postgres, spark, type SqlDialect, type SqlParameter } from "@evertend/warehouse";
import { printLine, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { openPack } from "../wiring/open-pack.js";
import { reportDiagnostics } from "../wiring/report-diagnostics.js";
import { requireAsOf } from "../wiring/run-day.js";
import { readSqlLayout } from "./read-sql-layout.js";

/** What the options of `sql` say. */
export interface SqlRequest {
  readonly pack?: string | undefined;
  readonly dialect: string;
  readonly asOf: string;
  readonly answers: "matches" | "full";
  readonly layout?: string | undefined;
  readonly param?: readonly string[] | undefined;
  readonly config?: string | undefined;
}

const dialects: Readonly<Record<string, SqlDialect>> = { duckdb, postgres, spark };

/**
 * Prints the query that a pack is, and its parameters as comments; with `--format json` an object
 * `{text, parameters, facts}`. What SQL cannot say ends it with 1.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, AS_OF_INVALID, USAGE, SQL_UNSUPPORTED, and what is wrong in the layout
 */
export async function printSql(io: CliIo, request: SqlRequest): Promise<void> {
  const asOf = requireAsOf(io, request.asOf);
  const dialect = dialects[request.dialect] ?? duckdb;
  const { files, loaded } = await openPack(io, request);
  if (!loaded.program) {
    reportDiagnostics(io, loaded.diagnostics, files);
    fail(1);
  }
  const { program } = loaded;
  const beside = dialect.items.kind === "lateral";
  const names = (all: Iterable<string>): Record<string, string> => Object.fromEntries([...all].map((name) => [name, dialect.identifier(name)]));
  const layout = request.layout === undefined
    ? canonicalLayout(dialect, {
        entity: dialect.identifier(`${program.model.entity}s`),
        context: names(program.model.context.keys()),
        ...(beside ? { children: Object.fromEntries(Object.entries(names(program.model.collections.keys())).map(([name, relation]) => [name, { relation }])) } : {}),
      })
    : await readSqlLayout(io, request.layout, dialect);
  const statement = compileSql(program, { dialect, layout, asOf, answers: request.answers, lang: io.lang });
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify({ text: statement.text, parameters: statement.parameters, facts: statement.factColumns }, undefined, 2));
    return;
  }
  printLine(io.stdout, statement.text);
  for (const [i, parameter] of statement.parameters.entries()) printLine(io.stdout, parameterLine(dialect, i + 1, parameter));
}

/** A parameter on a line of its own, as a comment: JSON has no line break that could end it. */
function parameterLine(dialect: SqlDialect, place: number, { value, type }: SqlParameter): string {
  const name = /[$:?]\w*/.exec(dialect.parameter(place, type))?.[0] ?? String(place);
  return `-- ${name} ${type}: ${JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}`;
}
