import { readdir, readFile } from "node:fs/promises";
import { bankingPlugin } from "@evertend/banking";
import { createSmsChannel } from "@evertend/channel-sms";
import { createEngine, createEnvironment, definePlugin, formatDiagnostics, loadPack, reasonTexts, type CustomerState } from "@evertend/core";

/**
 * Evertend inside a program of a bank: load a pack, decide for a few customers on two days, print what comes out. Where
 * customers, states, touches and tasks come from and go to is the bank's own business.
 */

// 1. The pack: the texts of its files, by name. All its mistakes come at once, as diagnostics.
const folder = new URL("../pack/", import.meta.url);
const files: Record<string, string> = {};
for (const name of await readdir(folder)) files[name] = await readFile(new URL(name, folder), "utf8");

const environment = createEnvironment([bankingPlugin, definePlugin({ name: "channels", channels: [createSmsChannel()] })]);
const { program, diagnostics } = loadPack(files, { environment });
if (!program) throw new Error(formatDiagnostics(diagnostics, { sources: new Map(Object.entries(files)) }));

// 2. The engine: build it once, and keep it.
const engine = createEngine(program);

// 3. One day after the other. What a day leaves behind for the next is a plain value; store it as you store JSON.
const customers = JSON.parse(await readFile(new URL("../customers.json", import.meta.url), "utf8")) as readonly unknown[];
const states = new Map<string, CustomerState>();

for (const asOf of ["2026-11-30", "2026-12-01"]) {
  console.log(asOf);
  for await (const result of engine.run(customers, { asOf, at: `${asOf}T09:00:00+08:00`, states })) {
    if ("setAside" in result) {
      for (const one of result.setAside) console.log(`  set aside  ${one.code} ${one.pointer}: ${one.message}`);
      continue;
    }
    // 4. Messages to send and tasks to open. Their keys never repeat, so storing them by key is safe.
    for (const touch of result.touches) console.log(`  touch      ${touch.customerId} ${touch.channel} ${touch.to}: ${touch.parts["text"] ?? ""}`);
    for (const task of result.tasks) console.log(`  task       ${task.customerId} for ${task.assignee}: ${task.title}, due ${task.due ?? "any day"}`);
    // 5. Everything else has a reason.
    for (const { decision } of result.settled) {
      if (decision.outcome === "touch" || decision.outcome === "task") continue;
      console.log(`  ${decision.outcome.padEnd(10)} ${decision.customerId} ${decision.ruleId} ${decision.action}: ${reasonTexts[decision.reason].en}`);
    }
    states.set(result.customerId, result.nextState);
  }
}
