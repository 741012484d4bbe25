// Run as a process of its own by the test of kill safety: commits one generation of state after the other, for ever.
import { openFileState } from "@evertend/warehouse";

const [dir = "", from = "1"] = process.argv.slice(2);
for (let generation = Number(from); ; generation++) {
  const writer = await openFileState(dir, { lang: "en" }).begin();
  for (let i = 0; i < 300; i++) {
    await writer.write({
      customerId: String(i).padStart(5, "0"),
      asOf: "2026-03-01",
      lastFacts: { generation, pad: "x".repeat(500) },
      episodes: {},
      keys: {},
      contacts: [],
      openTasks: [],
    });
  }
  await writer.commit();
  process.stdout.write(`${generation}\n`);
}
