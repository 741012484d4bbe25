import { defineModel, loadPack, rulesOver } from "@evertend/core";
import { expect, test } from "vitest";

/** What `tsc` refuses is marked; an error that stops being one fails `pnpm types`. */
const model = defineModel({
  id: "m",
  zone: "Asia/Shanghai",
  entity: {
    name: "customer",
    id: "customerId",
    properties: {
      customerId: { type: "string" },
      assets: { type: "object", properties: { total: { type: "number" } } },
      holdings: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, type: { type: "string" }, balance: { type: "number" } } } },
    },
  },
});
const rule = rulesOver(model, ["tier"]);

const good = [
  rule({ id: "a", when: [["assets.total", ">=", 5], ["tier", "=", "gold"]] }),
  rule({ id: "b", forEach: "holdings as deposit", when: [["deposit.balance", ">", 1], { any: [["deposit.type", "in", ["x"]], ["customerId", "isPresent"]] }] }),
  rule({ id: "c", when: [{ some: "holdings as h", where: [["h.type", "=", "fund"]] }, { not: ["assets.total", "<", { param: "p" }] }] }),
  rule({ id: "d", when: [{ fact: "assets.total", operator: "greaterThan", value: { fact: "assets.total" } }] }),
];

// @ts-expect-error the model has no such field
rule({ id: "x", when: [["assets.totl", ">=", 5]] });
// @ts-expect-error no rule ranges over deposits here
rule({ id: "x", when: [["deposit.balance", ">=", 5]] });
// @ts-expect-error the item has no such field
rule({ id: "x", forEach: "holdings as deposit", when: [["deposit.balnce", ">=", 5]] });
// @ts-expect-error there is no such collection
rule({ id: "x", forEach: "holding as deposit", when: [] });
// @ts-expect-error inside the quantifier the field does not exist either
rule({ id: "x", when: [{ some: "holdings as h", where: [["h.typo", "=", "fund"]] }] });
// @ts-expect-error there is no such operator
rule({ id: "x", when: [["assets.total", "=>", 5]] });
// @ts-expect-error the compared fact does not exist
rule({ id: "x", when: [["assets.total", ">=", { fact: "nothing" }]] });

test("rules written in TypeScript load as they are", () => {
  const pack = {
    pack: { id: "p", version: "1" },
    model,
    parameters: { p: { value: 3 } },
    facts: [{ id: "tier", kind: "bands", of: "assets.total", bands: [{ name: "base" }, { name: "gold", from: 10 }] }],
    rules: good,
  };
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) });
  expect(diagnostics).toEqual([]);
  expect(program?.rules.map((one) => one.id)).toEqual(["a", "b", "c", "d"]);
});
