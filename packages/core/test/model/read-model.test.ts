import { describe, expect, it } from "vitest";
import { readModel } from "../../src/model/read-model.js";
import { spotOf } from "../language/spot-of.js";

type Json = Readonly<Record<string, unknown>>;

function modelOf(properties: Json, entity: Json = {}, more: Json = {}): Json {
  return { id: "m", zone: "Asia/Shanghai", entity: { name: "customer", id: "customerId", properties: { customerId: { type: "string" }, ...properties }, ...entity }, ...more };
}

function read(json: unknown): { readonly model: ReturnType<typeof readModel>; readonly found: readonly string[] } {
  const at = spotOf(json);
  return { model: readModel(at.json, at.spot), found: at.found() };
}

const at = "/entity/properties";
const items = (properties: Json): Json => ({ type: "object", properties });

describe("a model becomes a catalogue", () => {
  it("of fields with dotted names, types, scales and slots", () => {
    const { model, found } = read(modelOf({
      assets: { type: "object", properties: { total: { type: "number", scale: 2, unit: "CNY", label: { en: "assets", "zh-CN": "资产" } }, inner: { type: "object", properties: { x: { type: "boolean" } } } } },
      age: { type: "integer", minimum: 0 },
      born: { type: "string", format: "date", sensitivity: "personal" },
      seen: { type: "string", format: "date-time", absent: "none" },
      mail: { type: "string", format: "email", maxLength: 90 },
      tags: { type: "array", items: { type: "string" } },
      scores: { type: "array", items: { type: "integer" } },
    }));
    expect(found).toEqual([]);
    const fields = [...(model?.fields.values() ?? [])];
    expect(fields.map(({ name, type }) => `${name}: ${type}`)).toEqual(["customerId: text", "assets.total: number", "assets.inner.x: boolean", "age: number", "born: date", "seen: date", "mail: text", "tags: list", "scores: list"]);
    expect(fields.map(({ slot }) => slot)).toEqual(fields.map((_field, i) => i));
    expect(model?.fields.get("assets.total")).toMatchObject({ scale: 2, unit: "CNY", label: { en: "assets", "zh-CN": "资产" }, absent: "unknown", sensitivity: "internal" });
    expect(model?.fields.get("age")).toMatchObject({ scale: 0, minimum: 0, label: { en: "age", "zh-CN": "age" } });
    expect(model?.fields.get("seen")).toMatchObject({ format: "date-time", absent: "none" });
    expect(model?.fields.get("scores")?.elementType).toBe("number");
  });

  it("of collections, of the record and of the context, each with slots of its own", () => {
    const { model, found } = read(modelOf(
      { loans: { type: "array", id: "loanId", absent: "none", items: items({ loanId: { type: "string" }, terms: { type: "object", properties: { rate: { type: "number" } } } }) }, logs: { type: "array", items: items({ date: { type: "string", format: "date" } }) } },
      { roles: { contacts: "logs" } },
      { context: { products: { type: "array", id: "id", items: items({ id: { type: "string" } }) } } },
    ));
    expect(found).toEqual([]);
    expect(model?.collections.get("loans")).toMatchObject({ scope: "record", idField: "loanId", absent: "none", slot: 0 });
    expect([...(model?.collections.get("loans")?.fields.keys() ?? [])]).toEqual(["loanId", "terms.rate"]);
    expect(model?.collections.get("logs")).toMatchObject({ idField: "", absent: "unknown", slot: 1 });
    expect(model?.context.get("products")).toMatchObject({ scope: "context", slot: 0 });
    expect(model?.roles.get("contacts")).toBe("logs");
  });

  it("following local references; what stands beside one wins", () => {
    const { model, found } = read(modelOf({ paid: { $ref: "#/$defs/money", label: "Paid" }, owed: { $ref: "#/$defs/debt" } }, {}, { $defs: { money: { type: "number", scale: 2, label: "Money" }, debt: { $ref: "#/$defs/money", absent: "none" } } }));
    expect(found).toEqual([]);
    expect(model?.fields.get("paid")).toMatchObject({ type: "number", scale: 2, label: { en: "Paid" } });
    expect(model?.fields.get("owed")).toMatchObject({ scale: 2, absent: "none", label: { en: "Money" } });
  });
});

describe("a model is refused where", () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ["it is a list", [], ["TYPE_MISMATCH "]],
    ["it has no entity", { id: "m", zone: "UTC" }, ["KEY_MISSING "]],
    ["its zone is none", { ...modelOf({}), zone: "Beijing" }, ["ZONE_UNKNOWN /zone"]],
    ["its id field does not exist", modelOf({}, { id: "id" }), ["UNKNOWN_REFERENCE /entity/id"]],
    ["its id field is a number", modelOf({ n: { type: "number" } }, { id: "n" }), ["ID_MUST_BE_STRING /entity/id"]],
    ["a field has no type", modelOf({ x: {} }), [`KEY_MISSING ${at}/x`]],
    ["a field is a text", modelOf({ x: "string" }), [`TYPE_MISMATCH ${at}/x`]],
    ["a type does not exist", modelOf({ x: { type: "text" } }), [`VALUE_NOT_ALLOWED ${at}/x/type`]],
    ["a keyword is unknown", modelOf({ x: { type: "string", sensitiv: "personal" } }), [`UNKNOWN_KEY ${at}/x/sensitiv`]],
    ["a name has a dot", modelOf({ "a.b": { type: "string" } }), [`ID_INVALID ${at}/a.b`]],
    ["a name is taken by the language", modelOf({ param: { type: "string" } }), [`RESERVED_NAME ${at}/param`]],
    ["a reference is remote", modelOf({ x: { $ref: "https://x/y" } }), [`REF_FORBIDDEN ${at}/x/$ref`]],
    ["a reference leads into the model beside $defs", modelOf({ x: { $ref: "#/entity" } }), [`REF_FORBIDDEN ${at}/x/$ref`]],
    ["a reference leads nowhere", modelOf({ x: { $ref: "#/$defs/toString" } }), [`UNKNOWN_REFERENCE ${at}/x/$ref`]],
    ["references go in a circle", modelOf({ x: { $ref: "#/$defs/a" } }, {}, { $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } }), ["CYCLIC_REFERENCE /$defs/b/$ref"]],
    ["$data stands for a value", modelOf({ x: { type: "number", maximum: { $data: "1/y" } } }), [`DATA_REF_FORBIDDEN ${at}/x`]],
    ["a pattern is given", modelOf({ x: { type: "string", pattern: "^a" } }), [`PATTERN_FORBIDDEN ${at}/x/pattern`]],
    ["a collection is inside an item", modelOf({ a: { type: "array", items: items({ b: { type: "array", items: items({}) } }) } }), [`TYPE_MISMATCH ${at}/a/items/properties/b`]],
    ["an item's id does not exist", modelOf({ a: { type: "array", id: "id", items: items({}) } }), [`UNKNOWN_REFERENCE ${at}/a/id`]],
    ["a list is of booleans", modelOf({ a: { type: "array", items: { type: "boolean" } } }), [`VALUE_NOT_ALLOWED ${at}/a/items/type`]],
    ["a list says nothing of its items", modelOf({ a: { type: "array" } }), [`TYPE_MISMATCH ${at}/a/items`]],
    ["objects are six deep", modelOf({ a: [1, 2, 3, 4, 5].reduce<Json>((inner) => ({ type: "object", properties: { b: inner } }), { type: "object", properties: {} }) }), [`TOO_DEEP ${at}/a${"/properties/b".repeat(4)}/properties`]],
    ["a role names no field", modelOf({}, { roles: { rm: "rm.id" } }), ["UNKNOWN_REFERENCE /entity/roles/rm"]],
    ["the contacts are no collection", modelOf({ log: { type: "string" } }, { roles: { contacts: "log" } }), ["UNKNOWN_REFERENCE /entity/roles/contacts"]],
    ["a required field does not exist", modelOf({}, { required: ["x"] }), ["UNKNOWN_REFERENCE /entity/required"]],
    ["a context has the name of a field", modelOf({ products: { type: "string" } }, {}, { context: { products: { type: "array", items: items({}) } } }), ["DUPLICATE_ID /context/products"]],
  ])("%s", (_name, json, expected) => expect(read(json).found).toEqual(expected));
});
