import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDay } from "../../src/calendar/civil-date.js";
import { readModel } from "../../src/model/read-model.js";
import { longestList } from "../../src/normalise/field-readers.js";
import { generateReader } from "../../src/normalise/generate-reader.js";
import { createNormaliser, recordHash } from "../../src/normalise/normalise-record.js";
import { spotOf } from "../language/spot-of.js";

const { json, spot } = spotOf({
  id: "m", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "ids.customer",
    properties: {
      ids: { type: "object", properties: { customer: { type: "string" } } },
      total: { type: "number", scale: 2, minimum: -10 },
      free: { type: "number" },
      age: { type: "integer", maximum: 150 },
      risk: { type: "number", enum: [1, 2] },
      born: { type: "string", format: "date" },
      seen: { type: "string", format: "date-time" },
      name: { type: "string", maxLength: 5 },
      grade: { type: "string", enum: ["gold"], absent: "none" },
      vip: { type: "boolean" },
      tags: { type: "array", items: { type: "string" } },
      scores: { type: "array", items: { type: "number" } },
      mail: { type: "string", format: "email" },
      phone: { type: "string", format: "phone" },
      zone: { type: "string", format: "time-zone" },
      lunar: { type: "string", format: "lunar-day" },
      loans: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, sum: { type: "number", scale: 2 } } } },
      cards: { type: "array", absent: "none", items: { type: "object", properties: { kind: { type: "string" } } } },
    },
  },
});
const model = readModel(json, spot);
if (!model) throw new Error("the model must be good");
const [generated, closures] = [createNormaliser(model, { generate: true }), createNormaliser(model, { generate: false })];

/** Both ways to read a record say the same, of everything that is read here. */
const normaliser = {
  record(record: unknown): ReturnType<typeof generated.record> {
    const found = closures.record(record);
    expect(generated.record(record)).toStrictEqual(found);
    return found;
  },
};

function read(fields: Readonly<Record<string, unknown>>): ReturnType<typeof normaliser.record> {
  return normaliser.record({ ids: { customer: "1" }, ...fields });
}

function valueOf(name: string, value: unknown): unknown {
  const record = read({ [name]: value });
  return "slots" in record ? record.slots[model?.fields.get(name)?.slot ?? -1] : record.map(({ code, pointer }) => `${code} ${pointer}`).join(", ");
}

describe("values", () => {
  it.each([
    ["total", 0.1, 0.1], ["total", -10, -10], ["total", -0, 0], ["total", 90071992547409.91, 90071992547409.91], ["free", 1e-7, 1e-7], ["age", 0, 0], ["risk", 2, 2],
    ["born", "2024-02-29", parseDay("2024-02-29")], ["seen", "2026-11-22T16:30:00Z", parseDay("2026-11-23")], ["seen", "2026-11-22T16:30:00+09:00", parseDay("2026-11-22")],
    ["name", "", ""], ["name", "张三丰", "张三丰"], ["name", "👍👍", "👍👍"], ["grade", "gold", "gold"], ["vip", false, false],
    ["tags", [], []], ["tags", ["a", "a"], ["a", "a"]], ["scores", [1, 0.5], [1, 0.5]],
    ["mail", "ann+x@mail.example.com", "ann+x@mail.example.com"], ["phone", "+8613800138000", "+8613800138000"], ["zone", "Europe/Prague", "Europe/Prague"], ["lunar", "12-30", "12-30"],
    ["name", null, undefined], ["name", undefined, undefined], ["grade", null, null], ["grade", undefined, null],
  ])("%s %j is read", (name, given, expected) => expect(valueOf(name, given)).toEqual(expected));
});

describe("a record is refused for", () => {
  it.each([
    ["total", 0.001, "SCALE_EXCEEDED /total"], ["total", -10.01, "NUMBER_INVALID /total"], ["total", 90071992547409.92, "NUMBER_INVALID /total"], ["total", "1", "NUMBER_INVALID /total"], ["total", true, "NUMBER_INVALID /total"],
    ["free", Infinity, "NUMBER_INVALID /free"], ["free", NaN, "NUMBER_INVALID /free"], ["free", 2 ** 53, "NUMBER_INVALID /free"], ["age", 1.5, "SCALE_EXCEEDED /age"], ["age", 151, "NUMBER_INVALID /age"], ["risk", 3, "VALUE_UNKNOWN /risk"],
    ["born", "2026-02-29", "DATE_INVALID /born"], ["born", new Date(0), "DATE_INVALID /born"], ["seen", "2026-11-22", "DATE_INVALID /seen"], ["seen", "2026-11-22T10:00:00", "OFFSET_REQUIRED /seen"],
    ["name", "abcdef", "TEXT_INVALID /name"], ["name", "\ud800", "TEXT_INVALID /name"], ["name", "a\u0000", "TEXT_INVALID /name"], ["name", 5, "TYPE_INVALID /name"], ["name", ["a"], "TYPE_INVALID /name"], ["name", { toString: () => "a" }, "TYPE_INVALID /name"],
    ["grade", "Gold", "VALUE_UNKNOWN /grade"], ["vip", 1, "TYPE_INVALID /vip"], ["vip", "true", "TYPE_INVALID /vip"],
    ["tags", "a", "TYPE_INVALID /tags"], ["tags", [1], "TYPE_INVALID /tags"], ["tags", [null], "TYPE_INVALID /tags"], ["tags", ["\udfff"], "TEXT_INVALID /tags"], ["scores", [Infinity], "NUMBER_INVALID /scores"], ["tags", Array.from({ length: longestList + 1 }, () => "a"), "LIST_TOO_LONG /tags"],
    ["mail", "ann", "TEXT_INVALID /mail"], ["mail", "ann@a..b", "TEXT_INVALID /mail"], ["mail", "Ann <ann@example.com>", "TEXT_INVALID /mail"], ["mail", "a@b@c", "ADDRESS_MULTIPLE /mail"], ["mail", "a@b.cc; c@d.ee", "ADDRESS_MULTIPLE /mail"], ["mail", "a@b.cc\nBcc: x", "ADDRESS_CONTROL_CHAR /mail"], ["mail", "a@b.cc\u2028", "ADDRESS_CONTROL_CHAR /mail"],
    ["phone", "13800138000", "PHONE_INVALID /phone"], ["phone", "+0123456789", "PHONE_INVALID /phone"], ["phone", "+86 138 0013 8000", "PHONE_INVALID /phone"], ["phone", "+1234567890123456", "PHONE_INVALID /phone"], ["phone", "+8613800138000;ext=1", "ADDRESS_MULTIPLE /phone"],
    ["zone", "CET", "ZONE_UNKNOWN /zone"],
    ["lunar", "13-01", "LUNAR_DAY_INVALID /lunar"], ["lunar", "02-31", "LUNAR_DAY_INVALID /lunar"], ["lunar", "8-15", "LUNAR_DAY_INVALID /lunar"], ["lunar", "1965-08-15", "LUNAR_DAY_INVALID /lunar"], ["lunar", "08-15\n", "LUNAR_DAY_INVALID /lunar"],
    ["loans", {}, "TYPE_INVALID /loans"], ["loans", [null], "TYPE_INVALID /loans/0"], ["loans", [{ id: "a" }, { id: "b", sum: "1" }], "NUMBER_INVALID /loans/1/sum"], ["loans", [{ sum: 1 }], "ID_MISSING /loans/0/id"], ["loans", [{ id: "a" }, { id: "a" }], "DUPLICATE_ID /loans/1/id"], ["loans", [{ id: 7 }], "ID_MUST_BE_STRING /loans/0/id"],
    ["ids", {}, "ID_MISSING /ids/customer"], ["ids", { customer: 7 }, "ID_MUST_BE_STRING /ids/customer"], ["ids", { customer: "" }, "ID_MISSING /ids/customer"],
  ])("%s %j", (name, given, expected) => expect(valueOf(name, given)).toBe(expected));

  it("an object that is a text, with its id missing for that reason", () => {
    expect(valueOf("ids", "1")).toBe("ID_MISSING /ids/customer, TYPE_INVALID /ids");
  });

  it.each([[null], [[]], ["x"], [7], [true]])("being %j", (record) => {
    expect(normaliser.record(record)).toEqual([{ code: "TYPE_INVALID", pointer: "", field: "" }]);
  });

  it("everything at once", () => {
    const found = read({ total: "x", born: "x", loans: [{ id: "a", sum: 0.001 }] });
    expect("slots" in found ? [] : found.map(({ code }) => code)).toEqual(["NUMBER_INVALID", "DATE_INVALID", "SCALE_EXCEEDED"]);
  });
});

describe("collections", () => {
  it("that are absent are unknown or empty, as the model says", () => {
    const record = read({});
    expect("slots" in record && record.collections).toEqual([undefined, []]);
  });
  it("become items by slot", () => {
    const record = read({ loans: [{ sum: 1.5, id: "a", other: "ignored" }], cards: [{}] });
    expect("slots" in record && record.collections).toEqual([[["a", 1.5]], [[undefined]]]);
  });
});

describe("only own properties are read", () => {
  it("never those of a prototype", () => {
    const record = normaliser.record(Object.assign(Object.create({ name: "evil" }) as object, { ids: { customer: "1" } }));
    expect("slots" in record && record.slots[model.fields.get("name")?.slot ?? -1]).toBeUndefined();
  });
  it("and nothing that a record holds makes it throw", () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom("ids", "total", "born", "seen", "name", "tags", "mail", "phone", "loans", "cards", "toString", "constructor"), fc.anything()), (fields) => {
      const result = normaliser.record(fields);
      expect("slots" in result || result.length > 0).toBe(true);
    }), { numRuns: 500 });
  });
});

describe("generated code", () => {
  const odd = fc.constantFrom<unknown>(null, undefined, "", "x", "gold", 0, -0, 7, 1.005, 2 ** 53, NaN, true, [], {}, [1], ["a"], "2024-02-29", "2023-02-29", "2026-11-22T16:30:00Z", "\ud800", "+8613800138000", "ann@example.com", "Europe/Prague", [{ id: "a" }, { id: "a" }], [{ id: "a", sum: 1 }, { id: "b", sum: -0 }]);
  const names = ["total", "free", "age", "risk", "born", "seen", "name", "grade", "vip", "tags", "scores", "mail", "phone", "zone", "lunar", "loans", "cards"];

  it("reads any mixture of good and odd values as closures do", () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names, "ids"), odd, { maxKeys: 4 }), (fields) => {
      read(fields);
    }), { numRuns: 2000 });
  });
  it("is there, and reads a good record itself", () => {
    const found = generateReader(model)?.({ ids: { customer: "1" }, name: "x", loans: [{ id: "a" }] });
    expect(found).toStrictEqual(read({ name: "x", loans: [{ id: "a" }] }));
    expect(generateReader(model)?.({ ids: { customer: "1" }, name: 1 })).toBeUndefined();
  });
  it("sees doubled ids in long lists too", () => {
    const loans = Array.from({ length: 40 }, (_, i) => ({ id: String(i) }));
    expect(valueOf("loans", [...loans, { id: "3" }])).toBe("DUPLICATE_ID /loans/40/id");
    expect("slots" in read({ loans })).toBe(true);
  });
  it("notices a prototype of all objects that was tampered with", () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype["name"] = "evil";
    try {
      expect(valueOf("age", 4)).toBe(4);
      const record = generated.record({ ids: { customer: "1" } });
      expect("slots" in record && record.slots[model.fields.get("name")?.slot ?? -1]).toBeUndefined();
    } finally {
      delete prototype["name"];
    }
  });
  it("reads wide models, fields in objects, and names that are no words", () => {
    const properties = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`f${i}`, i % 3 === 0 ? { type: "number", scale: 2 } : { type: "string" }]));
    const strange = { 'a"];throw 1;//': { type: "string", enum: ["json[", '"]; throw 2; //', "\u2028"] }, o: { type: "object", properties: { p: { type: "object", properties: { q: { type: "boolean" } } }, list: { type: "array", items: { type: "object", properties: { x: { type: "integer" } } } } } } };
    const source = spotOf({ id: "m", zone: "UTC", entity: { name: "customer", id: "id", properties: { id: { type: "string" }, ...strange, ...properties } } });
    const wide = readModel(source.json, source.spot);
    if (!wide) throw new Error("the model must be good");
    expect(generateReader(wide)?.({ id: "1" })).toBeDefined();
    const [a, b] = [createNormaliser(wide, { generate: true }), createNormaliser(wide, { generate: false })];
    for (const record of [{ id: "1" }, { id: "1", f0: 1.5, f1: "x", f149: "y", 'a"];throw 1;//': '"]; throw 2; //', o: { p: { q: true }, list: [{ x: 1 }, {}] } }, { id: "1", f148: 3 }, { id: "1", f147: "no" }, { id: "1", o: 3 }]) {
      expect(a.record(record)).toStrictEqual(b.record(record));
    }
  });
});

describe("recordHash", () => {
  it("is the same whatever the order of keys, and another for another value", () => {
    expect(recordHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(recordHash({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(recordHash({ a: [1, 2] })).not.toBe(recordHash({ a: [2, 1] }));
  });
});
