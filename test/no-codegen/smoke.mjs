// Run as `node --disallow-code-generation-from-strings test/no-codegen/smoke.mjs` after a build: core must work where
// the host forbids eval and new Function, as a browser does under a strict content security policy.
import assert from "node:assert/strict";

assert.throws(() => new Function("return 1"), EvalError, "start node with --disallow-code-generation-from-strings");

const core = await import("../../packages/core/dist/index.js");

const options = { asOf: "2026-01-01", zone: "Asia/Shanghai" };
const condition = { all: [{ fact: "a", operator: "greaterThan", value: 1 }] };
assert.equal(core.evaluateCondition(condition, { a: 2 }, options), true);
assert.equal(core.evaluateCondition(condition, { a: 1 }, options), false);
assert.equal(core.evaluateCondition(condition, {}, options), "unknown");

console.log("core works without code generation");
