import type { Bilingual, Parameter, Program } from "@evertend/core";
import type { SheetColumn, SheetLimit, SheetData, SheetCell, WorkbookData } from "@evertend/reports";
import type { Lang } from "@evertend/core";

/** A column of the sheet of parameters. */
export type ParamsColumn = "id" | "label" | "value" | "unit" | "minimum" | "maximum" | "source" | "owner";

/** Headings in both languages: a workbook that was exported in one may be imported in the other. */
export const paramsColumns: Readonly<Record<ParamsColumn, Bilingual>> = {
  id: { "zh-CN": "参数", en: "Parameter" },
  label: { "zh-CN": "名称", en: "Label" },
  value: { "zh-CN": "取值", en: "Value" },
  unit: { "zh-CN": "单位", en: "Unit" },
  minimum: { "zh-CN": "最小值", en: "Minimum" },
  maximum: { "zh-CN": "最大值", en: "Maximum" },
  source: { "zh-CN": "来源", en: "Source" },
  owner: { "zh-CN": "负责方", en: "Owner" },
};

/** What may be changed in the sheet; all else belongs to whoever writes the pack. */
export const changeable: ReadonlySet<ParamsColumn> = new Set(["value", "source", "owner"]);

/** Names of the sheets. */
export const sheetNames: Readonly<Record<"parameters" | "pack", Bilingual>> = {
  parameters: { "zh-CN": "参数", en: "Parameters" },
  pack: { "zh-CN": "规则包", en: "Pack" },
};

/** Rows of the sheet that says which pack the parameters are of. */
export const packRows: Readonly<Record<"id" | "version" | "hash" | "help", Bilingual>> = {
  id: { "zh-CN": "规则包", en: "Pack" },
  version: { "zh-CN": "版本", en: "Version" },
  hash: { "zh-CN": "摘要", en: "Hash" },
  help: { "zh-CN": "说明", en: "How to use" },
};

const help: Bilingual = {
  "zh-CN": "只改有底色的列：取值、来源、负责方。列表每行一项。不要写公式。改好后运行 evertend params import。",
  en: "Change the shaded columns only: value, source, owner. A list has one item a line. No formulas. Then run evertend params import.",
};

const widths: Readonly<Record<ParamsColumn, number>> = { id: 26, label: 34, value: 16, unit: 10, minimum: 14, maximum: 16, source: 34, owner: 16 };

/** A parameter's value as one cell: a list has one item a line. */
export function cellOf(value: Parameter["value"]): Exclude<SheetCell, null> {
  return typeof value === "object" ? value.join("\n") : value;
}

/** The workbook of a pack's parameters, in the order of the pack. */
export function paramsWorkbook(program: Program, lang: Lang): WorkbookData {
  const names = Object.keys(paramsColumns) as ParamsColumn[];
  const parameters = [...program.parameters.values()];
  const columns = names.map((name): SheetColumn => ({ label: paramsColumns[name][lang], width: widths[name], format: "number", ...(changeable.has(name) ? { editable: true } : {}) }));
  const rows = parameters.map((one) => names.map((name) => columnOf(one, name, lang)));
  const limits = parameters.flatMap(({ minimum, maximum }, row): SheetLimit[] => (minimum === undefined && maximum === undefined ? [] : [{ row, column: names.indexOf("value"), ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) }]));
  const { id, version, title } = program.pack;
  const pack: SheetData = {
    name: sheetNames.pack[lang],
    columns: [{ label: sheetNames.pack[lang], width: 16 }, { label: title[lang], width: 72 }],
    rows: [[packRows.id[lang], id], [packRows.version[lang], version], [packRows.hash[lang], program.hash], [packRows.help[lang], help[lang]]],
  };
  return { title: `${title[lang]} ${version}`, sheets: [{ name: sheetNames.parameters[lang], columns, rows, limits }, pack] };
}

/** What a column says of a parameter. */
export function columnOf(parameter: Parameter, column: ParamsColumn, lang: Lang): SheetCell {
  switch (column) {
    case "id": return parameter.name;
    case "label": return parameter.label[lang];
    case "value": return cellOf(parameter.value);
    default: return parameter[column] ?? null;
  }
}
