import { dayRows, type RunFigures } from "@evertend/banking";
import type { Program } from "@evertend/core";
import { say, type CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { formatTable, type TableRow } from "../terminal/table.js";

/**
 * The table that a run ends with: one column for each day, headed by the date where there are several.
 *
 * @param options.rules how many rules to name with their matches
 */
export function summaryTable(io: CliIo, program: Program, days: readonly RunFigures[], options: { readonly rules: number }): string {
  const rows = dayRows(program, days, options).flatMap(({ rows: group }, i): TableRow[] => [
    ...(i === 0 ? [] : ["space" as const]),
    ...group.map(({ label, values, detail }): TableRow => ({ label: say(io, label), cells: values, indent: detail, strong: !detail })),
  ]);
  const head = days.length > 1 ? days.map(({ summary }) => summary.asOf) : [];
  return formatTable(rows, { paint: paint(io.stdout, io.env), columns: io.stdout.columns, head });
}

/** Seconds with one decimal, in words. */
export function secondsText(io: CliIo, milliseconds: number): string {
  const seconds = (milliseconds / 1000).toFixed(1);
  return say(io, { "zh-CN": `${seconds} 秒`, en: `${seconds} s` });
}
