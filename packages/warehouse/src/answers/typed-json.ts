import type { Catalogue, Field } from "@evertend/core";
import { isLooseJson } from "../source/loose-json.js";
import { identifier, literal } from "../source/sql-text.js";
import { civilDayOfText, dateOfText } from "./civil-day.js";
import { columnType } from "./column-type.js";
import type { TypedCells } from "./typed-columns.js";

type Tree = Map<string, Tree | undefined>;

/** Most bytes of a record that core reads at all. */
const longestRecord = 4 * 1024 * 1024;

/**
 * Reads records that are JSON text as the model wants them, over `r` with the columns that `parsedJson` makes. A value whose type is not the model's
 * becomes NULL and its record odd; so does a record that core may refuse for its JSON: a key twice, a reserved key,
 * escapes, numbers that no double holds, objects where the model has none.
 */
export function typedJson(model: Catalogue): TypedCells {
  const own = tree([...model.fields.keys(), ...model.collections.keys()]);
  const odd = [`r.t IS NULL`, ...oddObject("r.t", own, "k")];
  const cells: { name: string; sql: string }[] = [];
  const leafOf = (name: string): string => ["r.j", ...name.split(".").map(identifier)].join(".");
  for (const field of model.fields.values()) {
    const leaf = leafOf(field.name);
    const value = leafValue(leaf, field, model.zone);
    cells.push({ name: field.name, sql: value });
    odd.push(`(${leaf} IS NOT NULL AND ${value} IS NULL)`);
  }
  for (const { name, fields } of model.collections.values()) {
    const leaf = leafOf(name);
    const inner = tree(fields.keys());
    const items = `json_transform(${leaf}, '["JSON"]')`;
    const read = `list_transform(${items}, lambda i: json_transform(i, ${literal(JSON.stringify(structure(inner)))}))`;
    const valueOf = (field: Field): string => leafValue(["o", ...field.name.split(".").map(identifier)].join("."), field, model.zone);
    cells.push({ name, sql: `(CASE WHEN json_type(${leaf}) = 'ARRAY' THEN list_transform(${read}, lambda o: struct_pack(${[...fields.values()].map((field) => `${identifier(field.name)} := ${valueOf(field)}`).join(", ")})) END)` });
    const wrong = [...fields.values()].map((field) => `(${["o", ...field.name.split(".").map(identifier)].join(".")} IS NOT NULL AND ${valueOf(field)} IS NULL)`);
    odd.push(
      `(${leaf} IS NOT NULL AND json_type(${leaf}) <> 'ARRAY')`,
      `len(list_filter(${items}, lambda i: i IS NULL OR json_type(i) <> 'OBJECT' OR ${oddObject("i", inner, "k").join(" OR ")})) > 0`,
      `len(list_filter(${read}, lambda o: ${wrong.join(" OR ")})) > 0`,
    );
  }
  return { cells, odd };
}

/** A relation with the columns of `from`, the text `t` (NULL where core might refuse it as JSON), and its values `j`. */
export function parsedJson(model: Catalogue, json: string, from: string): string {
  const text = `CASE WHEN json_valid(text) AND strlen(text) <= ${longestRecord} AND NOT ${isRefused("text")} AND NOT ${isLooseJson("text")} THEN text END AS t`;
  const own = tree([...model.fields.keys(), ...model.collections.keys()]);
  return `(SELECT *, json_transform(t, ${literal(JSON.stringify(structure(own)))}) AS j FROM (SELECT * EXCLUDE (text), ${text} FROM (SELECT *, ${json} AS text FROM ${from})))`;
}

/** Objects on the way to values, as core sees them. */
function tree(names: Iterable<string>): Tree {
  const root: Tree = new Map();
  for (const name of names) {
    let node = root;
    const steps = name.split(".");
    for (const step of steps.slice(0, -1)) {
      const next = node.get(step) ?? new Map<string, Tree | undefined>();
      node.set(step, next);
      node = next;
    }
    node.set(steps.at(-1) as string, undefined);
  }
  return root;
}

/** The structure that `json_transform` takes: what is inside of a value is left for later. */
function structure(node: Tree): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...node].map(([key, inner]) => [key, inner ? structure(inner) : "JSON"]));
}

/**
 * Whether core would refuse a text that is JSON, or might: reserved keys, escapes that may hide what is checked here, and
 * numbers with many digits or an exponent, which JSON.parse may round.
 */
function isRefused(text: string): string {
  return `(contains(${text}, '\\u') OR regexp_matches(${text}, '"(__proto__|constructor|prototype)"') OR regexp_matches(${text}, '[:\\[,]\\s*-?([0-9]{16}|[0-9.]+[eE])'))`;
}

/** What is odd about the keys of an object: one twice, one that the model does not know and that holds more than a value, no object where one belongs. */
function oddObject(value: string, node: Tree, variable: string, path = ""): string[] {
  const at = path === "" ? value : `${value}, ${literal(path)}`;
  const keys = `json_keys(${at})`;
  const known = `[${[...node.keys()].map(literal).join(", ")}]`;
  const pointer = `${literal(`${path}/`)} || replace(replace(${variable}, '~', '~0'), '/', '~1')`;
  const here = [
    `len(${keys}) <> len(list_distinct(${keys}))`,
    `len(list_filter(${keys}, lambda ${variable}: ${variable} = '' OR (NOT list_contains(${known}, ${variable}) AND json_type(${value}, ${pointer}) IN ('OBJECT', 'ARRAY')))) > 0`,
  ];
  const inner = [...node].flatMap(([key, below]) => {
    if (!below) return [];
    const place = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return [`json_type(${value}, ${literal(place)}) NOT IN ('OBJECT', 'NULL')`, ...oddObject(value, below, variable, place)];
  });
  return [...here, ...inner].map((one) => `COALESCE(${one}, FALSE)`);
}

/** SQL for the value of a JSON leaf; NULL where it is absent or of another type. */
function leafValue(leaf: string, field: Field, zone: string): string {
  switch (field.type) {
    case "number":
      // Adding nought makes one of both noughts.
      return `(CASE WHEN json_type(${leaf}) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN CAST(${leaf} AS DOUBLE) + 0 END)`;
    case "boolean":
      return `(CASE WHEN json_type(${leaf}) = 'BOOLEAN' THEN CAST(${leaf} AS BOOLEAN) END)`;
    case "text":
      return textOf(leaf);
    case "date":
      return field.format === "date-time" ? civilDayOfText(textOf(leaf), zone) : dateOfText(textOf(leaf));
    case "list": {
      const items = `json_transform(${leaf}, '["JSON"]')`;
      const kinds = field.elementType === "number" ? "('UBIGINT', 'BIGINT', 'DOUBLE')" : "('VARCHAR')";
      const element = field.elementType === "number" ? "CAST(e AS DOUBLE)" : "e ->> '$'";
      return `(CASE WHEN json_type(${leaf}) = 'ARRAY' AND len(list_filter(${items}, lambda e: e IS NULL OR json_type(e) NOT IN ${kinds})) = 0 THEN CAST(list_transform(${items}, lambda e: ${element}) AS ${columnType(field)}) END)`;
    }
  }
}

function textOf(leaf: string): string {
  return `(CASE WHEN json_type(${leaf}) = 'VARCHAR' THEN ${leaf} ->> '$' END)`;
}
