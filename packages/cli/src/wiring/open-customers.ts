import { closest, DiagnosticError, Findings, formatDiagnostic, type Catalogue, type Collection, type Field, type Program } from "@evertend/core";
import { openMappedSource, openSource, type ColumnKind, type WarehouseSource } from "@evertend/warehouse";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { commandFault } from "./report-diagnostics.js";

/** Which customers to open. */
export interface CustomersRequest {
  readonly file: string;
  /** Everything given with `--param`. */
  readonly params: Readonly<Record<string, string>>;
  /** Names of parameters of the pack: they need not be variables of the source. */
  readonly packParameters: ReadonlySet<string>;
  readonly asOf: string;
  /** Files of context collections by name. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Opens the customers of a run as the pack's model wants them. Columns that the model does not know are told on
 * stderr.
 *
 * @throws DiagnosticError what `openSource` throws; PARAMETER_UNKNOWN for a name that neither pack nor source knows
 */
export async function openCustomers(io: CliIo, program: Program, request: CustomersRequest): Promise<WarehouseSource> {
  const { model } = program;
  checkNames(io, Object.keys(request.context), [...model.context.keys()], "--context");
  const isSql = request.file.toLowerCase().endsWith(".sql");
  if (!isSql) checkNames(io, Object.keys(request.params), [...request.packParameters], "--param");
  if (request.file.toLowerCase().endsWith(".json")) return openMapping(io, program, request);
  const source = await openSource({
    file: pathOf(io, request.file),
    idField: model.idField,
    variables: request.params,
    asOf: request.asOf,
    lang: io.lang,
    columns: columnsOf(model),
    aliases: labelsOf(model),
    contextNames: [...model.context.keys()],
    contextFiles: Object.fromEntries(Object.entries(request.context).map(([name, file]) => [name, pathOf(io, file)])),
    contextColumns: Object.fromEntries([...model.context.values()].map((collection) => [collection.name, kindsOf(collection)])),
  });
  try {
    if (isSql) checkNames(io, Object.keys(request.params), [...request.packParameters], "--param", source.variables);
  } catch (error) {
    await source.close();
    throw error;
  }
  if (source.unknownColumns.length > 0 && io.format === "pretty") {
    const findings = new Findings(io.lang);
    for (const name of source.unknownColumns) findings.add("FIELD_NOT_IN_MODEL", { file: request.file, pointer: "", line: 1, column: 0 }, { name });
    for (const diagnostic of findings.sorted()) printLine(io.stderr, formatDiagnostic(diagnostic));
  }
  return source;
}

/** A mapping's source; what did not fit in its tables is told when it is closed, with `--format json` as one JSON object a line. */
async function openMapping(io: CliIo, { model }: Program, { file, context }: CustomersRequest): Promise<WarehouseSource> {
  if (Object.keys(context).length > 0) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": "映射文件自己写明 context，不能再用 --context", en: "a mapping says its context itself; --context has no place beside it" }) });
  const source = await openMappedSource({ file: pathOf(io, file), model, lang: io.lang });
  return {
    ...source,
    close: async () => {
      for (const diagnostic of source.faults()) printLine(io.stderr, io.format === "json" ? JSON.stringify(diagnostic) : formatDiagnostic(diagnostic));
      await source.close();
    },
  };
}

/** Names that nothing knows are refused: a mistyped one would otherwise be ignored. */
function checkNames(io: CliIo, given: readonly string[], known: readonly string[], option: "--param" | "--context", variables: readonly string[] = []): void {
  const findings = new Findings(io.lang);
  for (const name of given) {
    // SQL does not tell the cases of a variable's name apart.
    if (known.includes(name) || variables.some((variable) => variable.toLowerCase() === name.toLowerCase())) continue;
    const code = option === "--param" ? "PARAMETER_UNKNOWN" : "UNKNOWN_REFERENCE";
    const all = [...known, ...variables];
    findings.add(code, { file: option, pointer: "", line: 0, column: 0 }, { name, suggestion: closest(name, all) ?? "", allowed: all.join(", ") });
  }
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
}

function columnsOf(model: Catalogue): Readonly<Record<string, ColumnKind>> {
  const collections = [...model.collections.keys()].map((name) => [name, "json"] as const);
  return Object.fromEntries([...[...model.fields.values()].map((field) => [field.name, kindOf(field)] as const), ...collections]);
}

/** Labels that stand for one field only: a CSV file may have them as headings instead of the fields' names. */
function labelsOf(model: Catalogue): Readonly<Record<string, string>> {
  const names = new Map<string, string | undefined>();
  for (const { name, label } of [...model.fields.values(), ...model.collections.values()]) {
    for (const text of new Set([label["zh-CN"], label.en])) names.set(text, names.has(text) ? undefined : name);
  }
  return Object.fromEntries([...names].filter((entry): entry is [string, string] => entry[1] !== undefined && !model.fields.has(entry[0])));
}

function kindsOf(collection: Collection): Readonly<Record<string, ColumnKind>> {
  return Object.fromEntries([...collection.fields.values()].map((field) => [field.name, kindOf(field)]));
}

function kindOf(field: Field): ColumnKind {
  if (field.type === "date") return field.format === "date-time" ? "instant" : "date";
  return field.type === "list" ? "json" : field.type;
}
