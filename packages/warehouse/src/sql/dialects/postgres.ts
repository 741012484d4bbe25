import { defineSqlDialect, type SqlAggregate, type SqlType } from "../sql-dialect.js";

const day = (date: string): string => `(CAST(${date} AS date) - DATE '1970-01-01')`;
const date = (number: string): string => `(DATE '1970-01-01' + ${number})`;
// Sums of bigint are numeric, and a double becomes a bigint without losing digits, which it would as numeric.
const types: Readonly<Record<SqlType | "exact", string>> = { text: "text", number: "double precision", boolean: "boolean", day: "integer", exact: "bigint" };
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** PostgreSQL 15 and later; collections lie in relations beside the entity. */
export const postgres = defineSqlDialect({
  id: "postgres",
  types,
  identifier: quoted,
  parameter: (index, type) => `CAST($${index} AS ${types[type]})`,
  dayOfDate: day,
  addMonths: (from, months) => day(`(${date(from)} + make_interval(months => ${months}))`),
  yearOf: (number) => `CAST(EXTRACT(YEAR FROM ${date(number)}) AS integer)`,
  monthOf: (number) => `CAST(EXTRACT(MONTH FROM ${date(number)}) AS integer)`,
  dayOfMonth: (number) => `CAST(EXTRACT(DAY FROM ${date(number)}) AS integer)`,
  isoText: (number) => `to_char(${date(number)}, 'YYYY-MM-DD')`,
  numberText: (number) => `(CASE WHEN ${number} = 0 THEN '0' WHEN abs(${number}) >= 1e-6 AND abs(${number}) < 1e21 THEN CAST(CAST(CAST(CAST(${number} AS double precision) AS text) AS numeric) AS text) ELSE regexp_replace(CAST(CAST(${number} AS double precision) AS text), 'e([+-])0', 'e\\1') END)`,
  textOf: (column) => `(${column}) COLLATE "C"`,
  trunc: (number) => `trunc(${number})`,
  jsonText: (text) => `CAST(to_json(${text}) AS text)`,
  joinTexts: (texts) => `array_to_string(ARRAY[${texts.join(", ")}], ',')`,
  listText: (list) => `array_to_string(${list}, ',')`,
  constantList: (values) => `CAST(ARRAY[${values.map((value) => value ?? "NULL").join(", ")}] AS integer[])`,
  elementAt: (list, place) => `(${list})[${place}]`,
  // Over an empty list ANY is false even for NULL.
  contains: (list, value) => `(CASE WHEN ${value} IS NOT NULL THEN ${value} = ANY(${list}) END)`,
  listLength: (list) => `cardinality(${list})`,
  matches: (text, pattern) => `(${text} ~ ${pattern})`,
  octets: (text) => `octet_length(${text})`,
  hasNul: () => "FALSE",
  barrier: "OFFSET 0",
  // 1,664 is the limit of a target list.
  maxColumns: 1600,
  materialized: "MATERIALIZED",
  items: {
    kind: "lateral",
    elements: (list, alias, name) => `unnest(${list}) AS ${alias}(${quoted(name)})`,
    aggregate(kind: SqlAggregate, value, order) {
      const inOrder = order === "" ? "" : ` ORDER BY ${order}`;
      switch (kind) {
        case "any":
          return `bool_or(${value})`;
        case "count":
          return `CAST(count(${value}) AS integer)`;
        case "distinct":
          return `CAST(count(DISTINCT ${value}) AS integer)`;
        case "sum":
          return `sum(${value})`;
        case "sumOfDoubles":
          return `sum(${value}${inOrder})`;
        case "min":
          return `min(${value})`;
        case "max":
          return `max(${value})`;
        case "join":
          return `string_agg(${value}, ''${inOrder})`;
      }
    },
  },
});
