import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DiagnosticCode } from "../../src/diagnostics/codes.js";
import { Findings } from "../../src/diagnostics/findings.js";
import { parseJson } from "../../src/json/parse-json.js";
import { joinPointer, splitPointer } from "../../src/json/pointer.js";

function parsed(text: string, limits?: { bytes?: number; depth?: number }) {
  const findings = new Findings();
  const document = parseJson("pack.json", text, findings, limits);
  return { document, found: findings.list.map((d) => `${d.code} ${d.line}:${d.column} ${d.pointer}`) };
}

describe("parseJson on bad input", () => {
  const table: readonly (readonly [string, string, DiagnosticCode, string])[] = [
    ["trailing comma", '{\n  "a": [1,\n  ]}', "JSON_SYNTAX", "3:3 "],
    ["single quotes", "{'a': 1}", "JSON_SYNTAX", "1:2 "],
    ["comment", '{ // no\n "a": 1}', "JSON_SYNTAX", "1:3 "],
    ["cut off", '{"a": [1, 2', "JSON_SYNTAX", "1:12 "],
    ["cut off after a key", '{"a"', "JSON_SYNTAX", "1:5 "],
    ["no comma", '{"a": 1 "b": 2}', "JSON_SYNTAX", "1:9 "],
    ["a value after the end", "{} 1", "JSON_SYNTAX", "1:4 "],
    ["cut off inside text", '{"a": "x', "JSON_SYNTAX", "1:9 "],
    ["empty", "", "JSON_SYNTAX", "1:1 "],
    ["blank", " \n\t", "JSON_SYNTAX", "1:1 "],
    ["two values", "{} {}", "JSON_SYNTAX", "1:4 "],
    ["NaN", '{"a": NaN}', "JSON_SYNTAX", "1:7 "],
    ["leading zero", '{"a": 01}', "JSON_SYNTAX", "1:7 "],
    ["raw line break in text", '{"a": "x\ny"}', "JSON_SYNTAX", "1:9 "],
    ["raw NUL in text", '{"a": "x\u0000"}', "JSON_SYNTAX", "1:9 "],
    ["half a character", '{"a": "\\ud83d"}', "JSON_SYNTAX", "1:7 /a"],
    ["same key", '{\n "a": 1,\n "a": 2}', "DUPLICATE_KEY", "3:2 /a"],
    ["same key, escaped", '{"a": 1, "\\u0061": 2}', "DUPLICATE_KEY", "1:10 /a"],
    ["__proto__", '{"x": {"__proto__": {"admin": true}}}', "RESERVED_NAME", "1:8 /x/__proto__"],
    ["constructor", '{"constructor": 1}', "RESERVED_NAME", "1:2 /constructor"],
    ["prototype", '[{"prototype": 1}]', "RESERVED_NAME", "1:3 /0/prototype"],
    ["1e400", '{"a": 1e400}', "NUMBER_RANGE", "1:7 /a"],
    ["-1e400", '{"a": -1e400}', "NUMBER_RANGE", "1:7 /a"],
    ["1e-400", '{"a": 1e-400}', "NUMBER_RANGE", "1:7 /a"],
    ["1e20", '{"a": 1e20}', "NUMBER_RANGE", "1:7 /a"],
    ["20 digits", '{"id": 12345678901234567890}', "ID_MUST_BE_STRING", "1:8 /id"],
    ["2^53", '{"id": 9007199254740992}', "ID_MUST_BE_STRING", "1:8 /id"],
    ["400 digits", `{"id": ${"9".repeat(400)}}`, "ID_MUST_BE_STRING", "1:8 /id"],
    ["Cyrillic е in when", '{"wh\u0435n": []}', "CONFUSABLE_NAME", "1:2 /wh\u0435n"],
    ["Greek ο in to", '{"t\u03bf": []}', "CONFUSABLE_NAME", "1:2 /t\u03bf"],
    ["all look-alikes", '{"\u0430\u0441\u0435": []}', "CONFUSABLE_NAME", "1:2 /\u0430\u0441\u0435"],
    ["full-width", '{"\uff57\uff48\uff45\uff4e": []}', "CONFUSABLE_NAME", "1:2 /\uff57\uff48\uff45\uff4e"],
    ["zero-width space", '{"wh\u200ben": []}', "CONFUSABLE_NAME", "1:2 /wh\u200ben"],
    ["bidi override", '{"\u202ewhen": []}', "CONFUSABLE_NAME", "1:2 /\u202ewhen"],
    ["byte order mark inside", '{"a\ufeff": []}', "CONFUSABLE_NAME", "1:2 /a\ufeff"],
    ["Hangul filler", '{"a\u3164": []}', "CONFUSABLE_NAME", "1:2 /a\u3164"],
    ["unassembled accent", '{"cafe\u0301": []}', "CONFUSABLE_NAME", "1:2 /cafe\u0301"],
    ["25 levels", "[".repeat(25) + "]".repeat(25), "TOO_DEEP", "1:25 " + "/0".repeat(24)],
    ["too deep below a key", `{"a/b": ${"[".repeat(24)}`, "TOO_DEEP", "1:32 /a~1b" + "/0".repeat(23)],
  ];
  it.each(table)("%s", (_name, text, code, place) => {
    expect(parsed(text).found).toContain(`${code} ${place}`);
    expect(parsed("\uFEFF" + text).found).toEqual(parsed(text).found);
  });

  it("reports everything at once", () => {
    const { found, document } = parsed('{"a": 1e400, "a": 2, "__proto__": 3, "id": 99999999999999999999, "k": {"t\u0435": 1}}');
    expect(found.map((f) => f.split(" ")[0])).toEqual(["NUMBER_RANGE", "DUPLICATE_KEY", "RESERVED_NAME", "ID_MUST_BE_STRING", "CONFUSABLE_NAME"]);
    expect(Object.getPrototypeOf(document?.value)).toBe(Object.prototype);
    expect(Object.keys(document?.value as object)).toEqual(["a", "id", "k"]);
  });

  it.each([
    ["20,000 brackets", "[".repeat(20_000)],
    ["20,000 objects", '{"a":'.repeat(20_000)],
    ["a bracket bomb inside text is no depth", JSON.stringify({ a: "[".repeat(20_000) })],
    ["200,000 quotes", '"'.repeat(200_000)],
    ["200,000 backslashes", '"' + "\\".repeat(200_000)],
  ])("%s: answers quickly", (_name, text) => {
    const started = performance.now();
    parsed(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("limits size in bytes, not characters", () => {
    expect(parsed(JSON.stringify("常".repeat(90_000))).found).toEqual(["FILE_TOO_LARGE 1:1 "]);
    expect(parsed(JSON.stringify("a".repeat(90_000))).found).toEqual([]);
    expect(parsed('"12345678"', { bytes: 9 }).found).toEqual(["FILE_TOO_LARGE 1:1 "]);
    expect(parsed('"1234567"', { bytes: 9 }).found).toEqual([]);
    expect(parsed('"😀"', { bytes: 6 }).found).toEqual([]);
  });

  it("lets honest names pass", () => {
    const names = ["when", "客户等级", "客户tier", "VIP客户", "дата", "Δ", "λ", "straße", "café", "日期２", "$schema", "a/b~c", "emoji 😀", "", "toString", "hasOwnProperty", "（备注）"];
    const { found, document } = parsed(JSON.stringify(Object.fromEntries(names.map((name, i) => [name, i]))));
    expect(found).toEqual([]);
    expect(Object.keys(document?.value as object)).toEqual(names);
  });
});

describe("JsonDocument", () => {
  const text = '{\r\n  "rules": [\n    { "id": "x", "a/b": 1 },\r    true\n  ]\n}';
  const { document } = parsed(text);

  it.each([
    ["", 1, 1, 1, 1],
    ["/rules", 2, 12, 2, 3],
    ["/rules/0", 3, 5, 3, 5],
    ["/rules/0/id", 3, 13, 3, 7],
    ["/rules/0/a~1b", 3, 25, 3, 18],
    ["/rules/1", 4, 5, 4, 5],
    ["/rules/0/none/deeper", 3, 5, 3, 5],
    ["/none", 1, 1, 1, 1],
  ])("knows where %s stands", (pointer, line, column, keyLine, keyColumn) => {
    expect(document?.place(pointer)).toEqual({ file: "pack.json", pointer, line, column });
    expect(document?.keyPlace(pointer)).toEqual({ file: "pack.json", pointer, line: keyLine, column: keyColumn });
  });
});

describe("parseJson laws", () => {
  it("agrees with JSON.parse on honest documents", () => {
    const safe = fc.jsonValue({ maxDepth: 5, noUnicodeString: true }).filter((v) => !/e[+-]\d|__proto__|"constructor"|"prototype"|\d{16}/.test(JSON.stringify(v)));
    fc.assert(
      fc.property(safe, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { document, found } = parsed(text);
        expect(found.filter((f) => !f.startsWith("CONFUSABLE_NAME"))).toEqual([]);
        expect(document?.value).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  const plain = fc.jsonValue({ maxDepth: 4, noUnicodeString: true }).filter((v) => !/e[+-]\d|__proto__|"constructor"|"prototype"|\d{16}/.test(JSON.stringify(v)));

  it.each<[string, DiagnosticCode]>([
    ['{"a":0,"a":0}', "DUPLICATE_KEY"], ['{"a":{"b":1,"\\u0062":1}}', "DUPLICATE_KEY"], ["1e-400", "NUMBER_RANGE"], [`-0.${"0".repeat(400)}1`, "NUMBER_RANGE"], ["1e400", "NUMBER_RANGE"],
    ["9007199254740993", "ID_MUST_BE_STRING"], ['{"__proto__":0}', "RESERVED_NAME"], ['{"\u0430\u0441\u0435":0}', "CONFUSABLE_NAME"], ['"\\udc00"', "JSON_SYNTAX"],
  ])("finds %s among anything good", (bad, code) => {
    fc.assert(fc.property(plain, plain, (before, after) => {
      const { found } = parsed(`[0, ${JSON.stringify(before)}, ${bad}, 0.5, ${JSON.stringify(after)}]`);
      expect(found.filter((f) => f.startsWith(`${code} 1:`) && / \/2(\/|$)/.test(f))).toHaveLength(1);
    }), { numRuns: 50 });
  });

  it.each(["-0", "0.0", "-0.0", "0e5", "0E-3", "-0e1", "0"])("reads %s as nought", (text) => {
    const { document, found } = parsed(`{"a": [0, ${text}], "b": ${text}}`);
    expect(found).toEqual([]);
    expect(document?.value).toEqual({ a: [0, 0], b: 0 });
  });

  it("knows where every value of a good document stands", () => {
    fc.assert(fc.property(plain, fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const lines = text.split("\n");
      const { document } = parsed(text);
      const offset = ({ line, column }: { readonly line: number; readonly column: number }): number => lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
      const visit = (one: unknown, pointer: string): void => {
        const at = document?.place(pointer);
        expect(at).toMatchObject({ file: "pack.json", pointer });
        const rest = text.slice(at ? offset(at) : -1);
        if (typeof one !== "object" || one === null) expect(rest.startsWith(JSON.stringify(one))).toBe(true);
        else {
          expect(rest[0]).toBe(Array.isArray(one) ? "[" : "{");
          for (const [key, inner] of Object.entries(one)) visit(inner, joinPointer(pointer, Array.isArray(one) ? Number(key) : key));
        }
      };
      visit(JSON.parse(text), "");
    }), { numRuns: 200 });
  });

  it("accepts nothing that JSON.parse refuses and never throws", () => {
    const pieces = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", "0", ".", "e", "true", "null", "\\", "\n", " ", "\u0000", "\ufeff", "/*", "'", "\\u12"), { maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(pieces.map((p) => p.join("")), fc.string({ unit: "binary" })), (text) => {
        const { document, found } = parsed(text);
        let valid = true;
        try {
          JSON.parse(text.replace(/^\ufeff/, ""));
        } catch {
          valid = false;
        }
        if (!valid) {
          expect(document).toBeUndefined();
          expect(found).toHaveLength(1);
        } else expect(document).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });
});

describe("pointers", () => {
  it("split what join joins", () => {
    fc.assert(fc.property(fc.array(fc.string()), (names) => {
      expect(splitPointer(joinPointer("", ...names))).toEqual(names);
    }));
    expect(joinPointer("/rules/0", "a/b", 1, "c~d")).toBe("/rules/0/a~1b/1/c~0d");
  });
});
