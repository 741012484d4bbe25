import { isAbsolute, relative, resolve, sep } from "node:path";
import { civilOf, formatDay, isZone } from "@evertend/core";
import { printLine, say, type CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { formatTable } from "../terminal/table.js";
import { columnsOf, pad } from "../terminal/text-columns.js";
import { createBankEnvironment } from "../wiring/bank-environment.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { requireAsOf } from "../wiring/run-day.js";
import { csvProject, type CsvProject } from "./csv-project.js";
import type { InitOptions } from "./init-options.js";
import type { ProjectFiles } from "./project-files.js";
import { starterAsOf, starterProject } from "./starter-project.js";
import { withSchema } from "./with-schema.js";
import { writeProject } from "./write-project.js";

/**
 * Starts a project. With `--format json` it prints `{ dir, files, … }`; for `--from` also the fields, the rules with the
 * number of customers each fires for, and how many records were set aside.
 *
 * @throws DiagnosticError for whatever is wrong with the file, the options or the folder
 */
export async function initProject(io: CliIo, dir: string, options: InitOptions): Promise<void> {
  if (options.from === undefined) {
    const files = withSchema(starterProject(), io.lang);
    await writeProject(io, dir, files, options.force === true);
    report(io, dir, files, starterAsOf);
    return;
  }
  if (!isZone(options.zone)) throw commandFault(io, "ZONE_UNKNOWN", { name: options.zone }, { file: "--zone" });
  if (!/^[A-Z]{3}$/.test(options.currency)) throw commandFault(io, "USAGE", { detail: `--currency ${options.currency} (CNY, EUR, …)` });
  // The only clock here: which day "today" is for whoever starts a project.
  const asOf = options.asOf === undefined ? civilOf(options.zone, Date.now()).day : requireAsOf(io, options.asOf);
  const project = await csvProject(io, { file: options.from, source: sourceFrom(io, dir, options.from), asOf, zone: options.zone, currency: options.currency, environment: createBankEnvironment() });
  const files = withSchema(project.files, io.lang);
  await writeProject(io, dir, files, options.force === true);
  reportCsv(io, dir, { ...project, files }, formatDay(asOf));
}

/** The file as `evertend.json` names it: from the project's folder, where the two are near each other. */
function sourceFrom(io: CliIo, dir: string, file: string): string {
  const [from, to] = [resolve(io.cwd, dir), resolve(io.cwd, file)];
  const path = relative(from, to);
  return isAbsolute(file) || isAbsolute(path) ? to : path.split(sep).join("/");
}

function report(io: CliIo, dir: string, files: ProjectFiles, asOf: string, more: Readonly<Record<string, unknown>> = {}): void {
  const names = Object.keys(files).sort();
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify({ dir, files: names, ...more }, undefined, 2));
    return;
  }
  const colours = paint(io.stdout, io.env);
  for (const name of names) printLine(io.stdout, colours.dim(`  ${name}`));
  printLine(io.stdout);
  printLine(io.stdout, say(io, { "zh-CN": "接下来：", en: "Next:" }));
  for (const command of [...(dir === "." ? [] : [`cd ${/^[\w./-]+$/.test(dir) ? dir : JSON.stringify(dir)}`]), "evertend check", "evertend test", `evertend run --as-of ${asOf} --out out`]) printLine(io.stdout, `  ${command}`);
}

function reportCsv(io: CliIo, dir: string, project: CsvProject, asOf: string): void {
  const { model, rules, customers, setAside } = project;
  if (io.format === "pretty") {
    const colours = paint(io.stdout, io.env);
    const widest = Math.max(...model.fields.map((field) => columnsOf(field.heading)));
    const longest = Math.max(...model.fields.map((field) => field.name.length));
    printLine(io.stdout, colours.bold(say(io, { "zh-CN": "字段", en: "Fields" })));
    for (const { heading, name, schema, sensitivity } of model.fields) {
      const kind = [schema["format"] ?? schema["type"], ...(typeof schema["scale"] === "number" ? [`scale ${schema["scale"]}`] : []), ...(Array.isArray(schema["enum"]) ? [`enum ${schema["enum"].length}`] : []), ...(sensitivity === "internal" ? [] : [sensitivity]), ...(name === model.idField ? ["id"] : [])];
      printLine(io.stdout, `  ${pad(heading, widest)}  ${name.padEnd(longest)}  ${kind.join(", ")}`);
    }
    printLine(io.stdout);
    printLine(io.stdout, formatTable(rules.map(({ rule, matches }) => ({ label: `${rule.id}  ${(rule.rule["title"] as Readonly<Record<CliIo["lang"], string>>)[io.lang]}`, cells: [matches, customers] })), { paint: colours, columns: io.stdout.columns, head: [say(io, { "zh-CN": "触发", en: "fires for" }), say(io, { "zh-CN": "客户数", en: "customers" })] }));
    if (setAside > 0) printLine(io.stdout, colours.yellow(say(io, { "zh-CN": `${setAside} 条记录无法使用；运行后见 report.html`, en: `${setAside} ${setAside === 1 ? "record is" : "records are"} not usable; report.html says why after a run` })));
    if (model.roles["rm"] === undefined) printLine(io.stdout, colours.yellow(say(io, { "zh-CN": "文件中没有客户经理列：任务无人承接。加上一列（如“客户经理工号”）后重新运行 init --force。", en: "No column names a relationship manager, so that tasks have nobody to go to. Add one (such as rm.id) and run init --force again." })));
    printLine(io.stdout);
  }
  report(io, dir, project.files, asOf, {
    idField: model.idField,
    fields: model.fields.map(({ heading, name, schema, sensitivity }) => ({ heading, name, type: schema["type"], ...(schema["format"] === undefined ? {} : { format: schema["format"] }), sensitivity })),
    rules: rules.map(({ rule, matches }) => ({ ruleId: rule.id, matches })),
    customers,
    setAside,
  });
}
