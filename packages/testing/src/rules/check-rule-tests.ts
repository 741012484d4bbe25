import { Findings, type Diagnostic, type Lang, type Piece } from "@evertend/core";
import { readRuleTest } from "./read-rule-test.js";

/** What is wrong with the golden cases of a pack before any of them is run. */
export function checkRuleTests(tests: readonly Piece[], lang: Lang): readonly Diagnostic[] {
  const findings = new Findings(lang);
  for (const piece of tests) readRuleTest(piece, findings);
  return findings.sorted();
}
