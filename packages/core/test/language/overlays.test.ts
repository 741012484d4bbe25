import { describe, expect, test } from "vitest";
import { createEngine, explain, loadPack, type LoadedPack, type Overlay, type PackFiles } from "@evertend/core";

const base: PackFiles = {
  "pack.json": JSON.stringify({
    pack: { id: "retail", version: "1.0.0", title: { "zh-CN": "总行", en: "head office" }, locale: "en" },
    model: { id: "m", zone: "Asia/Shanghai", currency: "CNY", entity: { name: "customer", id: "id", roles: { rm: "rmId" }, properties: { id: { type: "string" }, rmId: { type: "string" }, assets: { type: "number", unit: "CNY" } } } },
    parameters: { goldFrom: { value: 500000, label: { "zh-CN": "金卡起点", en: "gold from" }, unit: "CNY", minimum: 100000, maximum: 900000, source: "test" }, hours: { value: "09:00", label: "hours" } },
    rules: [
      { id: "gold", kind: "rule", title: "gold", when: [["assets", ">=", { param: "goldFrom" }]], then: [{ task: "call" }] },
      { id: "poor", kind: "rule", title: "poor", when: [["assets", "<", 10]], then: [{ task: "call" }] },
    ],
    templates: [{ id: "call", task: { en: { title: "Call", brief: "Ask" }, "zh-CN": { title: "电话", brief: "询问" } } }],
    policy: {},
  }),
};

function overlay(name: string, pack: object, parts: object = {}): Overlay {
  return { name, files: { "pack.json": JSON.stringify({ pack: { id: name, version: "1.0.0", title: name, extends: "retail", ...pack }, ...parts }) } };
}

const branch = overlay("branch", { unit: "0571" }, {
  parameters: { goldFrom: { value: 300000 }, silverFrom: { value: 100000, label: "silver from", source: "test" } },
  rules: [{ id: "silver", kind: "rule", title: "silver", when: [["assets", ">=", { param: "silverFrom" }]], then: [{ task: "call" }] }],
  off: ["poor"],
});

function load(...overlays: readonly Overlay[]): LoadedPack {
  return loadPack(base, { overlays });
}

function codesOf(...overlays: readonly Overlay[]): readonly string[] {
  return load(...overlays).diagnostics.map(({ code, file, pointer }) => `${code} ${file}${pointer}`);
}

function matchesOf({ program, diagnostics }: LoadedPack, assets: number): readonly string[] {
  if (!program) throw new Error(JSON.stringify(diagnostics));
  const evaluated = createEngine(program).evaluate({ id: "c", assets }, { asOf: "2026-03-01" });
  if ("setAside" in evaluated) throw new Error(JSON.stringify(evaluated));
  return evaluated.matches.map(({ ruleId }) => ruleId);
}

describe("an overlay", () => {
  test("sets parameters, adds rules and switches rules off", () => {
    expect(load(branch).diagnostics).toEqual([]);
    expect([matchesOf(load(), 400000), matchesOf(load(branch), 400000)]).toEqual([[], ["gold", "silver"]]);
    expect([matchesOf(load(), 5), matchesOf(load(branch), 5)]).toEqual([["poor"], []]);
  });

  test("is named by the program, which has a hash of its own", () => {
    const [plain, laid] = [load().program, load(branch).program];
    expect(laid?.overlays).toEqual([{ id: "branch", version: "1.0.0", title: { "zh-CN": "branch", en: "branch" }, unit: "0571", off: ["poor"] }]);
    expect(laid?.hash).not.toBe(plain?.hash);
    expect(load(overlay("empty", {})).program?.hash).not.toBe(plain?.hash);
  });

  test("speaks after the ones before it, and every voice is kept", () => {
    const outlet = overlay("outlet", { unit: "057101" }, { parameters: { goldFrom: { value: 200000, owner: "outlet" } } });
    const parameter = load(branch, outlet).program?.parameters.get("goldFrom");
    expect(parameter).toMatchObject({ value: 200000, owner: "outlet", unit: "CNY", minimum: 100000 });
    expect(parameter?.voices?.map(({ pack, unit, value }) => [pack, unit, value])).toEqual([["retail", undefined, 500000], ["branch", "0571", 300000], ["outlet", "057101", 200000]]);
  });

  test("explains whose number decides", () => {
    const { program } = load(branch);
    const explained = JSON.stringify(program && explain(createEngine(program), { id: "c", assets: 1 }, { asOf: "2026-03-01", at: "2026-03-01T09:00:00+08:00", ruleId: "gold" }));
    expect(explained).toContain("from branch (unit 0571), head office says 500,000 CNY");
    expect(explained).toContain("来自“branch”（机构 0571）；“总行”为 500,000 元");
  });

  test.each<[string, readonly Overlay[], readonly string[]]>([
    ["of another pack", [overlay("x", { extends: "corporate" })], ["OVERLAY_EXTENDS x/pack.json/pack"]],
    ["without a pack", [{ name: "x", files: { "parameters.json": "{}" } }], ["PACK_EMPTY x/pack.json"]],
    ["with a policy", [overlay("x", {}, { policy: {} })], ["OVERLAY_PART x/pack.json/policy"]],
    ["that switches off what is not there", [overlay("x", {}, { off: ["glod"] })], ["RULE_UNKNOWN x/pack.json/off/0"]],
    ["that sets a parameter nobody knows", [overlay("x", {}, { parameters: { glodFrom: { value: 1 } } })], ["PARAMETER_UNKNOWN x/pack.json/parameters/glodFrom"]],
    ["that leaves the parameter's range", [overlay("x", {}, { parameters: { goldFrom: { value: 1 } } })], ["PARAMETER_RANGE x/pack.json/parameters/goldFrom/value"]],
    ["that widens the parameter's range", [overlay("x", {}, { parameters: { goldFrom: { value: 300000, minimum: 1 } } })], ["UNKNOWN_KEY x/pack.json/parameters/goldFrom/minimum"]],
    ["that changes the parameter's type", [overlay("x", {}, { parameters: { hours: { value: 9 } } })], ["TYPE_MISMATCH x/pack.json/parameters/hours/value"]],
    ["that brings a rule again", [overlay("x", {}, { rules: [{ id: "gold", kind: "rule", title: "x", when: [["assets", ">", 1]], then: [{ task: "call" }] }] })], ["DUPLICATE_ID x/pack.json/rules/0/id"]],
    ["at odds with another of its unit", [overlay("x", { unit: "1" }, { parameters: { goldFrom: { value: 300000 } } }), overlay("y", { unit: "1" }, { parameters: { goldFrom: { value: 400000 } } })], ["OVERLAY_CONFLICT y/pack.json/parameters/goldFrom"]],
    ["with broken JSON", [{ name: "x", files: { "pack.json": "{" } }], ["JSON_SYNTAX x/pack.json", "PACK_EMPTY x/pack.json"]],
  ])("%s is refused with its place", (_, overlays, expected) => {
    expect([...codesOf(...overlays)].sort()).toEqual([...expected].sort());
  });

  test("alone may switch rules off", () => {
    const files = { ...base, "off.json": JSON.stringify({ off: ["gold"] }) };
    expect(loadPack(files).diagnostics.map(({ code, file, pointer }) => `${code} ${file}${pointer}`)).toEqual(["OVERLAY_ONLY off.json/off/0"]);
  });
});
