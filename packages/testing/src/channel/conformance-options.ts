import type { Channel, ChannelConfig, ChannelHost, Touch } from "@evertend/core";
import type { FaultGateway } from "./fault-gateway.js";

/** What the conformance kit needs to know of a channel. */
export interface ConformanceOptions {
  readonly channel: Channel;
  /** A valid configuration that leads to the gateway; a function where it is known only once the gateway runs. */
  readonly config: ChannelConfig | (() => ChannelConfig | Promise<ChannelConfig>);
  readonly gateway: FaultGateway;
  /** Values of the secrets that the configuration refers to, by reference: `{"env:SMTP_PASSWORD": "…"}`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What the channel's host differs in. */
  readonly host?: Partial<ChannelHost>;
  /** What the sample touch differs in, such as `template` or `to` where addresses are opaque. */
  readonly touch?: Partial<Touch>;
  /** Longest time for one clause, in milliseconds; 20,000 unless told. */
  readonly timeoutMs?: number;
}
