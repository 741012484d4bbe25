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

const model = {
  id: "m", zone: "Asia/Shanghai",
  entity: { name: "customer", id: "customerId", properties: { customerId: { type: "string" }, a: { type: "number" }, d: { type: "string", format: "date" }, items: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, x: { type: "number" } } } } } },
};
const rules = [{ id: "r", when: [["a", ">=", 3], ["d", "withinNextDays", 5], { some: "items as i", where: [["i.x", "=", 1]] }], repeat: "once" }];
const { program } = core.loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model, rules }) });
const wanted = { 2: 0, 3: 1, 4: 1 };
for (const how of [{}, { generate: true }, { generate: true, index: false }]) {
  const engine = core.createEngine(program, how);
  // More records than an engine takes before it would generate code.
  for (let i = 0; i < 300; i++) {
    const a = 2 + (i % 3);
    const result = engine.evaluate({ customerId: "1", a, d: "2026-01-04", items: [{ id: "x", x: 1 }] }, options);
    assert.equal(result.matches.length, wanted[a]);
    assert.equal(core.createNormaliser(program.model, how).record({ customerId: 1 })[0].code, "ID_MUST_BE_STRING");
  }
}

console.log("core works without code generation");
