import type { Diagnostic, Lang } from "../diagnostics/diagnostic.js";
import type { Touch } from "../decision/decision.js";

/** Sensitivity of a field, from harmless to never leaves the bank. */
export type Sensitivity = "public" | "internal" | "personal" | "restricted";

/** What a channel can and cannot do, as data. */
export interface ChannelCapabilities {
  /** `free` text, or only `template`s that the gateway approved beforehand (slots are sent instead of text). */
  readonly content: "free" | "template";
  /** Touches per `send` call, at least 1. */
  readonly batchSize: number;
  /** `native`: the gateway absorbs a repeated key; `lookup`: it can be asked; `none`: a repeated send is a second message. */
  readonly idempotency: "native" | "lookup" | "none";
  readonly receipts: "none" | "pushed" | "polled";
  /** How a recipient refuses further messages: words in the text, a header, or not at all. */
  readonly optOut: "text" | "header" | "none";
  /** The highest sensitivity that a template for this channel may read. */
  readonly sensitivity: Sensitivity;
  /** Longest text in characters that the channel can carry, `null` where it has no limit. */
  readonly maxCharacters: number | null;
  /** Template parts this channel fills, the first is required: `["text"]`, `["subject", "text", "html"]`. */
  readonly parts: readonly string[];
  /** How each part is escaped: `plain`, `line` (one line, no control characters), `html`. */
  readonly escape: Readonly<Record<string, "plain" | "line" | "html">>;
  /** What an address looks like. */
  readonly address: "phone" | "mailbox" | "opaque";
}

/** What a recipient will get, computed without sending. */
export interface Rendered {
  readonly key: string;
  readonly to: string;
  /** Wire parts by name; for SMS `text`, for e-mail `subject`, `text`, `html` and `headers` as JSON. */
  readonly parts: Readonly<Record<string, string>>;
  /** Billable units: SMS segments, 1 for an e-mail. */
  readonly segments: number;
  /** Character set of the wire form where it matters: `GSM-7`, `UCS-2`. */
  readonly encoding: string;
  /** Why it cannot be sent; empty when it can. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What became of one touch. `unknown` means the gateway may or may not have it: never resend blindly.
 * `detail` is scrubbed: no address, no text, no secret.
 */
export type SendOutcome =
  | { readonly key: string; readonly outcome: "accepted"; readonly gatewayId?: string }
  | { readonly key: string; readonly outcome: "throttled"; readonly scope: "recipient" | "channel"; readonly retryAfterSeconds?: number; readonly detail: string }
  | { readonly key: string; readonly outcome: "retryable" | "permanent" | "unknown"; readonly detail: string };

/** Later news of a touch from the gateway. */
export interface Receipt {
  readonly gatewayId: string;
  readonly status: "delivered" | "failed" | "bounced" | "complained";
  readonly at: string;
  readonly detail: string;
}

/** Something a recipient sent back. */
export interface Inbound {
  readonly from: string;
  readonly kind: "opt-out" | "opt-in" | "reply";
  readonly at: string;
}

/** What the host lends to an open channel. The channel itself reads no clock and keeps no ledger. */
export interface ChannelHost {
  /** Instant of this send in ISO form; the channel never asks the machine. */
  readonly now: () => string;
  /** Resolves a secret reference (`env:SMTP_PASSWORD`, `file:/run/secrets/x`); throws where there is none. */
  readonly secret: (reference: string) => string;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
  readonly signal: AbortSignal;
}

/** A channel that is ready to send. */
export interface OpenChannel {
  /** One outcome for each touch, in the order of the touches. Never throws for what a gateway does. */
  send(batch: readonly Touch[]): Promise<readonly SendOutcome[]>;
  close(): Promise<void>;
  lookup?(keys: readonly string[]): Promise<readonly SendOutcome[]>;
  pollReceipts?(): Promise<readonly Receipt[]>;
  health?(): Promise<{ readonly ok: boolean; readonly detail: string }>;
}

/** A configuration that passed `configSchema`. */
export type ChannelConfig = Readonly<Record<string, unknown>>;

/**
 * The contract of a channel plugin, version 1. `render` is pure: the same touch and configuration give the same
 * result, in a browser too.
 */
export interface Channel {
  readonly contract: 1;
  readonly id: string;
  readonly label: Readonly<Record<Lang, string>>;
  readonly capabilities: ChannelCapabilities;
  /** JSON Schema of the configuration (the subset that `checkShape` reads). Secrets are references, marked `"secret": true`. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  render(touch: Touch, config: ChannelConfig, lang?: Lang): Rendered;
  open(config: ChannelConfig, host: ChannelHost): Promise<OpenChannel>;
  parseReceipt?(body: string, headers: Readonly<Record<string, string>>): readonly Receipt[];
  parseInbound?(body: string, headers: Readonly<Record<string, string>>): readonly Inbound[];
}
