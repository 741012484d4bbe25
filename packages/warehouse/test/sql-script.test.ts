import { expect, test } from "vitest";
import { readSqlScript } from "../src/source/sql-script.js";

test.each<[string, string, string[]]>([
  ["one statement", "SELECT 1", ["1 SELECT 1"]],
  ["nothing", " -- only words\n/* more */ ;; ", []],
  ["semicolons inside texts, names and comments", `SELECT ';' ; -- a;b\nSELECT ";" /* ; /* ; */ ; */ FROM t;`, ["1 SELECT ';'", `2 SELECT ";" /* ; /* ; */ ; */ FROM t`]],
  ["doubled and escaped quotes", `SELECT 'a''; b' ; SELECT E'a\\'; b', 'a\\'; SELECT 2`, ["1 SELECT 'a''; b'", `1 SELECT E'a\\'; b', 'a\\'`, "1 SELECT 2"]],
  ["dollar quotes", "SELECT $$;'$$, $x$ $$;$x$;\n\nSELECT $1", ["1 SELECT $$;'$$, $x$ $$;$x$", "3 SELECT $1"]],
  ["a text that never ends", "SELECT 'a; b", ["1 SELECT 'a; b"]],
  ["a comment that never ends", "SELECT 1 /* ; ", ["1 SELECT 1"]],
])("statements: %s", (_what, sql, expected) => {
  expect(readSqlScript(sql).statements.map(({ line, text }) => `${line} ${text}`)).toEqual(expected);
});

test.each<[string, string, string[]]>([
  ["where they stand", "SELECT getvariable('a'),\n  GetVariable ( 'b' )", ["a 1:8", "b 2:3"]],
  ["once, whatever their case", "SELECT getvariable('a'), getvariable('A')", ["a 1:8"]],
  ["not in comments and texts", "-- getvariable('a')\nSELECT 'getvariable(''b'')' /* getvariable('c') */", []],
  ["not those that the script sets", `SET VARIABLE x = 1; SET variable "Y" = 2; SELECT getvariable('x'), getvariable('y'), getvariable('z')`, ["z 1:86"]],
  ["not a name that is computed", "SELECT getvariable(a), getvariable", []],
])("variables: %s", (_what, sql, expected) => {
  expect(readSqlScript(sql).variables.map(({ name, line, column }) => `${name} ${line}:${column}`)).toEqual(expected);
});
