import { Engine } from "json-rules-engine";
import { expect, it, test } from "vitest";
import { plainPath } from "@evertend/json-rules-engine";

const record = { a: { b: [{ c: 5 }] }, n: null };

it.each([
  ["$.a.b[0].c", 5], ["a.b", record.a.b], ["$", record], ["$.n.x", undefined], ["$.a.zzz", undefined], ["$.a.toString", undefined],
  ["$.__proto__", undefined], ["$.constructor", undefined], ["$..c", undefined], ["$.a.b[*].c", undefined], ["$.a[?(@.c)]", undefined], ["$[('x')]", undefined],
])("%s", (path, value) => expect(plainPath(record, path)).toEqual(value));

test("an engine with it runs no code of a path", async () => {
  const path = "$.p[?(@.constructor[(@.getPrototypeOf(@).constructor('globalThis.evertendPlain = true')())])]";
  const engine = new Engine([{ conditions: { all: [{ fact: "person", operator: "equal", value: 1, path }] }, event: { type: "x" } }], { pathResolver: plainPath });
  const { events } = await engine.run({ person: { p: [{ a: 1 }] } });
  expect(events).toEqual([]);
  expect((globalThis as { evertendPlain?: boolean }).evertendPlain).toBeUndefined();
});
