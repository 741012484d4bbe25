import type { Bilingual, Lang } from "@evertend/core";

const details = {
  folder: { "zh-CN": "这是目录，不是文件", en: "it is a folder, not a file" },
  kind: { "zh-CN": "不支持这种文件", en: "files of this kind are not supported" },
  empty: { "zh-CN": "文件为空", en: "the file is empty" },
  notGzip: { "zh-CN": "扩展名为 .gz，但不是 gzip 文件", en: "it ends in .gz but is not gzip" },
  gzipDamaged: { "zh-CN": "gzip 数据已损坏", en: "its gzip data is damaged" },
  byteOrderMark: { "zh-CN": "文件以字节顺序标记（BOM）开头，请存为不带 BOM 的 UTF-8", en: "it starts with a byte order mark; save it as UTF-8 without one" },
  notUtf8: { "zh-CN": "不是 UTF-8 文本（第 {line} 行）", en: "line {line} is not UTF-8 text" },
  notJson: { "zh-CN": "第 {line} 行不是有效的 JSON", en: "line {line} is not valid JSON" },
  notObject: { "zh-CN": "第 {line} 行不是 JSON 对象", en: "line {line} is not a JSON object" },
  notArray: { "zh-CN": "内容应为 JSON 数组", en: "it should hold a JSON array" },
  lineTooLong: { "zh-CN": "第 {line} 行超过 {limit} MiB", en: "line {line} is longer than {limit} MiB" },
  columns: { "zh-CN": "第 {line} 行有 {found} 列，表头有 {expected} 列", en: "line {line} has {found} columns, the header has {expected}" },
  quote: { "zh-CN": "第 {line} 行的引号不成对", en: "a quoted value in line {line} is not closed properly" },
  headerName: { "zh-CN": "表头第 {found} 列没有名称或名称含有控制字符", en: "column {found} of the header has no name or one with control characters" },
  headerTwice: { "zh-CN": "列“{name}”在表头中出现了两次", en: "the column \"{name}\" occurs twice in the header" },
  headerNested: { "zh-CN": "列“{name}”既是值又是“{other}”的上级", en: "the column \"{name}\" is a value and also holds \"{other}\"" },
  parquet: { "zh-CN": "不是 Parquet 文件", en: "it is not a Parquet file" },
  noSelect: { "zh-CN": "最后一条语句必须是 SELECT", en: "the last statement must be a SELECT" },
  oneSelect: { "zh-CN": "必须是一条 SELECT", en: "it must be one SELECT" },
  statement: { "zh-CN": "数据源只能读取：不允许 {name} 语句", en: "a source only reads: {name} is not allowed" },
  parameter: { "zh-CN": "不支持 $1 或 ? 形式的参数，请用 getvariable('name')", en: "there are no parameters such as $1 or ?; read values with getvariable('name')" },
  columnTwice: { "zh-CN": "结果中有两列名为“{name}”", en: "two columns of the result are called \"{name}\"" },
  memory: { "zh-CN": "内存不足，请调高内存上限", en: "it needs more memory than the limit allows" },
} as const satisfies Record<string, Bilingual>;

/** Name of a detail text. */
export type FaultDetail = keyof typeof details;

/** What exactly is wrong with a source, to stand behind the text of a diagnostic. Never holds a value of the data. */
export function faultDetail(detail: FaultDetail, lang: Lang, params: Readonly<Record<string, string | number>> = {}): string {
  return details[detail][lang].replace(/\{([a-z]+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
