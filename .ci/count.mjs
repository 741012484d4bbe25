// Prints `N passed, N failed` over the JSON reports of one or more vitest runs, given as arguments. A test that ran
// more than once counts once, and as failed if it failed in any run. Exits 1 unless something passed and nothing failed.
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

const outcomes = new Map();
const worse = { failed: 2, passed: 1 };
let broken = 0;

for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) continue;
  const report = JSON.parse(readFileSync(file, "utf8"));
  for (const suite of report.testResults) {
    const path = relative(process.cwd(), suite.name);
    const seen = new Map();
    for (const { fullName, status } of suite.assertionResults) {
      // Tests of one name in one file are told apart by their order.
      const nth = (seen.get(fullName) ?? 0) + 1;
      seen.set(fullName, nth);
      const id = `${path}\n${fullName}\n${nth}`;
      if ((worse[status] ?? 0) >= (worse[outcomes.get(id)] ?? 0)) outcomes.set(id, status);
    }
    // A file that cannot be loaded, or whose hooks throw, fails without a failing test.
    if (suite.status === "failed" && !suite.assertionResults.some(({ status }) => status === "failed")) {
      broken += 1;
      console.log(`failed outside of a test: ${path}`);
    }
  }
}

const count = (status) => [...outcomes.values()].filter((outcome) => outcome === status).length;
const passed = count("passed");
const failed = count("failed") + broken;
const skipped = outcomes.size - passed - count("failed");
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
