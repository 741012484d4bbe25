import { always } from "../clause.js";
import type { Clause } from "../clause.js";

export const outcomesInOrder: Clause = {
  id: "outcomes-in-order",
  title: { "zh-CN": "每条消息一个结果，顺序一致", en: "One outcome for each touch, in order" },
  applies: always,
  async run(context) {
    const open = await context.open();
    const batch = context.batch(5);
    const outcomes = await context.send(open, batch, "a healthy gateway");
    context.expect(outcomes.every((outcome) => outcome.outcome === "accepted"), `a healthy gateway: ${outcomes.map((o) => o.outcome).join(", ")}`);
    const effects = await context.effects();
    context.expect(effects.length === batch.length, `${batch.length} touches made ${effects.length} messages`);
    for (const touch of batch) {
      const own = effects.filter((effect) => effect.key === touch.key);
      context.expect(own.length === 1 && own[0]?.to === touch.to, "a message did not arrive under its key at its address");
    }
    context.expect((await context.send(open, [], "an empty batch")).length === 0, "an empty batch has no outcomes");
  },
};
