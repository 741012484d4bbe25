import { sha256Hex } from "@evertend/core";
import { expect, test } from "vitest";
import { contendersOf, normaliserOf, programOf, series } from "./peers.js";
import { makeCustomers } from "./workload/customers.js";
import { makeRules, truthOf } from "./workload/rules.js";

const rules = makeRules(20);
const customers = makeCustomers(150);

test("the workload is the same everywhere, and its rules are rarely true", () => {
  expect(makeCustomers(3)).toEqual(customers.slice(0, 3));
  expect(makeRules(5)).toEqual(rules.slice(0, 5));
  const many = makeCustomers(1_000);
  for (const { when } of rules) {
    const share = many.filter((customer) => truthOf(when, customer) === true).length / many.length;
    expect(share).toBeGreaterThanOrEqual(0.001);
    expect(share).toBeLessThanOrEqual(0.1);
  }
});

test("all contenders find the rules that are surely true", async () => {
  const normalise = normaliserOf(programOf(rules));
  const normal = new Map(customers.map((customer) => [customer, normalise(customer)] as const));
  const expected = customers.map((customer) => rules.filter(({ when }) => truthOf(when, customer) === true).map(({ id }) => id).join(" "));
  expect(expected.some((ids) => ids !== "")).toBe(true);
  for (const contender of contendersOf(rules, normal, { all: 150, some: 150, few: 150 })) {
    expect([contender.name, await contender.answers(customers)]).toEqual([contender.name, expected]);
    await contender.run(customers);
  }
}, 120_000);

test("many customers are gone through chunk by chunk, each of them once", async () => {
  expect([...makeCustomers(100), ...makeCustomers(50, 7, 100)]).toEqual(customers);
  const matches = customers.reduce((sum, customer) => sum + rules.filter(({ when }) => truthOf(when, customer) === true).length, 0);
  const rows = await series(rules, 150, 100);
  expect(rows.map(({ contender }) => contender.includes("over 150 customers"))).toEqual([true, true, true, true, true]);
  for (const row of rows) expect(row).toMatchObject({ rules: 20, customers: 150, checksum: sha256Hex(String(matches)) });
}, 120_000);
