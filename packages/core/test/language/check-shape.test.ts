import { describe, expect, it } from "vitest";
import { checkShape } from "../../src/language/check-shape.js";
import type { Shape } from "../../src/language/shape.js";
import { spotOf } from "./spot-of.js";

function found(shape: Shape, json: unknown): readonly string[] {
  const at = spotOf(json);
  const good = checkShape(shape, at.json, at.spot);
  expect(good).toBe(at.found().length === 0);
  return at.found();
}

const person: Shape = {
  type: "object",
  properties: { id: { type: "string", format: "id" }, born: { type: "string", format: "date" }, size: { type: "number", minimum: 0, maximum: 3 }, children: { type: "integer" }, vip: { type: "boolean" }, title: { type: "text" }, grade: { type: "string", enum: ["gold", "silver"] } },
  required: ["id"],
};

describe("a shape accepts", () => {
  it.each<readonly [string, Shape, unknown]>([
    ["an object with some of its members", person, { id: "a", size: 3, children: -2, vip: false, born: "2024-02-29" }],
    ["a text in one or two languages", person, { id: "a", title: { en: "x", "zh-CN": "y" } }],
    ["a text that is a string", person, { id: "a", title: "x" }],
    ["members of a map", { type: "object", properties: {}, additional: { type: "number" } }, { a: 1, toString: 2 }],
    ["a list at its bounds", { type: "array", items: { type: "number" }, minItems: 1, maxItems: 2 }, [1, 2]],
    ["whatever a grammar of its own checks", { type: "ref", ref: "condition" }, [{ no: "matter" }]],
    ["the first option that fits", { type: "oneOf", options: [{ type: "string", enum: ["same-day"] }, { type: "number" }] }, 3],
  ])("%s", (_name, shape, json) => expect(found(shape, json)).toEqual([]));
});

describe("a shape reports", () => {
  it.each<readonly [string, Shape, unknown, readonly string[]]>([
    ["a list for an object", person, [], ["TYPE_MISMATCH "]],
    ["null for an object", person, null, ["TYPE_MISMATCH "]],
    ["an unknown key at the key", person, { id: "a", grde: 1 }, ["UNKNOWN_KEY /grde"]],
    ["a key that every object inherits", person, { id: "a", valueOf: 1 }, ["UNKNOWN_KEY /valueOf"]],
    ["what is required at the object", person, {}, ["KEY_MISSING "]],
    ["a required key that is only inherited", { type: "object", properties: {}, additional: { type: "number" }, required: ["toString"] }, {}, ["KEY_MISSING "]],
    ["all that is wrong at once", person, { id: "a b", born: "2026-02-30", size: 4, children: 1.5, vip: 1, title: 7, grade: "god" }, ["ID_INVALID /id", "DATE_INVALID /born", "PARAMETER_RANGE /size", "TYPE_MISMATCH /children", "TYPE_MISMATCH /vip", "TYPE_MISMATCH /title", "VALUE_NOT_ALLOWED /grade"]],
    ["a number as an id", person, { id: 7 }, ["ID_MUST_BE_STRING /id"]],
    ["an id of 81 characters", person, { id: "a".repeat(81) }, ["ID_INVALID /id"]],
    ["an id that begins with a digit", person, { id: "1a" }, ["ID_INVALID /id"]],
    ["another language in a text", person, { id: "a", title: { fr: "x" } }, ["UNKNOWN_KEY /title/fr"]],
    ["an empty list", { type: "array", items: { type: "number" }, minItems: 1 }, [], ["EMPTY_GROUP "]],
    ["a list that is too long", { type: "array", items: { type: "number" }, maxItems: 1 }, [1, 2], ["LIST_TOO_LONG "]],
    ["each bad item", { type: "array", items: { type: "number" } }, [1, "x", null], ["TYPE_MISMATCH /1", "TYPE_MISMATCH /2"]],
    ["a bad member of a map", { type: "object", properties: {}, additional: { type: "number" } }, { a: "x" }, ["TYPE_MISMATCH /a"]],
    ["a text that is too long", { type: "string", maxLength: 2 }, "abc", ["TEXT_INVALID "]],
    ["a value that no option takes", { type: "oneOf", options: [{ type: "string" }, { type: "number" }] }, true, ["TYPE_MISMATCH "]],
    ["what is wrong inside the option that fits", { type: "oneOf", options: [{ type: "number" }, person] }, { id: 7 }, ["ID_MUST_BE_STRING /id"]],
    ["a key with a slash by its escaped pointer", person, { id: "a", "x/y~z": 1 }, ["UNKNOWN_KEY /x~1y~0z"]],
  ])("%s", (_name, shape, json, expected) => expect(found(shape, json)).toEqual(expected));
});
