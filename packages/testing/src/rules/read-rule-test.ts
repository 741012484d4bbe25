import { checkShape, isObject, parseDay, parseInstant, type Piece, Spot, type Findings } from "@evertend/core";
import type { RuleTest } from "./rule-test.js";
import { ruleTestShape } from "./rule-test-shape.js";

/** Reads a golden case; what is wrong with it goes into `findings`, and then there is no case. */
export function readRuleTest(piece: Piece, findings: Findings): RuleTest | undefined {
  const spot = new Spot(piece.spot.document, piece.spot.pointer, findings);
  const { json } = piece;
  if (!checkShape(ruleTestShape, json, spot) || !isObject(json)) return undefined;
  const expect = json["expect"] as RuleTest["expect"];
  const good = [checkInstant(json["at"], spot.at("at")), checkState(json["state"], spot.at("state")), checkExpect(expect, spot.at("expect"))].every(Boolean);
  return good ? ({ ...json, spot } as unknown as RuleTest) : undefined;
}

function checkInstant(at: unknown, spot: Spot): boolean {
  if (typeof at !== "string" || typeof parseInstant(at) === "number") return true;
  spot.report("AT_INVALID", { found: at });
  return false;
}

/** Members that may be `null`, which shapes cannot say. */
function checkState(state: unknown, spot: Spot): boolean {
  const { lastFacts, openTasks } = (state ?? {}) as { lastFacts?: Readonly<Record<string, unknown>>; openTasks?: readonly { readonly expiresAt?: unknown }[] };
  let good = true;
  for (const [name, value] of Object.entries(lastFacts ?? {})) {
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) continue;
    spot.at("lastFacts", name).report("TYPE_MISMATCH", { name, expected: "text | number | boolean | null" });
    good = false;
  }
  openTasks?.forEach(({ expiresAt }, i) => {
    if (expiresAt === undefined || expiresAt === null || (typeof expiresAt === "string" && parseDay(expiresAt) !== undefined)) return;
    spot.at("openTasks", i, "expiresAt").report("DATE_INVALID", { name: "expiresAt" });
    good = false;
  });
  return good;
}

function checkExpect(expect: RuleTest["expect"], spot: Spot): boolean {
  let good = true;
  const says = expect.only === true || Object.entries(expect).some(([, value]) => (Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0));
  if (!says) {
    // A case that expects nothing would pass whatever happens.
    spot.report("KEY_MISSING", { name: "matches", expected: "matches | only | none | outcomes | facts | texts | unknowns" });
    good = false;
  }
  expect.matches?.forEach(({ until }, i) => {
    if (until === undefined || until === null || (typeof until === "string" && parseDay(until) !== undefined)) return;
    spot.at("matches", i, "until").report("DATE_INVALID", { name: "until" });
    good = false;
  });
  expect.texts?.forEach((one, i) => {
    if ((one.text === undefined) !== (one.contains === undefined)) return;
    if (one.text === undefined) spot.at("texts", i).report("KEY_MISSING", { name: "text", expected: "text | contains" });
    else spot.at("texts", i).report("AMBIGUOUS_GROUP", { name: "text, contains" });
    good = false;
  });
  return good;
}
