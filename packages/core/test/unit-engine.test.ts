import { describe, expect, test } from "vitest";
import { createUnitEngine, explain, type CustomerResult, type Engine, type Overlay, type PackFiles, type UnitEngine } from "@evertend/core";

const model = {
  id: "m", zone: "Asia/Shanghai", currency: "CNY", units: { in: "units", parent: "parentId" },
  entity: { name: "customer", id: "id", roles: { rm: "rmId", unit: "unit.id" }, properties: { id: { type: "string" }, rmId: { type: "string" }, unit: { type: "object", properties: { id: { type: "string" } } }, assets: { type: "number", unit: "CNY" } } },
  context: { units: { type: "array", id: "unitId", items: { type: "object", properties: { unitId: { type: "string" }, parentId: { type: "string", absent: "none" } } } } },
};
const pack = {
  pack: { id: "retail", version: "1.0.0", title: "head office", locale: "en" },
  parameters: { goldFrom: { value: 500, label: "gold from", unit: "CNY" } },
  rules: [{ id: "gold", kind: "rule", title: "gold", when: [["assets", ">=", { param: "goldFrom" }]], then: [{ task: "call" }] }],
  templates: [{ id: "call", task: { en: { title: "Call", brief: "Ask" }, "zh-CN": { title: "电话", brief: "询问" } } }],
  policy: {},
};
const files: PackFiles = { "pack.json": JSON.stringify({ ...pack, model }) };
// Head office 0 → province 33 → city 0571 → outlet 057101; another city 0574.
const units = [{ unitId: "0" }, { unitId: "33", parentId: "0" }, { unitId: "0571", parentId: "33" }, { unitId: "057101", parentId: "0571" }, { unitId: "0574", parentId: "33" }];

function overlay(unit: string, parts: object): Overlay {
  return { name: `of-${unit}`, files: { "pack.json": JSON.stringify({ pack: { id: `u${unit}`, version: "1", title: `u${unit}`, extends: "retail", unit }, ...parts }) } };
}

const province = overlay("33", { parameters: { goldFrom: { value: 400 } }, rules: [{ id: "local", kind: "rule", title: "local", when: [["assets", ">", 0]], then: [{ task: "call" }] }] });
const city = overlay("0571", { parameters: { goldFrom: { value: 300 } }, off: ["local"] });
const options = { overlays: [city, province], context: { units } };

function need({ engine, diagnostics }: UnitEngine): Engine {
  if (!engine) throw new Error(JSON.stringify(diagnostics));
  return engine;
}

function matches(engine: Engine, unit: string | undefined, assets: number): readonly string[] {
  const record = { id: "c", rmId: "r", assets, ...(unit === undefined ? {} : { unit: { id: unit } }) };
  const evaluated = engine.evaluate(JSON.stringify(record), { asOf: "2026-03-01" });
  if ("setAside" in evaluated) throw new Error(JSON.stringify(evaluated));
  return evaluated.matches.map(({ ruleId }) => ruleId);
}

describe("an engine with overlays of units", () => {
  const engine = need(createUnitEngine(files, options));

  test.each<[string | undefined, number, readonly string[]]>([
    [undefined, 450, []], ["0", 450, []], ["33", 450, ["gold", "local"]], ["33", 350, ["local"]], ["0574", 450, ["gold", "local"]], ["0571", 350, ["gold"]], ["057101", 350, ["gold"]], ["057101", 250, []], ["9999", 600, ["gold"]],
  ])("decides a customer of unit %s with %d by what holds there", (unit, assets, expected) => {
    expect(matches(engine, unit, assets)).toEqual(expected);
  });

  test("says whose number decides, from the outermost in", () => {
    const answer = explain(engine, { id: "c", assets: 1, unit: { id: "057101" } }, { asOf: "2026-03-01", at: "2026-03-01T09:00:00+08:00", ruleId: "gold" });
    expect(JSON.stringify(answer)).toContain("from u0571 (unit 0571), u33 (unit 33) says 400 CNY, head office says 500 CNY");
  });

  test("holds in its program what all units have, and gives a decision the hash of its unit's", async () => {
    expect(engine.program.rules.map(({ id }) => id)).toEqual(["gold", "local"]);
    const results: CustomerResult[] = [];
    for await (const one of engine.run(["0", "33", "0571"].map((id) => ({ id, rmId: "r", assets: 600, unit: { id } })), { asOf: "2026-03-01", at: "2026-03-01T09:00:00+08:00" })) if ("settled" in one) results.push(one);
    expect(results.map(({ customerId, tasks }) => [customerId, tasks.length])).toEqual([["0", 1], ["33", 1], ["0571", 1]]);
    expect(new Set(results.flatMap(({ settled }) => settled.map(({ decision }) => decision.packHash))).size).toBe(3);
  });

  test("does not hang on the order in which overlays of different units are named", () => {
    const other = need(createUnitEngine(files, { ...options, overlays: [province, city] }));
    expect(other.of({ unit: { id: "0571" } }).program.hash).toBe(engine.of({ unit: { id: "0571" } }).program.hash);
    expect(other.program.hash).toBe(engine.program.hash);
  });

  test("refuses a text that is no record as any engine does", () => {
    expect(engine.evaluate("{", { asOf: "2026-03-01" })).toMatchObject({ setAside: [{ code: "JSON_SYNTAX" }] });
  });
});

describe("what is wrong with overlays of units is told before the first record", () => {
  test.each<[string, object, Overlay, readonly object[], readonly string[]]>([
    ["a unit that nobody knows", model, overlay("0572", {}), units, ["UNIT_UNKNOWN of-0572/pack.json/pack/unit"]],
    ["units in a circle", model, province, [{ unitId: "33", parentId: "0571" }, { unitId: "0571", parentId: "33" }], ["UNIT_CIRCLE units", "UNIT_CIRCLE units"]],
    ["a model that does not say the customer's unit", { ...model, entity: { ...model.entity, roles: {} } }, province, units, ["OVERLAY_UNIT of-33/pack.json/pack/unit"]],
    ["a rule of the unit that is wrong", model, overlay("33", { off: ["nothing"] }), units, ["RULE_UNKNOWN of-33/pack.json/off/0"]],
    ["a tree in a collection that is not there", { ...model, units: { in: "unit", parent: "parentId" } }, province, units, ["UNKNOWN_REFERENCE pack.json/model/units/in"]],
  ])("%s", (_, changed, one, given, expected) => {
    const { engine, diagnostics } = createUnitEngine({ "pack.json": JSON.stringify({ ...pack, model: changed }) }, { overlays: [one], context: { units: given } });
    expect(engine).toBeUndefined();
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code, file, pointer }) => `${code} ${file}${pointer}`)).toEqual(expected);
  });
});
