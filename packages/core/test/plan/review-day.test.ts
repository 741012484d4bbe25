import { describe, expect, it } from "vitest";
import type { Settled } from "../../src/arbitrate/candidate.js";
import { parseDay } from "../../src/calendar/civil-date.js";
import type { ReasonCode } from "../../src/decision/reason-codes.js";
import { reviewDay, type Review } from "../../src/plan/review-day.js";

const day = (text: string): number => parseDay(text) ?? NaN;
const today = day("2026-11-30");
const stopped = (...reasons: ReasonCode[]): readonly Settled[] => reasons.map((reason) => ({ decision: { reason, expiresAt: null } }) as Settled);
const gates: Review["gates"] = { pause: day("2026-12-10"), unless: day("2026-12-20"), product: null };

describe("the day of review", () => {
  it.each<[string, Partial<Review>, readonly ReasonCode[], string | null]>([
    ["nothing is open and nothing will turn", {}, [], null],
    ["what is planned needs no second look", {}, ["PLANNED", "MERGED", "CONSENT_REFUSED"], null],
    ["a rule wakes up", { wakeUp: day("2026-12-05") }, ["PLANNED"], "2026-12-05"],
    ["a rule that should have woken up", { wakeUp: day("2026-11-01") }, [], "2026-12-01"],
    ["slots are free tomorrow, perhaps", {}, ["RM_SLOTS"], "2026-12-01"],
    ["a cap does not know its day", {}, ["PAUSED", "CAP_REACHED"], "2026-12-01"],
    ["a pause knows its day", {}, ["PAUSED"], "2026-12-10"],
    ["a pause that may be one as well", {}, ["PAUSE_UNKNOWN"], "2026-12-10"],
    ["the earliest of several gates", {}, ["UNLESS", "PAUSED"], "2026-12-10"],
    ["an exception alone", {}, ["UNLESS"], "2026-12-20"],
    ["a gate that stopped nothing does not count", {}, ["PLANNED"], null],
    ["no product, and none will come by itself", {}, ["PRODUCT_NONE", "SUITABILITY_UNKNOWN"], null],
    ["a rule wakes up before the gate", { wakeUp: day("2026-12-02") }, ["PAUSED"], "2026-12-02"],
    ["a gate that may turn today already", { gates: { pause: today } }, ["PAUSED"], "2026-12-01"],
  ])("%s", (_what, review, reasons, expected) => {
    expect(reviewDay({ wakeUp: null, gates, ...review }, stopped(...reasons), today)).toBe(expected);
  });

  it("what a pause holds is looked at on its last day", () => {
    const held = stopped("PAUSED").map((one) => ({ ...one, decision: { ...one.decision, expiresAt: "2026-12-04" } }));
    expect(reviewDay({ wakeUp: null, gates }, held, today)).toBe("2026-12-04");
  });
});
