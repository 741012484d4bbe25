import type { Clause } from "../clause.js";

export const sameKeyTwice: Clause = {
  id: "same-key-twice",
  title: { "zh-CN": "同一键重复发送按声明处理", en: "A repeated key is treated as declared" },
  applies: ({ channel }) =>
    channel.capabilities.idempotency === "none" ? "the channel declares no idempotency: the host's ledger keeps a key from being sent twice" : null,
  async run(context) {
    const touch = context.touch();
    const open = await context.open();
    const first = await context.send(open, [touch], "first time");
    context.expect(first[0]?.outcome === "accepted", "first time: not accepted");
    if (context.channel.capabilities.idempotency === "lookup") {
      const known = await open.lookup?.([touch.key, "conformance-never-sent"]);
      context.expect(known?.[0]?.key === touch.key && known[0].outcome === "accepted", "lookup does not find a key that was sent");
      context.expect(known?.length === 2 && known[1]?.outcome !== "accepted", "lookup finds a key that was never sent");
      return;
    }
    const again = await context.send(open, [touch], "second time");
    context.expect(again[0]?.outcome === "accepted", "second time: a repeated key must be accepted");
    await open.close();
    const reopened = await context.open();
    const later = await context.send(reopened, [touch], "after opening again");
    context.expect(later[0]?.outcome === "accepted", "after opening again: a repeated key must be accepted");
    context.expect((await context.effects()).length === 1, `one key made ${(await context.effects()).length} messages`);
    if (context.channel.capabilities.batchSize < 2) return;
    const twin = context.touch();
    await context.send(reopened, [twin, twin], "twice in one batch");
    const effects = (await context.effects()).filter((effect) => effect.key === twin.key);
    context.expect(effects.length === 1, `one key twice in a batch made ${effects.length} messages`);
  },
};
