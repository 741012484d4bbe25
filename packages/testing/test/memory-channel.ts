import type { Channel, ChannelConfig, ChannelHost, DiagnosticCode, Lang, OpenChannel, Rendered, SendOutcome, Touch } from "@evertend/core";
import { Findings } from "@evertend/core";
import { GatewayError } from "./memory-gateway.js";
import type { MemoryGateway } from "./memory-gateway.js";

const extension = new Set("^{}\\[~]|€");
const limit = 500;

/** What a short-message channel does, step by step, so that a test can put one wrong step in the place of a right one. */
export interface Steps {
  addressFault(to: string): DiagnosticCode | null;
  compose(text: string): string;
  segments(text: string): { readonly encoding: string; readonly segments: number };
  render(touch: Touch, steps: Steps, lang?: Lang): Rendered;
  readToken(config: ChannelConfig, host: ChannelHost): string;
  outcome(key: string, error: unknown): SendOutcome;
  send(batch: readonly Touch[], sending: Sending): Promise<readonly SendOutcome[]>;
  sendOne(touch: Touch, sending: Sending): Promise<SendOutcome>;
  log(sending: Sending, batch: readonly Touch[]): void;
  opened(): void;
  close(closed: number): Promise<void>;
}

export interface Sending {
  readonly gateway: MemoryGateway;
  readonly host: ChannelHost;
  readonly steps: Steps;
}

/** The right ones. */
export const rightSteps: Steps = {
  addressFault(to) {
    if (/\p{Cc}/u.test(to)) return "ADDRESS_CONTROL_CHAR";
    return /^\+[1-9][0-9]{7,14}$/.test(to) ? null : "PHONE_INVALID";
  },
  compose(text) {
    return text;
  },
  segments(text) {
    const letters = [...text];
    const gsm = letters.every((letter) => /[\n -~]/.test(letter) || letter === "€");
    const sizes = letters.map((letter) => (gsm ? (extension.has(letter) ? 2 : 1) : letter.length));
    const [single, joined] = gsm ? [160, 153] : [70, 67];
    const encoding = gsm ? "GSM-7" : "UCS-2";
    if (sizes.reduce((sum, size) => sum + size, 0) <= single) return { encoding, segments: text === "" ? 0 : 1 };
    let segments = 1;
    let filled = 0;
    for (const size of sizes) {
      if (filled + size > joined) [segments, filled] = [segments + 1, 0];
      filled += size;
    }
    return { encoding, segments };
  },
  render(touch, steps, lang = "en") {
    const findings = new Findings(lang);
    const place = (pointer: string) => ({ file: "", pointer, line: 0, column: 0 });
    const fault = steps.addressFault(touch.to);
    if (fault !== null) findings.add(fault, place("/to"));
    const body = touch.parts["text"];
    if (body === undefined) findings.add("TEMPLATE_PART_MISSING", place("/parts"), { name: "text" });
    else if (body.trim() === "") findings.add("MESSAGE_EMPTY", place("/parts/text"));
    const text = steps.compose(body ?? "");
    if (text.length > limit) findings.add("SMS_TOO_LONG", place("/parts/text"));
    return { key: touch.key, to: touch.to, parts: { text }, ...steps.segments(text), diagnostics: findings.list };
  },
  readToken(config, host) {
    if (typeof config["url"] !== "string") throw new Error("url is missing");
    return host.secret(String(config["token"]));
  },
  outcome(key, error) {
    const kind = error instanceof GatewayError ? error.kind : "failed";
    if (kind === "busy") return { key, outcome: "throttled", scope: "channel", detail: kind };
    return { key, outcome: kind === "lost" ? "unknown" : kind === "stopped" ? "retryable" : "permanent", detail: kind };
  },
  async send(batch, sending) {
    const outcomes: SendOutcome[] = [];
    for (const touch of batch) outcomes.push(await sending.steps.sendOne(touch, sending));
    sending.steps.log(sending, batch);
    return outcomes;
  },
  async sendOne(touch, { gateway, host, steps }) {
    const { key } = touch;
    if (host.signal.aborted) return { key, outcome: "retryable", detail: "stopped" };
    try {
      const rendered = steps.render(touch, steps);
      if (rendered.diagnostics.length > 0) return { key, outcome: "permanent", detail: rendered.diagnostics.map((d) => d.code).join(", ") };
      await gateway.deliver({ key, to: touch.to, text: rendered.parts["text"] ?? "" }, host.signal);
      return { key, outcome: "accepted" };
    } catch (error) {
      return steps.outcome(key, error);
    }
  },
  log({ host }, batch) {
    host.log("memory.sent", { count: batch.length });
  },
  opened() {
    // A right channel starts nothing of its own.
  },
  async close() {
    // Nothing is held, so nothing is let go.
  },
};

/** A channel of the steps above with some of them replaced, and changes to what it declares. */
export function createMemoryChannel(gateway: MemoryGateway, changes: Partial<Steps> = {}, declared: Partial<Channel> = {}): Channel {
  const steps: Steps = { ...rightSteps, ...changes };
  return {
    contract: 1,
    id: "memory",
    label: { "zh-CN": "内存", en: "Memory" },
    capabilities: {
      content: "free",
      batchSize: 10,
      idempotency: "native",
      receipts: "none",
      optOut: "none",
      sensitivity: "internal",
      maxCharacters: limit,
      parts: ["text"],
      escape: { text: "plain" },
      address: "phone",
    },
    configSchema: {
      type: "object",
      additionalProperties: false,
      required: ["url"],
      properties: { url: { type: "string" }, token: { type: "string", secret: true } },
    },
    render: (touch, _config, lang) => steps.render(touch, steps, lang),
    open: async (config, host): Promise<OpenChannel> => {
      steps.readToken(config, host);
      steps.opened();
      let closed = 0;
      return { send: (batch) => steps.send(batch, { gateway, host, steps }), close: () => steps.close(closed++) };
    },
    ...declared,
  };
}

export const memoryConfig: ChannelConfig = { url: "memory:", token: "env:TOKEN" };
export const memorySecrets = { "env:TOKEN": "a token nobody guesses" };
