import type { Clause } from "../clause.js";

export const partialBatch: Clause = {
  id: "partial-batch",
  title: { "zh-CN": "一条失败不影响同批其他消息", en: "One bad touch does not hold back the others" },
  applies: ({ channel }) => (channel.capabilities.batchSize < 2 ? "a batch is one touch" : null),
  async run(context) {
    const [main = ""] = context.channel.capabilities.parts;
    const good = context.touch();
    const bad = context.touch({ to: "bad\r\naddress" });
    const empty = context.touch({ parts: { ...good.parts, [main]: "" } });
    const last = context.touch();
    const open = await context.open();
    const { batchSize } = context.channel.capabilities;
    const batch = batchSize < 4 ? [bad, last].slice(0, batchSize) : [good, bad, empty, last];
    const outcomes = await context.send(open, batch);
    outcomes.forEach((outcome, index) => {
      const touch = batch[index];
      const expected = touch === bad || touch === empty ? "permanent" : "accepted";
      context.expect(outcome.outcome === expected, `touch ${index} of the batch is ${outcome.outcome}, expected ${expected}`);
    });
    const keys = (await context.effects()).map((effect) => effect.key).sort();
    const expected = batch.filter((touch) => touch === good || touch === last).map((touch) => touch.key).sort();
    context.expect(JSON.stringify(keys) === JSON.stringify(expected), `the gateway has ${keys.length} messages of the batch, expected ${expected.length}`);
  },
};
