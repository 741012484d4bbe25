import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/json/canonical-json.js";
import { sha256Hex } from "../../src/json/hash.js";

describe("canonicalJson", () => {
  it("sorts keys by UTF-16 unit and leaves out undefined", () => {
    expect(canonicalJson({ b: 1, a: [true, null, { z: "常", y: undefined }], "10": 1, "9": -0, B: 2 })).toBe('{"10":1,"9":0,"B":2,"a":[true,null,{"z":"常"}],"b":1}');
  });

  it("does not depend on the order of keys and keeps the value", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
        fc.pre(!JSON.stringify(value).includes("__proto__"));
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([[() => 1], [NaN], [Infinity], [undefined], [new Date(0)], [new Map()], [1n], [Symbol("x")]])("throws for %s", (value) => {
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
  });

  it("throws for a cycle", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(() => canonicalJson(cycle)).toThrow(TypeError);
  });
});

describe("sha256Hex", () => {
  it("is SHA-256 of the UTF-8 bytes", () => {
    expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(sha256Hex(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
    }));
  });
});
