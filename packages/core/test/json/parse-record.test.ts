import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRecord } from "../../src/json/parse-record.js";

describe("parseRecord", () => {
  it.each([
    ["no JSON", "{", "JSON_SYNTAX", ""],
    ["empty", "", "JSON_SYNTAX", ""],
    ["two values", "{}{}", "JSON_SYNTAX", ""],
    ["a list", "[1]", "TYPE_INVALID", ""],
    ["null", "null", "TYPE_INVALID", ""],
    ["text", '"a"', "TYPE_INVALID", ""],
    ["same key", '{"id":"1","id":"2"}', "DUPLICATE_KEY", "/id"],
    ["same key deep", '{"a":[{"x":1},{"b":":,","x":{"y":1,"z":2,"y":3}}]}', "DUPLICATE_KEY", "/a/1/x/y"],
    ["same key, escaped", '{"id":1,"i\\u0064":2}', "DUPLICATE_KEY", "/id"],
    ["__proto__", '{"a":{"__proto__":{"x":1}}}', "KEY_FORBIDDEN", "/a/__proto__"],
    ["__proto__, escaped", '{"__pr\\u006fto__":1}', "KEY_FORBIDDEN", "/__proto__"],
    ["constructor", '{"constructor":1}', "KEY_FORBIDDEN", "/constructor"],
    ["prototype", '{"x":[{"prototype":1}]}', "KEY_FORBIDDEN", "/x/0/prototype"],
    ["Infinity", '{"a":[0,1e400]}', "NUMBER_INVALID", "/a/1"],
    ["minus Infinity", '{"a":-1e999}', "NUMBER_INVALID", "/a"],
    ["2^53", '{"a":9007199254740992}', "NUMBER_INVALID", "/a"],
    ["20 digits", '{"id":12345678901234567890}', "NUMBER_INVALID", "/id"],
    ["half character, escaped", '{"name":"\\ud83d"}', "TEXT_INVALID", "/name"],
    ["half character, raw", '{"name":"\udc00"}', "TEXT_INVALID", "/name"],
    ["half character in a key", '{"a":{"\\udfff":1}}', "TEXT_INVALID", "/a"],
    ["17 levels", '{"a":'.repeat(17) + "1" + "}".repeat(17), "TOO_DEEP", "/a".repeat(16)],
    ["200,000 brackets", '{"a":' + "[".repeat(200_000), "TOO_DEEP", "/a" + "/0".repeat(15)],
  ])("%s", (_name, json, code, pointer) => {
    expect(parseRecord(json)).toEqual({ code, pointer });
  });

  it.each([
    ["16 levels", '{"a":'.repeat(16) + "1" + "}".repeat(16)],
    ["brackets and colons in text", '{"a":"{[:\\"::[[{","b\\\\":":"}'],
    ["pairs of surrogates", '{"a":"\\ud83d\\ude00","b":"😀","c":"𠮷"}'],
    ["edge numbers", '{"a":9007199254740991,"b":-9007199254740991,"c":0.1,"d":-0}'],
    ["names of Object.prototype", '{"toString":1,"hasOwnProperty":2,"valueOf":{}}'],
  ])("accepts %s", (_name, json) => {
    expect(parseRecord(json)).toEqual({ value: JSON.parse(json) });
  });

  it("gives exactly what JSON.parse gives on honest records", () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true }).filter((v) => {
      const text = JSON.stringify(v);
      return !/__proto__|"constructor"|"prototype"|\d{16}|e\+/.test(text) && !/\\ud[89a-f]/.test(text);
    });
    fc.assert(
      fc.property(value, (record) => {
        const json = JSON.stringify(record);
        expect(parseRecord(json)).toEqual({ value: JSON.parse(json) });
      }),
      { numRuns: 500 },
    );
  });

  it("finds a repeated key wherever it stands", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer()), { maxLength: 8 }), (members) => {
        const json = `{"list":[{${members.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(",")}}]}`;
        const names = members.map(([k]) => k);
        const result = parseRecord(json);
        fc.pre(!names.some((name) => ["__proto__", "constructor", "prototype"].includes(name)));
        expect("code" in result).toBe(new Set(names).size !== names.length);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      const result = parseRecord(text);
      expect("code" in result || typeof result.value === "object").toBe(true);
    }));
  });
});
