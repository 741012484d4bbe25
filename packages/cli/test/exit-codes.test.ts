import { afterAll, beforeAll, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { smallPack } from "./small-pack.js";

let bench: Bench;
beforeAll(() => {
  bench = openBench();
  for (const [name, json] of Object.entries(smallPack)) bench.write(`broken/${name}`, JSON.stringify(json).replace('["grade","="', '["grad","="'));
  bench.write("typo/pack.json", '{ "pack": ');
  bench.write("cut.ndjson", '{"customerId":"1","assets":1}\n{"customerId":"2","ass');
  bench.write("customers.txt", "");
  bench.write("file", "");
  bench.write("source.sql", "SELECT getvariable('who') AS \"customerId\"");
  bench.write("bad-config.json", '{ "pakc": "pack" }');
  bench.write("secret.json", '{ "channels": { "email": { "host": "mail.example.com", "port": 587, "from": { "address": "a@example.com" }, "auth": { "user": "u", "password": "hunter2" } } } }');
  bench.write("no-channel.json", '{ "channels": { "pigeon": {} } }');
});
afterAll(() => bench.remove());

const usual = ["pack", "--source", "customers.ndjson", "--as-of", "2026-03-01", "--out", "out"];
const replaced = (at: number, value: string): string[] => usual.map((part, i) => (i === at ? value : part));

test.each<[string, number, string, readonly string[]]>([
  ["a run", 0, "", ["run", ...usual]],
  ["help", 0, "", ["run", "--help"]],
  ["help in Chinese", 0, "", ["run", "--help", "--lang", "zh-CN"]],
  ["the version", 0, "", ["--version"]],
  ["an error in the pack", 1, "FACT_UNKNOWN", ["run", ...replaced(0, "broken")]],
  ["a pack that is no JSON", 1, "JSON_SYNTAX", ["run", ...replaced(0, "typo")]],
  ["a parameter out of type", 1, "TYPE_MISMATCH", ["run", ...usual, "--param", "wealthyFrom=much"]],
  ["no pack there", 2, "FILE_NOT_FOUND", ["run", ...replaced(0, "nowhere")]],
  ["no source there", 2, "FILE_NOT_FOUND", ["run", ...replaced(2, "nowhere.ndjson")]],
  ["a source of another kind", 2, "SOURCE_INVALID", ["run", ...replaced(2, "customers.txt")]],
  ["a source that is cut off", 2, "SOURCE_TRUNCATED", ["run", ...replaced(2, "cut.ndjson")]],
  ["no such day", 2, "AS_OF_INVALID", ["run", ...replaced(4, "2026-02-30")]],
  ["no such instant", 2, "AT_INVALID", ["run", ...usual, "--at", "2026-03-01T09:00:00"]],
  ["out is a file", 2, "OUTPUT_UNWRITABLE", ["run", ...replaced(6, "file")]],
  ["state is a file", 2, "", ["run", ...usual, "--state", "file"]],
  ["an unknown parameter", 2, "PARAMETER_UNKNOWN", ["run", ...usual, "--param", "wealthyForm=1"]],
  ["a parameter in another case", 2, "PARAMETER_UNKNOWN", ["run", ...usual, "--param", "WealthyFrom=1"]],
  ["a parameter without value", 2, "USAGE", ["run", ...usual, "--param", "wealthyFrom"]],
  ["a parameter twice", 2, "USAGE", ["run", ...usual, "--param", "wealthyFrom=1", "--param", "wealthyFrom=2"]],
  ["a variable that is missing", 2, "VARIABLE_MISSING", ["run", ...replaced(2, "source.sql")]],
  ["a variable that nobody reads", 2, "PARAMETER_UNKNOWN", ["run", ...replaced(2, "source.sql"), "--param", "who=1", "--param", "whom=2"]],
  ["a variable that is read", 0, "", ["run", ...replaced(2, "source.sql"), "--param", "who=1"]],
  ["an unknown option", 2, "USAGE", ["run", ...usual, "--fast"]],
  ["an option that is missing", 2, "USAGE", ["run", "pack", "--source", "customers.ndjson", "--out", "out"]],
  ["an unknown context collection", 2, "UNKNOWN_REFERENCE", ["run", ...usual, "--context", "products=products.json"]],
  ["a language that there is not", 2, "USAGE", ["run", ...usual, "--lang", "fr"]],
  ["an unknown key in the project", 2, "UNKNOWN_KEY", ["run", ...usual, "--config", "bad-config.json"]],
  ["a secret written out", 2, "SECRET_LITERAL", ["run", ...usual, "--config", "secret.json"]],
  ["settings of an unknown channel", 2, "UNKNOWN_REFERENCE", ["run", ...usual, "--config", "no-channel.json"]],
  ["a project that is not there", 2, "FILE_NOT_FOUND", ["run", ...usual, "--config", "nowhere.json"]],
  ["sending without state", 2, "USAGE", ["run", ...usual, "--send"]],
])("%s ends with %i", async (_what, code, says, argv) => {
  const ended = await bench.run(argv);
  expect({ code: ended.code, says: ended.stderr.includes(says) }).toEqual({ code, says: true });
  // No stack trace, no secret.
  expect(ended.stderr).not.toMatch(/^\s+at .+:\d+:\d+/mu);
  expect(ended.stderr).not.toContain("hunter2");
  expect(ended.stderr === "").toBe(code === 0);
});

test("findings come as JSON where asked for", async () => {
  const ended = await bench.run(["run", ...replaced(0, "broken"), "--format", "json"]);
  const findings = JSON.parse(ended.stdout) as Record<string, unknown>[];
  expect(ended.code).toBe(1);
  expect(findings.map(({ code }) => code)).toContain("FACT_UNKNOWN");
  expect(Object.keys(findings[0] ?? {}).sort()).toEqual(["code", "column", "file", "hint", "line", "message", "pointer", "severity"]);
});
