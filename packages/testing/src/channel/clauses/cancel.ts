import { always } from "../clause.js";
import type { Clause } from "../clause.js";

const promptlyMs = 5_000;

export const cancel: Clause = {
  id: "cancel",
  title: { "zh-CN": "收到中止信号即停止", en: "It stops when the host says so" },
  applies: always,
  async run(context) {
    const before = new AbortController();
    const open = await context.open({ signal: before.signal });
    before.abort();
    const outcomes = await context.send(open, context.batch(3), "aborted before sending");
    context.expect(outcomes.every((o) => o.outcome === "retryable"), `aborted before sending: ${outcomes.map((o) => o.outcome).join(", ")}, expected retryable`);
    context.expect((await context.effects()).length === 0, "aborted before sending: something was sent");

    if (!context.gateway.faults.includes("hang")) return;
    const during = new AbortController();
    const hanging = await context.open({ signal: during.signal });
    await context.fault("hang");
    const sending = context.send(hanging, context.batch(3), "aborted while sending");
    const timer = setTimeout(() => during.abort(), 100);
    const started = performance.now();
    const stopped = await sending;
    clearTimeout(timer);
    context.expect(performance.now() - started < promptlyMs, "aborted while sending: it took too long to stop");
    context.expect(stopped.every((o) => o.outcome === "retryable" || o.outcome === "unknown"), `aborted while sending: ${stopped.map((o) => o.outcome).join(", ")}`);
  },
};
