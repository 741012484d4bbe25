import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, formatDiagnostics, loadPack, type Program } from "@evertend/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { layOver, readBase } from "../conformance/conformance-case.js";

const base = readBase(fileURLToPath(new URL("../conformance/", import.meta.url)));
const environment = createEnvironment([bankingPlugin]);
const label = { "zh-CN": "项", en: "thing" };
const fact = (id: string, json: object): object => ({ id, label, ...json });

/** Every way to derive a figure from figures, with a scale that says how it is shown where there is a choice. */
function packWith(shown: number): Program {
  const pack = {
    facts: [
      fact("sum", { kind: "aggregate", fold: "sum", over: "holdings as h", of: "h.balance", scale: shown }),
      fact("average", { kind: "aggregate", fold: "avg", over: "holdings as h", of: "h.balance", scale: shown }),
      fact("most", { kind: "aggregate", fold: "max", over: "holdings as h", of: "h.terms.rate", scale: shown }),
      fact("both", { kind: "sum", of: ["assets.total", "sum"], minus: ["assets.idle"], scale: shown }),
      fact("one", { kind: "first", of: ["assets.idle", "sum"], scale: shown }),
      fact("ofDerived", { kind: "ratio", of: "both", to: "sum", scale: shown }),
      fact("ofMost", { kind: "ratio", of: "most", to: "one" }),
      fact("withAverage", { kind: "sum", of: ["average", "assets.total"], scale: shown }),
      fact("withRatio", { kind: "sum", of: ["ofDerived", "assets.total"] }),
      fact("share", { forEach: "holdings as h", kind: "ratio", of: "h.balance", to: "assets.total", scale: shown }),
      fact("shares", { kind: "aggregate", fold: "sum", over: "holdings as h", of: "h.share" }),
    ],
    rules: [{ id: "r", repeat: "once", when: [["assets.total", ">", { divide: [{ fact: "both" }, { fact: "sum" }] }]], then: [{ task: "t" }] }],
  };
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(layOver("exact", base, pack)) }, { environment });
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  return program;
}
const programs = [0, 1, 2, 4].map(packWith);

/** A quotient of whole numbers as the double nearest to it: division of doubles that hold them exactly rounds once. */
function quotient(a: bigint, b: bigint): number | null {
  return b === 0n ? null : Number(a) / Number(b);
}

const cents = fc.bigInt(-1_000_000_000_000n, 1_000_000_000_000n);
/** Cents as they stand in a record. */
const money = (amount: bigint): number => Number(amount) / 100;

test("sums, averages and ratios of derived figures are what whole numbers give, however they are shown", () => {
  fc.assert(fc.property(fc.constantFrom(...programs), cents, cents, fc.array(cents, { minLength: 1, maxLength: 5 }), fc.array(fc.bigInt(0n, 1_000_000n), { minLength: 5, maxLength: 5 }), (program, total, idle, balances, rates) => {
    const record = { customerId: "1", assets: { total: money(total), idle: money(idle) }, holdings: balances.map((one, i) => ({ holdingId: `H${i}`, balance: money(one), terms: { rate: Number(rates[i]) / 10_000 } })) };
    const result = createEngine(program).evaluate(record, { asOf: "2026-11-23" });
    if ("setAside" in result) throw new Error(JSON.stringify(result.setAside));
    const sum = balances.reduce((a, b) => a + b, 0n);
    const both = total + sum - idle;
    const most = rates.slice(0, balances.length).reduce((a, b) => (a > b ? a : b), 0n);
    const average = Number(sum) / (100 * balances.length);
    const ofDerived = quotient(both, sum);
    const shares = balances.map((one) => quotient(one, total));
    expect(result.facts).toMatchObject({
      sum: money(sum), average, most: Number(most) / 10_000, both: money(both), one: money(idle),
      ofDerived, ofMost: quotient(most, idle * 100n),
      withAverage: average + money(total), withRatio: ofDerived === null ? null : ofDerived + money(total),
      shares: total === 0n ? null : shares.reduce<number>((a, b) => a + (b ?? 0), 0),
    });
  }));
});
