import type { Touch } from "@evertend/core";
import { always } from "../clause.js";
import type { Clause } from "../clause.js";

export const sendNeverThrows: Clause = {
  id: "send-never-throws",
  title: { "zh-CN": "中途出错也不会从 send 抛出", en: "What breaks on the way never escapes from send" },
  applies: always,
  async run(context) {
    const [main = ""] = context.channel.capabilities.parts;
    const open = await context.open();
    const bomb = explosive(context.touch(), main);
    const batch = context.channel.capabilities.batchSize < 3 ? [bomb] : [context.touch(), bomb, context.touch()];
    const outcomes = await context.send(open, batch, "a touch that cannot be read");
    outcomes.forEach((outcome, index) => {
      const accepted = outcome.outcome === "accepted";
      if (batch[index] === bomb) context.expect(!accepted, "a touch that cannot be read was accepted");
      else context.expect(accepted, `a touch beside one that cannot be read is ${outcome.outcome}`);
    });
    for (const fault of context.gateway.faults) {
      // A gateway that never answers is the business of the clause on cancelling.
      if (fault === "hang") continue;
      await context.fault(fault);
      await context.send(open, context.batch(2), `a gateway that does "${fault}"`);
    }
    await context.fault(null);
    const [after] = await context.send(open, [context.touch()], "after the faults");
    context.expect(after === undefined || after.outcome === "accepted", "the channel does not recover when the gateway does");
  },
};

/** A touch that throws when its main part is read: the host's data may be broken in ways nobody foresaw. */
function explosive(touch: Touch, main: string): Touch {
  const parts = { ...touch.parts };
  Object.defineProperty(parts, main, {
    enumerable: true,
    get: () => {
      throw new Error("broken data");
    },
  });
  return { ...touch, parts };
}
