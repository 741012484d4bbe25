import { defineSqlDialect, type SqlType } from "../sql-dialect.js";

const day = (date: string): string => `CAST((${date} - DATE '1970-01-01') AS INTEGER)`;
const date = (number: string): string => `(DATE '1970-01-01' + CAST(${number} AS INTEGER))`;
const types: Readonly<Record<SqlType | "exact", string>> = { text: "VARCHAR", number: "DOUBLE", boolean: "BOOLEAN", day: "INTEGER", exact: "DECIMAL(38, 0)" };
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const numberText = (number: string): string => `(CASE WHEN trunc(${number}) = ${number} AND abs(${number}) < 1e18 THEN CAST(CAST(${number} AS BIGINT) AS VARCHAR) ELSE CAST(${number} AS VARCHAR) END)`;

/** DuckDB 1.x. */
export const duckdb = defineSqlDialect({
  id: "duckdb",
  types,
  identifier: quoted,
  parameter: (index, type) => `CAST($${index} AS ${types[type]})`,
  dayOfDate: day,
  addMonths: (from, months) => day(`CAST(${date(from)} + to_months(CAST(${months} AS INTEGER)) AS DATE)`),
  yearOf: (number) => `CAST(year(${date(number)}) AS INTEGER)`,
  monthOf: (number) => `CAST(month(${date(number)}) AS INTEGER)`,
  dayOfMonth: (number) => `CAST(day(${date(number)}) AS INTEGER)`,
  isoText: (number) => `strftime(${date(number)}, '%Y-%m-%d')`,
  numberText,
  textOf: (column) => column,
  trunc: (number) => `trunc(${number})`,
  jsonText: (text) => `CAST(to_json(${text}) AS VARCHAR)`,
  joinTexts: (texts) => `concat_ws(',', ${texts.join(", ")})`,
  listText: (list, elements) => `array_to_string(${elements === "text" ? list : `list_transform(${list}, lambda one: ${numberText("one")})`}, ',')`,
  constantList: (values) => `CAST([${values.map((value) => value ?? "NULL").join(", ")}] AS INTEGER[])`,
  // A place below 1 would count from the end.
  elementAt: (list, place) => `(CASE WHEN ${place} >= 1 THEN list_extract(${list}, ${place}) END)`,
  contains: (list, value) => `list_contains(${list}, ${value})`,
  listLength: (list) => `len(${list})`,
  matches: (text, pattern) => `regexp_full_match(${text}, ${pattern})`,
  octets: (text) => `strlen(${text})`,
  hasNul: (text) => `contains(${text}, chr(0))`,
  barrier: "",
  items: {
    kind: "list",
    transform: (list, variable, body) => `list_transform(${list}, lambda ${variable}: ${body})`,
    struct: (fields) => `struct_pack(${fields.map(([name, value]) => `${quoted(name)} := ${value}`).join(", ")})`,
    gather: (fields, order) => `list(struct_pack(${fields.map(([name, value]) => `${quoted(name)} := ${value}`).join(", ")}) ORDER BY ${order})`,
    aggregate(kind, items, variable, body) {
      const list = `list_transform(${items}, lambda ${variable}: ${body})`;
      switch (kind) {
        case "any":
          return `(len(list_filter(${items}, lambda ${variable}: ${body})) > 0)`;
        case "count":
          return `COALESCE(CAST(len(list_filter(${items}, lambda ${variable}: (${body}) IS NOT NULL)) AS INTEGER), 0)`;
        case "distinct":
          return `COALESCE(CAST(list_unique(${list}) AS INTEGER), 0)`;
        case "sum":
        case "sumOfDoubles":
          return `list_sum(${list})`;
        case "min":
          return `list_min(${list})`;
        case "max":
          return `list_max(${list})`;
        case "join":
          return `array_to_string(list_filter(${list}, lambda text: text IS NOT NULL), '')`;
      }
    },
  },
});
