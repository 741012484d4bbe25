import type { Cell, ReportData, ReportTable } from "@evertend/core";
import type { CliIo } from "../cli-io.js";
import { wrapText } from "../explain/wrap-text.js";
import { paint } from "../terminal/paint.js";
import { columnsOf, pad } from "../terminal/text-columns.js";

/** The narrowest and widest page. */
const [narrow, wide] = [60, 110];

/** A card for the terminal: each table under its heading, the first column at the left, the others beside it. */
export function cardLines(card: ReportData, io: CliIo): readonly string[] {
  const { lang } = io;
  const colours = paint(io.stdout, io.env);
  const width = Math.max(narrow, Math.min(io.stdout.columns, wide));
  const lines = [colours.bold(card.title[lang]), `${card.subtitle[lang]} · ${card.asOf}`];
  for (const part of card.parts) {
    if (part.kind !== "table") continue;
    lines.push("", colours.cyan(part.title[lang]), ...(part.note ? [colours.dim(part.note[lang])] : []), ...tableLines(part, width, io));
  }
  return [...lines, "", ...wrapText(card.footer[lang], width).map((line) => colours.dim(line))];
}

function tableLines({ columns, rows }: ReportTable, width: number, { lang }: CliIo): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => textOf(cell, lang)));
  const first = Math.min(Math.floor(width * 0.36), Math.max(1, ...cells.map(([one = ""]) => columnsOf(one))));
  return cells.flatMap(([head = "", ...rest]) => {
    // Of more than two columns each says what it is: there is no room for headings.
    const said = rest.map((cell, i) => (cell === "" ? "" : columns.length > 2 ? `${columns[i + 1]?.label[lang] ?? ""}: ${cell}` : cell)).filter((cell) => cell !== "");
    const left = wrapText(head, first);
    const right = said.flatMap((cell) => cell.split("\n").flatMap((line) => wrapText(line, width - first - 4)));
    return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => `  ${pad(left[i] ?? "", first)}  ${right[i] ?? ""}`.trimEnd());
  });
}

function textOf(cell: Cell, lang: CliIo["lang"]): string {
  return cell === null ? "" : typeof cell === "object" ? cell[lang] : String(cell);
}
