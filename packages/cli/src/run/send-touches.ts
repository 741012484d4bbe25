import { createReadStream } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseInstant, type Channel, type ChannelHost, type OpenChannel, type SendOutcome, type Touch } from "@evertend/core";
import { printLine, say, type CliIo } from "../cli-io.js";
import { startProgress } from "../terminal/progress.js";
import type { OpenedRun } from "../wiring/open-run.js";
import { commandFault } from "../wiring/report-diagnostics.js";

/** What became of a touch, as `sent.ndjson` holds it. */
interface SentLine {
  readonly key: string;
  readonly channel: string;
  readonly outcome: SendOutcome["outcome"] | "waiting" | "not-configured";
  readonly detail: string;
}

/**
 * Sends the touches that a run has planned, after its files and state are in place. What becomes of each is appended to
 * `sent.ndjson` batch by batch. There is no outbox here: what is under way when the process dies is in doubt, nothing is
 * tried again, and touches that must wait stay unsent.
 *
 * @throws DiagnosticError where a channel cannot be opened or the log cannot be written
 */
export async function sendTouches(io: CliIo, opened: OpenedRun, out: string): Promise<void> {
  printLine(io.stderr, say(io, {
    "zh-CN": "直接发送：此处没有发件箱，中断时正在发送的消息状态不明，且不会重发。",
    en: "Sending directly: there is no durable outbox here. What is under way when this stops is in doubt, and nothing is sent again.",
  }));
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const senders = new Map<string, Sender>();
  const counts = new Map<string, number>();
  const log = async (lines: readonly SentLine[]): Promise<void> => {
    for (const { outcome } of lines) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    await appendLines(io, join(out, "sent.ndjson"), lines);
  };
  const progress = startProgress(io, say(io, { "zh-CN": "发送", en: "sending" }), undefined);
  let done = 0;
  try {
    for (const id of opened.configured) {
      const channel = opened.environment.channels.get(id);
      if (channel) senders.set(id, await openSender(io, channel, opened, controller.signal));
    }
    const now = parseInstant(opened.at) as number;
    for await (const touch of readTouches(join(out, "touches.ndjson"))) {
      progress.update(++done);
      const sender = senders.get(touch.channel);
      if (touch.notBefore !== null && (parseInstant(touch.notBefore) as number) > now) {
        await log([{ key: touch.key, channel: touch.channel, outcome: "waiting", detail: touch.notBefore }]);
      } else if (!sender) {
        await log([{ key: touch.key, channel: touch.channel, outcome: "not-configured", detail: "" }]);
      } else {
        sender.batch.push(touch);
        if (sender.batch.length >= sender.channel.capabilities.batchSize) await log(await flush(sender));
      }
    }
    for (const sender of senders.values()) await log(await flush(sender));
  } finally {
    progress.end();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    for (const sender of senders.values()) await sender.open.close().catch(() => undefined);
  }
  report(io, counts);
}

interface Sender {
  readonly channel: Channel;
  readonly open: OpenChannel;
  batch: Touch[];
}

async function openSender(io: CliIo, channel: Channel, opened: OpenedRun, signal: AbortSignal): Promise<Sender> {
  const config = opened.channelConfigs[channel.id] ?? {};
  const secrets = await readSecrets(io, config);
  const host: ChannelHost = {
    now: () => new Date().toISOString(),
    secret(reference) {
      const value = secrets.get(reference);
      if (value === undefined) throw commandFault(io, "SECRET_MISSING", { name: reference });
      return value;
    },
    log: () => undefined,
    signal,
  };
  return { channel, open: await channel.open(config, host), batch: [] };
}

/** The secrets that a configuration refers to. Those that are missing are reported by the channel when it asks. */
async function readSecrets(io: CliIo, config: unknown): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  const visit = async (value: unknown): Promise<void> => {
    if (typeof value === "string" && value.startsWith("env:")) {
      const found = io.env[value.slice(4)];
      if (found !== undefined && found !== "") secrets.set(value, found);
    } else if (typeof value === "string" && value.startsWith("file:")) {
      const text = await readFile(value.slice(5), "utf8").catch(() => undefined);
      if (text !== undefined) secrets.set(value, text.replace(/\r?\n$/, ""));
    } else if (typeof value === "object" && value !== null) {
      for (const inner of Object.values(value)) await visit(inner);
    }
  };
  await visit(config);
  return secrets;
}

async function flush(sender: Sender): Promise<readonly SentLine[]> {
  const batch = sender.batch;
  sender.batch = [];
  if (batch.length === 0) return [];
  const outcomes = await sender.open.send(batch);
  return batch.map((touch, i): SentLine => {
    const found = outcomes[i];
    // A channel that says nothing of a touch has broken its contract: whether it went out is not known.
    if (found?.key !== touch.key) return { key: touch.key, channel: touch.channel, outcome: "unknown", detail: "no outcome" };
    return { key: touch.key, channel: touch.channel, outcome: found.outcome, detail: found.outcome === "accepted" ? (found.gatewayId ?? "") : found.detail };
  });
}

async function* readTouches(file: string): AsyncGenerator<Touch> {
  // JSON.stringify escapes every line break inside a text but U+2028 and U+2029, at which readline would break.
  let rest = "";
  for await (const piece of createReadStream(file, { encoding: "utf8" })) {
    const lines = (rest + String(piece)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Touch;
  }
}

async function appendLines(io: CliIo, file: string, lines: readonly SentLine[]): Promise<void> {
  if (lines.length === 0) return;
  try {
    await appendFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""), { flush: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw commandFault(io, code === "ENOSPC" ? "DISK_FULL" : "OUTPUT_UNWRITABLE", { name: file, detail: code }, { file });
  }
}

const outcomeTexts: Readonly<Record<SentLine["outcome"], { readonly "zh-CN": string; readonly en: string }>> = {
  accepted: { "zh-CN": "已接受", en: "accepted" },
  throttled: { "zh-CN": "被限流", en: "throttled" },
  retryable: { "zh-CN": "暂时失败", en: "failed for now" },
  permanent: { "zh-CN": "无法送达", en: "refused" },
  unknown: { "zh-CN": "不明", en: "in doubt" },
  waiting: { "zh-CN": "未到时间，未发送", en: "not due yet, not sent" },
  "not-configured": { "zh-CN": "渠道未设置，未发送", en: "no settings for the channel, not sent" },
};

function report(io: CliIo, counts: ReadonlyMap<string, number>): void {
  const parts = Object.entries(outcomeTexts).flatMap(([outcome, text]) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [`${say(io, text)} ${count}`];
  });
  const all = parts.length === 0 ? say(io, { "zh-CN": "没有要发送的消息", en: "nothing to send" }) : parts.join(" · ");
  printLine(io.stderr, say(io, { "zh-CN": `发送：${all}`, en: `Sent: ${all}` }));
}
