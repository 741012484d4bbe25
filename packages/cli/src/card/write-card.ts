import { ruleCard } from "@evertend/banking";
import { civilOf, closest, formatDay, isObject, rulesNamed, type PackFiles, type Program, type RuleProgram } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { pathOf, printLine, type CliIo } from "../cli-io.js";
import { allFiles } from "../wiring/read-overlays.js";
import { requireProgram } from "../wiring/load-pack-folder.js";
import { openPack } from "../wiring/open-pack.js";
import { replaceFile } from "../wiring/replace-file.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { requireAsOf } from "../wiring/run-day.js";
import type { CardOptions } from "./card-options.js";
import { cardLines } from "./card-lines.js";

/**
 * Shows the card of a rule on the terminal, or writes it as HTML. With `--format json` it prints the report data.
 *
 * @throws DiagnosticError RULE_UNKNOWN, AS_OF_INVALID, FILE_NOT_FOUND, USAGE, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function writeCard(io: CliIo, ruleId: string, pack: string | undefined, options: CardOptions): Promise<void> {
  if (options.asOf !== undefined) requireAsOf(io, options.asOf);
  const opened = await openPack(io, { pack, overlay: options.overlay, param: options.param, config: options.config });
  const program = requireProgram(io, opened);
  const [rule] = rulesNamed(program, ruleId);
  if (!rule) throw commandFault(io, "RULE_UNKNOWN", { name: ruleId, suggestion: closest(ruleId, idsOf(program)) ?? "" });
  const authored = authoredRule(allFiles(opened.files, opened.overlays), rule);
  const asOf = options.asOf ?? formatDay(civilOf(program.model.zone, Date.now()).day);
  const card = ruleCard({ program, ruleId, asOf, lang: io.lang, channelConfigs: opened.channelConfigs, authored });
  if (options.out !== undefined) {
    await replaceFile(io, pathOf(io, options.out), renderHtml(card, { lang: io.lang, onePage: true }));
    if (io.format === "pretty") printLine(io.stdout, options.out);
  } else if (io.format === "pretty") for (const line of cardLines(card, io)) printLine(io.stdout, line);
  if (io.format === "json") printLine(io.stdout, JSON.stringify(card, undefined, 2));
}

function idsOf({ rules }: Program): readonly string[] {
  return [...new Set(rules.flatMap(({ id }) => [id, id.split("/")[0] ?? id]))];
}

/** The rule as it stands in its file. */
function authoredRule(files: PackFiles, { origin }: RuleProgram): unknown {
  const source = files[origin.file];
  let json: unknown = source === undefined ? undefined : JSON.parse(source.replace(/^\uFEFF/, ""));
  for (const step of origin.pointer.split("/").slice(1)) json = Array.isArray(json) ? json[Number(step)] : isObject(json) ? json[step] : undefined;
  return json;
}
