import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bankingPlugin } from "@evertend/banking";
import { corePlugin, createEnvironment, loadPack, shapeToJsonSchema, toJsonSchema } from "@evertend/core";
import { mappingShape } from "@evertend/warehouse";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";

/** The published schemas and the checker must not contradict each other. */
const environment = createEnvironment([corePlugin, bankingPlugin]);
const root = new URL("../..", import.meta.url).pathname;
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
const validate = ajv.compile(toJsonSchema("pack", environment, "en"));

function packFiles(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => [file, readFileSync(join(root, folder, file), "utf8")] as const);
}

describe("published schemas", () => {
  test.each(["en", "zh-CN"] as const)("are what the code generates (%s)", (lang) => {
    for (const name of ["pack", "model"] as const) {
      const published: unknown = JSON.parse(readFileSync(join(root, `packages/banking/schemas/${name}.${lang}.schema.json`), "utf8"));
      expect(published).toEqual(JSON.parse(JSON.stringify(toJsonSchema(name, environment, lang))));
    }
  });

  test.each(["en", "zh-CN"] as const)("of mappings are what the code generates (%s), and hold their examples", (lang) => {
    const published: object = JSON.parse(readFileSync(join(root, `packages/warehouse/schemas/mapping.${lang}.schema.json`), "utf8"));
    expect(published).toEqual(JSON.parse(JSON.stringify(shapeToJsonSchema("mapping", mappingShape, lang))));
    const valid = ajv.compile(published);
    const page = readFileSync(join(root, lang === "en" ? "docs/mapping.md" : "docs/mapping.zh-CN.md"), "utf8");
    const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = ""]) => JSON.parse(text) as Record<string, unknown>);
    expect(examples.length).toBe(2);
    for (const example of examples) expect(valid(example) ? [] : valid.errors).toEqual([]);
    for (const wrong of [{ id: 1 }, { from: { sql: 1 } }, { fields: { a: { colum: "b" } } }]) expect(valid({ ...examples[0], customers: { ...(examples[0]?.["customers"] as object), ...wrong } })).toBe(false);
  });

  test.each(["packages/banking/packs/retail", "examples/berka/pack", "examples/uci-bank-marketing/pack"])("accept every file of %s", (folder) => {
    const files = packFiles(folder);
    expect(files.length).toBeGreaterThan(3);
    for (const [file, text] of files) {
      const good = validate(JSON.parse(text));
      expect(good ? [] : [file, validate.errors]).toEqual([]);
    }
  });

  test.each([
    ["an unknown key", { rules: [{ id: "r", kind: "rule", whem: [] }] }],
    ["an unknown kind", { rules: [{ id: "r", kind: "ruel" }] }],
    ["a text for a number", { rules: [{ id: "r", priority: "high" }] }],
    ["an empty group", { rules: [{ id: "r", when: { all: [] } }] }],
    ["an unknown operator", { rules: [{ id: "r", when: [["a", "=>", 1]] }] }],
    ["a fact without its parts", { facts: [{ id: "f", kind: "bands", of: "n" }] }],
    ["an unknown field annotation", { model: { id: "m", zone: "UTC", entity: { name: "c", id: "i", properties: { i: { type: "string", sensitive: true } } } } }],
    ["a parameter without a value", { parameters: { p: { label: "x" } } }],
    ["a bad time", { calendars: { c: { from: "soon", to: "2026-12-31" } } }],
  ])("refuse %s, as the checker does", (_name, file) => {
    expect(validate(file)).toBe(false);
    const { diagnostics } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model: { id: "m", zone: "UTC", entity: { name: "c", id: "i", properties: { i: { type: "string" }, n: { type: "number" }, a: { type: "number" } } } } }), "x.json": JSON.stringify(file) }, { environment });
    expect(diagnostics.some((one) => one.severity === "error" && one.file === "x.json")).toBe(true);
  });
});
