import { closest } from "../diagnostics/did-you-mean.js";
import type { ShiftUnit } from "../lower/node.js";
import type { Expression } from "./condition.js";
import { parsePath, type PathStep } from "./parse-path.js";
import { isObject, jsonType, type Spot } from "./spot.js";

const arithmetic = ["add", "subtract", "multiply", "divide"] as const;
const units: readonly ShiftUnit[] = ["days", "workingDays", "months", "years"];
const namePattern = /^[\p{L}_][\p{L}\p{N}_-]*(\.[\p{L}_][\p{L}\p{N}_-]*){0,15}$/u;
const forbiddenNames = /(^|\.)(__proto__|constructor|prototype)(\.|$)/;

/** Reads a value: a literal, `{param}`, `{fact, path}`, `{asOf}` or arithmetic. Reports and returns `undefined` where it is none. */
export function parseValue(json: unknown, spot: Spot): Expression | undefined {
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return { kind: "literal", value: json, spot };
  if (Array.isArray(json)) return parseList(json, spot);
  if (!isObject(json)) return fail(spot, "TYPE_MISMATCH", { name: "value", expected: "text | number | boolean | list | {param} | {fact}", found: jsonType(json) });
  const keys = Object.keys(json);
  if (keys.includes("param")) return parseParam(json, spot);
  if (keys.includes("fact")) return parseFactReference(json, spot);
  if (keys.includes("asOf")) return parseAsOf(json, spot);
  const operation = arithmetic.find((name) => keys.includes(name));
  if (operation) return parseArithmetic(json, operation, spot);
  const known = ["param", "fact", "asOf", ...arithmetic];
  if (keys.length === 0) return fail(spot, "KEY_MISSING", { name: "param" });
  for (const key of keys) spot.at(key).reportKey("UNKNOWN_KEY", { name: key, suggestion: closest(key, known) ?? "", allowed: known.join(", ") });
  return undefined;
}

function parseList(json: readonly unknown[], spot: Spot): Expression | undefined {
  const bad = json.findIndex((item) => typeof item !== "string" && typeof item !== "number" && typeof item !== "boolean");
  if (bad >= 0) return fail(spot.at(bad), "TYPE_MISMATCH", { name: "value", expected: "text | number", found: jsonType(json[bad]) });
  return { kind: "literal", value: json as (string | number | boolean)[], spot };
}

function parseParam(json: Readonly<Record<string, unknown>>, spot: Spot): Expression | undefined {
  onlyKeys(json, ["param"], spot);
  const name = json["param"];
  if (typeof name !== "string") return fail(spot.at("param"), "TYPE_MISMATCH", { name: "param", expected: "text", found: jsonType(name) });
  return { kind: "param", name, spot: spot.at("param") };
}

function parseFactReference(json: Readonly<Record<string, unknown>>, spot: Spot): Expression | undefined {
  onlyKeys(json, ["fact", "path"], spot);
  return parseFact(json["fact"], json["path"], spot);
}

/** Reads a fact's name, and a plain path behind it. */
export function parseFact(name: unknown, path: unknown, spot: Spot): Expression | undefined {
  if (typeof name !== "string") return fail(spot.at("fact"), "TYPE_MISMATCH", { name: "fact", expected: "text", found: jsonType(name) });
  const steps = path === undefined ? [] : readPath(path, spot.at("path"));
  if (!checkName(name, spot) || steps === undefined) return undefined;
  return { kind: "fact", name, path: steps, spot };
}

function checkName(name: string, spot: Spot): boolean {
  if (forbiddenNames.test(name)) return fail(spot, "PATH_FORBIDDEN", { name }) ?? false;
  if (namePattern.test(name) && name.length <= 400) return true;
  return fail(spot, name.startsWith("$") || name.includes("[") ? "PATH_SYNTAX" : "FACT_UNKNOWN", { name }) ?? false;
}

function readPath(path: unknown, spot: Spot): readonly PathStep[] | undefined {
  if (typeof path !== "string") return fail(spot, "TYPE_MISMATCH", { name: "path", expected: "text", found: jsonType(path) });
  const steps = parsePath(path);
  return typeof steps === "string" ? fail(spot, steps, { name: path }) : steps;
}

function parseAsOf(json: Readonly<Record<string, unknown>>, spot: Spot): Expression | undefined {
  onlyKeys(json, ["asOf"], spot);
  const move = json["asOf"];
  const inside = spot.at("asOf");
  if (!isObject(move)) return fail(inside, "TYPE_MISMATCH", { name: "asOf", expected: "{days} | {workingDays} | {months} | {years}", found: jsonType(move) });
  onlyKeys(move, [...units, "calendar"], inside);
  const given = units.filter((unit) => Object.hasOwn(move, unit));
  if (given.length > 1) return fail(inside, "AMBIGUOUS_GROUP", { name: given.join(", ") });
  const unit = given[0];
  const amount = unit === undefined ? undefined : parseValue(move[unit], inside.at(unit));
  if (unit !== undefined && amount === undefined) return undefined;
  const calendar = move["calendar"];
  if (calendar !== undefined && typeof calendar !== "string") return fail(inside.at("calendar"), "TYPE_MISMATCH", { name: "calendar", expected: "text", found: jsonType(calendar) });
  return { kind: "asOf", unit: unit ?? "days", amount, calendar, spot };
}

function parseArithmetic(json: Readonly<Record<string, unknown>>, operation: (typeof arithmetic)[number], spot: Spot): Expression | undefined {
  onlyKeys(json, [operation], spot);
  const list = json[operation];
  const inside = spot.at(operation);
  if (!Array.isArray(list) || list.length < 2) return fail(inside, "LIST_REQUIRED", { name: operation });
  const items = list.map((item, i) => parseValue(item, inside.at(i)));
  return items.every((item) => item !== undefined) ? { kind: "arithmetic", operation, items, spot } : undefined;
}

/** Reports every key that is not among `known`. */
export function onlyKeys(json: Readonly<Record<string, unknown>>, known: readonly string[], spot: Spot): void {
  for (const key of Object.keys(json)) {
    if (!known.includes(key)) spot.at(key).reportKey("UNKNOWN_KEY", { name: key, suggestion: closest(key, known) ?? "", allowed: known.join(", ") });
  }
}

function fail(spot: Spot, code: Parameters<Spot["report"]>[0], params: Parameters<Spot["report"]>[1]): undefined {
  spot.report(code, params);
  return undefined;
}
