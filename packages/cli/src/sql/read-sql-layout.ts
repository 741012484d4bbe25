import { readFile } from "node:fs/promises";
import { checkShape, DiagnosticError, Findings, isObject, parseJson, Spot, type Shape } from "@evertend/core";
import { canonicalLayout, nestedLayout, type SqlDialect, type SqlLayout } from "@evertend/warehouse";
import { pathOf, type CliIo } from "../cli-io.js";
import { commandFault } from "../wiring/report-diagnostics.js";

type Json = Readonly<Record<string, unknown>>;

const relation: Shape = { type: "ref", ref: "json" };
const shape: Shape = {
  type: "object",
  properties: {
    entity: relation,
    fields: { type: "string", enum: ["columns", "nested"] },
    children: { type: "object", properties: {}, additional: { type: "object", properties: { relation, known: { type: "string" } }, required: ["relation"] } },
    context: { type: "object", properties: {}, additional: relation },
    state: relation,
  },
  required: ["entity"],
};

/**
 * Reads where the data is: `{"entity", "fields": "columns" | "nested", "children", "context", "state"}`. A relation is a
 * name (`"bank.customers"`, quoted part by part) or SQL of the bank's own (`{"sql": "read_parquet('…')"}`).
 *
 * @throws DiagnosticError FILE_NOT_FOUND, and what is wrong inside the file
 */
export async function readSqlLayout(io: CliIo, file: string, dialect: SqlDialect): Promise<SqlLayout> {
  let source: string;
  try {
    source = await readFile(pathOf(io, file), "utf8");
  } catch {
    throw commandFault(io, "FILE_NOT_FOUND", { name: file }, { file });
  }
  const findings = new Findings(io.lang);
  const document = parseJson(file, source, findings);
  if (document) {
    const spot = new Spot(document, "", findings);
    checkShape(shape, document.value, spot);
    if (!findings.hasErrors) checkRelations(document.value as Json, spot);
  }
  if (!document || findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return layoutOf(document.value as Json, dialect);
}

function layoutOf(json: Json, dialect: SqlDialect): SqlLayout {
  const { context, children } = parts(json);
  const options = {
    entity: relationSql(json["entity"], dialect),
    context: Object.fromEntries(context.map(([name, given]) => [name, relationSql(given, dialect)])),
    ...(json["state"] === undefined ? {} : { state: relationSql(json["state"], dialect) }),
  };
  if (json["fields"] === "nested") return nestedLayout(dialect, options);
  return canonicalLayout(dialect, {
    ...options,
    children: Object.fromEntries(children.map(([name, child]) => [name, {
      relation: relationSql(child["relation"], dialect),
      ...(typeof child["known"] === "string" ? { known: `e.${dialect.identifier(child["known"])}` } : {}),
    }])),
  });
}

function parts(json: Json): { readonly context: readonly (readonly [string, unknown])[]; readonly children: readonly (readonly [string, Json])[] } {
  return { context: Object.entries((json["context"] ?? {}) as Json), children: Object.entries((json["children"] ?? {}) as Readonly<Record<string, Json>>) };
}

function checkRelations(json: Json, spot: Spot): void {
  const { context, children } = parts(json);
  const all: readonly (readonly [unknown, Spot])[] = [
    [json["entity"], spot.at("entity")],
    ...(json["state"] === undefined ? [] : [[json["state"], spot.at("state")] as const]),
    ...context.map(([name, given]) => [given, spot.at("context", name)] as const),
    ...children.map(([name, child]) => [child["relation"], spot.at("children", name, "relation")] as const),
  ];
  for (const [given, at] of all) {
    const good = (typeof given === "string" && given !== "") || (isObject(given) && typeof given["sql"] === "string" && Object.keys(given).length === 1);
    if (!good) at.report("TYPE_MISMATCH", { name: at.pointer, expected: "\"schema.table\" | {\"sql\": \"…\"}", found: typeof given });
  }
}

function relationSql(given: unknown, dialect: SqlDialect): string {
  return isObject(given) ? String(given["sql"]) : String(given).split(".").map((part) => dialect.identifier(part)).join(".");
}
