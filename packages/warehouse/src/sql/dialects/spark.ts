import { defineSqlDialect, type SqlAggregate, type SqlType } from "../sql-dialect.js";

const date = (number: string): string => `date_from_unix_date(${number})`;
const types: Readonly<Record<SqlType | "exact", string>> = { text: "STRING", number: "DOUBLE", boolean: "BOOLEAN", day: "INT", exact: "DECIMAL(38, 0)" };
const quoted = (name: string): string => `\`${name.replaceAll("`", "``")}\``;
// Without a quote inside, whoever reads the statement needs to know nothing of escapes.
const literal = (text: string): string => `'${text.replaceAll("\\", "\\u005c").replaceAll("'", "\\u0027")}'`;
const struct = (fields: readonly (readonly [name: string, value: string])[]): string => `named_struct(${fields.map(([name, value]) => `${literal(name)}, ${value}`).join(", ")})`;
const added = (list: string, type: string): string => `aggregate(${list}, CAST(NULL AS ${type}), (sum, one) -> CASE WHEN one IS NULL THEN sum ELSE CAST(COALESCE(sum, CAST(0 AS ${type})) + one AS ${type}) END)`;
// A double is written by Java with a point or an exponent; by way of a decimal it has neither more than it needs.
const numberText = (number: string): string => `(CASE WHEN FLOOR(${number}) = ${number} AND ABS(${number}) < 1e18 THEN CAST(CAST(${number} AS BIGINT) AS STRING) WHEN ABS(${number}) >= 1e-6 AND ABS(${number}) < 1e18 THEN regexp_replace(CAST(CAST(CAST(${number} AS STRING) AS DECIMAL(38, 18)) AS STRING), '0+$', '') ELSE regexp_replace(lower(CAST(${number} AS STRING)), '([.]0)?e([0-9])', 'e+$2') END)`;

/** Spark 3.5 and 4, with `spark.sql.caseSensitive` on. Parameters are named `p1`, `p2`, … */
export const spark = defineSqlDialect({
  id: "spark",
  types,
  identifier: quoted,
  parameter: (index, type) => `CAST(:p${index} AS ${types[type]})`,
  dayOfDate: (column) => `unix_date(CAST(${column} AS DATE))`,
  addMonths: (from, months) => `unix_date(add_months(${date(from)}, ${months}))`,
  yearOf: (number) => `year(${date(number)})`,
  monthOf: (number) => `month(${date(number)})`,
  dayOfMonth: (number) => `dayofmonth(${date(number)})`,
  isoText: (number) => `date_format(${date(number)}, 'yyyy-MM-dd')`,
  numberText,
  textOf: (column) => column,
  trunc: (number) => `(CASE WHEN ${number} < 0 THEN CEIL(${number}) ELSE FLOOR(${number}) END)`,
  jsonText: (text) => `(CASE WHEN ${text} IS NOT NULL THEN regexp_replace(substring(to_json(named_struct('v', ${text})), 6), '[}]$', '') END)`,
  joinTexts: (texts) => `concat_ws(',', ${texts.join(", ")})`,
  listText: (list, elements) => `array_join(${elements === "text" ? list : `transform(${list}, one -> ${numberText("one")})`}, ',')`,
  constantList: (values) => `CAST(array(${values.map((value) => value ?? "NULL").join(", ")}) AS ARRAY<INT>)`,
  elementAt: (list, place) => `get(${list}, ${place} - 1)`,
  contains: (list, value) => `array_contains(${list}, ${value})`,
  listLength: (list) => `size(${list})`,
  // In Java `$` is also before a last line break.
  matches: (text, pattern) => `(${text} <> '' AND regexp_replace(${text}, ${pattern}, '') = '')`,
  octets: (text) => `octet_length(${text})`,
  hasNul: (text) => `contains(${text}, char(0))`,
  barrier: "",
  items: {
    kind: "list",
    transform: (list, variable, body) => `transform(${list}, ${variable} -> ${body})`,
    struct,
    gather: (fields, order) => `transform(array_sort(collect_list(named_struct('place', ${order}, 'item', ${struct(fields)}))), one -> one.item)`,
    aggregate(kind: SqlAggregate, items, variable, body) {
      const list = `transform(${items}, ${variable} -> ${body})`;
      switch (kind) {
        case "any":
          return `exists(${items}, ${variable} -> COALESCE(${body}, FALSE))`;
        case "count":
          return `GREATEST(COALESCE(size(filter(${items}, ${variable} -> (${body}) IS NOT NULL)), 0), 0)`;
        case "distinct":
          return `COALESCE(size(array_distinct(filter(${list}, one -> one IS NOT NULL))), 0)`;
        case "sum":
          return added(list, types.exact);
        case "sumOfDoubles":
          return added(list, types.number);
        case "min":
          return `array_min(${list})`;
        case "max":
          return `array_max(${list})`;
        case "join":
          return `array_join(${list}, '')`;
      }
    },
  },
});
