import { loadPack } from "@evertend/core";
import { fromJsonRulesEngine, toJsonRulesEngine } from "@evertend/json-rules-engine";
import { Engine } from "json-rules-engine";

// Rules in: a pack, and what differs.
const { files, differences } = fromJsonRulesEngine([
  { name: "invite", conditions: { all: [{ fact: "assets", path: "$.total", operator: "greaterThanInclusive", value: 500000 }, { fact: "consent", operator: "notEqual", value: "withdrawn" }] }, event: { type: "inviteToEvent" } },
  { name: "filtered", conditions: { all: [{ fact: "assets", path: "$.funds[?(@.value > 1)].id", operator: "contains", value: "F1" }] }, event: { type: "callCustomer" } },
]);
for (const { rule, code, refused, pointer } of differences) console.log(`${rule} ${code}${refused ? " (left out)" : ""} ${pointer}`);

// Rules out: stock json-rules-engine fires what is surely true, also where facts are missing.
const { program } = loadPack(files);
if (!program) throw new Error("the pack has errors");
const { sets, facts } = toJsonRulesEngine(program);
const engines = sets.map(({ rules }) => new Engine([...rules]));
const records = [
  { customerId: "1", assets: { total: 600000 }, consent: "given" },
  { customerId: "2", assets: { total: 600000 } },
];
for (const record of records) {
  for (const row of facts(record, { asOf: "2026-11-30" })) {
    const run = await engines[row.set]?.run(row.facts);
    console.log(`customer ${record.customerId}: ${run?.events.map(({ type }) => type).join(" ") || "nothing"}`);
  }
}
