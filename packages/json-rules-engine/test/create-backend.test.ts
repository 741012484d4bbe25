import { createEnvironment, defineOperator, definePlugin, formatDiagnostics, loadPack, type Program } from "@evertend/core";
import { expect, test } from "vitest";
import { createJsonRulesEngineBackend } from "@evertend/json-rules-engine";

const label = { "zh-CN": "项", en: "thing" };
const broken = definePlugin({ name: "broken", operators: [defineOperator({ id: "isBroken", label, factTypes: ["number"], valueTypes: ["number"], evaluate: () => { throw new Error("no service"); } })] });

function programOf(rules: readonly object[]): Program {
  const { program, diagnostics } = loadPack({
    "pack.json": JSON.stringify({
      pack: { id: "p", version: "1" },
      model: { id: "m", zone: "Asia/Shanghai", entity: { name: "customer", id: "customerId", properties: { customerId: { type: "string" }, age: { type: "integer" }, score: { type: "number" }, rating: { type: "object", properties: { class: { type: "string" } } } } } },
      facts: [{ id: "double", label, kind: "sum", of: ["score", "score"] }],
      rules: rules.map((rule) => ({ title: label, repeat: "once", ...rule })),
    }),
  }, { environment: createEnvironment([broken]) });
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  return program;
}

const day = { asOf: "2026-11-25" };

test("fields that the host looks up are asked once a record and read like others", async () => {
  let asked = 0;
  const backend = createJsonRulesEngineBackend(programOf([{ id: "a", when: [["score", ">", 5]] }, { id: "b", when: [["double", ">", 10]] }, { id: "c", when: [["rating.class", "=", "A"]] }]), {
    facts: { score: async (id) => { asked++; await Promise.resolve(); return id === "1" ? 7 : 1; }, "rating.class": () => Promise.resolve("A") },
  });
  const [one, two] = await Promise.all([backend.evaluate({ customerId: "1" }, day), backend.evaluate({ customerId: "2", rating: { class: "B" } }, day)]);
  expect(one).toMatchObject({ matches: [{ ruleId: "a" }, { ruleId: "b" }, { ruleId: "c" }], failures: [] });
  expect(two).toMatchObject({ matches: [{ ruleId: "c" }], open: [] });
  expect(asked).toBe(2);
});

test("a look-up that fails fails the rules that read it, and no others", async () => {
  const backend = createJsonRulesEngineBackend(programOf([{ id: "a", when: [["score", ">", 5]] }, { id: "b", when: [["double", "<", 10]] }, { id: "c", when: [["age", ">", 5]] }]), { facts: { score: () => Promise.reject(new Error("down")) } });
  expect(await backend.evaluate({ customerId: "1", age: 30 }, day)).toMatchObject({ matches: [{ ruleId: "c" }], open: [], failures: ["a", "b"] });
});

test("an operator of a plugin that throws fails its rule alone", async () => {
  const backend = createJsonRulesEngineBackend(programOf([{ id: "a", when: [["age", "isBroken", 5]] }, { id: "c", when: [["age", ">", 5]] }]));
  expect(await backend.evaluate({ customerId: "1", age: 30 }, day)).toMatchObject({ matches: [{ ruleId: "c" }], failures: ["a"] });
});

test("a name that is no field of the model is a mistake of the host's", async () => {
  const backend = createJsonRulesEngineBackend(programOf([]), { facts: { scroe: () => Promise.resolve(1) } });
  await expect(backend.evaluate({ customerId: "1" }, day)).rejects.toThrow("no field of the model: scroe");
});

test("a record that cannot be used is set aside", async () => {
  expect(await createJsonRulesEngineBackend(programOf([])).evaluate({ customerId: "1", age: "x" }, day)).toMatchObject({ setAside: [{ pointer: "/age" }] });
});
