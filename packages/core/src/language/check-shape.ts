import { closest } from "../diagnostics/did-you-mean.js";
import { parseDay } from "../calendar/civil-date.js";
import type { Shape } from "./shape.js";
import { isObject, jsonType, type Spot } from "./spot.js";

/** Ids: a letter, then letters, digits, hyphens, underscores, dots or slashes; at most 80. */
export const idPattern = /^[A-Za-z][A-Za-z0-9._/-]{0,79}$/;

/**
 * Checks a JSON value against a shape and reports all that is wrong at once. `ref` parts have checkers of their own
 * and are only looked at for their JSON type there.
 *
 * @returns whether this value, children included, is as the shape says
 */
export function checkShape(shape: Shape, value: unknown, spot: Spot): boolean {
  switch (shape.type) {
    case "object":
      return checkObject(shape, value, spot);
    case "array": {
      if (!Array.isArray(value)) return mismatch("list", value, spot);
      if (value.length < (shape.minItems ?? 0)) {
        spot.report("EMPTY_GROUP", { name: spot.pointer.slice(spot.pointer.lastIndexOf("/") + 1) });
        return false;
      }
      if (shape.maxItems !== undefined && value.length > shape.maxItems) {
        spot.report("LIST_TOO_LONG", { found: value.length, limit: shape.maxItems });
        return false;
      }
      // What has a checker of its own needs no place here: files hold rules by the thousand.
      if (shape.items.type === "ref") return true;
      return value.map((item, i) => checkShape(shape.items, item, spot.at(i))).every(Boolean);
    }
    case "string":
      return checkString(shape, value, spot);
    case "number":
    case "integer": {
      if (typeof value !== "number") return mismatch(shape.type, value, spot);
      if (shape.type === "integer" && !Number.isInteger(value)) return mismatch("integer", value, spot);
      if (value < (shape.minimum ?? -Infinity) || value > (shape.maximum ?? Infinity)) {
        spot.report("PARAMETER_RANGE", { name: spot.pointer.slice(spot.pointer.lastIndexOf("/") + 1), found: value, from: shape.minimum ?? "−∞", to: shape.maximum ?? "∞" });
        return false;
      }
      return true;
    }
    case "boolean":
      return typeof value === "boolean" || mismatch("boolean", value, spot);
    case "text":
      return checkText(value, spot);
    case "oneOf": {
      const option = shape.options.find((candidate) => fits(candidate, value));
      return option ? checkShape(option, value, spot) : mismatch(shape.options.map(nameOf).join(" | "), value, spot);
    }
    case "ref":
      return true;
  }
}

function checkObject(shape: Extract<Shape, { type: "object" }>, value: unknown, spot: Spot): boolean {
  if (!isObject(value)) return mismatch("object", value, spot);
  let good = true;
  for (const [key, item] of Object.entries(value)) {
    const known = Object.hasOwn(shape.properties, key) ? shape.properties[key] : shape.additional;
    if (known) {
      if (known.type !== "ref" && !checkShape(known, item, spot.at(key))) good = false;
      continue;
    }
    const names = Object.keys(shape.properties);
    spot.at(key).reportKey("UNKNOWN_KEY", { name: key, suggestion: closest(key, names) ?? "", allowed: names.join(", ") });
    good = false;
  }
  for (const key of shape.required ?? []) {
    if (Object.hasOwn(value, key)) continue;
    spot.report("KEY_MISSING", { name: key });
    good = false;
  }
  return good;
}

function checkString(shape: Extract<Shape, { type: "string" }>, value: unknown, spot: Spot): boolean {
  if (typeof value !== "string") {
    if (shape.format === "id" && typeof value === "number") {
      spot.report("ID_MUST_BE_STRING", { name: String(value) });
      return false;
    }
    return mismatch("string", value, spot);
  }
  if (shape.enum && !shape.enum.includes(value)) {
    spot.report("VALUE_NOT_ALLOWED", { name: value, suggestion: closest(value, shape.enum) ?? "", allowed: shape.enum.join(", ") });
    return false;
  }
  if (shape.format === "id" && !idPattern.test(value)) {
    spot.report("ID_INVALID", { name: value });
    return false;
  }
  if (shape.format === "date" && parseDay(value) === undefined) {
    spot.report("DATE_INVALID", { name: value, field: spot.pointer.slice(spot.pointer.lastIndexOf("/") + 1) });
    return false;
  }
  if (value.length > (shape.maxLength ?? 4000)) {
    spot.report("TEXT_INVALID", { name: spot.pointer.slice(spot.pointer.lastIndexOf("/") + 1), field: spot.pointer });
    return false;
  }
  return true;
}

function checkText(value: unknown, spot: Spot): boolean {
  if (typeof value === "string") return true;
  if (!isObject(value)) return mismatch("text", value, spot);
  return checkObject({ type: "object", properties: { "zh-CN": { type: "string" }, en: { type: "string" } } }, value, spot);
}

function fits(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case "object":
      return isObject(value);
    case "array":
      return Array.isArray(value);
    case "text":
      return typeof value === "string" || isObject(value);
    case "integer":
      return typeof value === "number";
    case "ref":
      return true;
    case "oneOf":
      return shape.options.some((option) => fits(option, value));
    case "string":
      return typeof value === "string" && (!shape.enum || shape.enum.includes(value));
    default:
      return typeof value === shape.type;
  }
}

function nameOf(shape: Shape): string {
  if (shape.type === "ref") return shape.ref;
  return shape.type === "string" && shape.enum ? shape.enum.map((value) => `"${value}"`).join(" | ") : shape.type;
}

function mismatch(expected: string, value: unknown, spot: Spot): false {
  spot.report("TYPE_MISMATCH", { name: spot.pointer.slice(spot.pointer.lastIndexOf("/") + 1), expected, found: jsonType(value) });
  return false;
}
