import type { Channel, ChannelConfig, ChannelHost, OpenChannel, SendOutcome, Touch } from "@evertend/core";
import type { ConformanceOptions } from "./conformance-options.js";
import type { FaultGateway, GatewayEffect, GatewayFault } from "./fault-gateway.js";
import { sampleTouch } from "./sample-touch.js";

/** One line that a channel logged. */
export interface LogLine {
  readonly event: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** The instant at which every clause takes place. */
export const conformanceInstant = "2026-11-24T09:00:00+08:00";

/** What a clause works with. One clause, one context: nothing is carried over. */
export class ClauseContext {
  readonly channel: Channel;
  readonly failures: string[] = [];
  /** What the channel logged, and the secrets it asked for. */
  readonly logs: LogLine[] = [];
  readonly secretsAsked: string[] = [];
  readonly #options: ConformanceOptions;
  readonly #opened: OpenChannel[] = [];
  #number = 0;

  private constructor(options: ConformanceOptions, readonly config: ChannelConfig) {
    this.#options = options;
    this.channel = options.channel;
  }

  /** A fresh context over a healthy, empty gateway. */
  static async create(options: ConformanceOptions): Promise<ClauseContext> {
    await options.gateway.reset();
    const { config } = options;
    return new ClauseContext(options, typeof config === "function" ? await config() : config);
  }

  get gateway(): FaultGateway {
    return this.#options.gateway;
  }

  get secrets(): Readonly<Record<string, string>> {
    return this.#options.secrets ?? {};
  }

  /** Says that the channel breaks the clause. */
  fail(message: string): void {
    this.failures.push(message);
  }

  /** Fails unless the condition holds. */
  expect(condition: boolean, message: string): void {
    if (!condition) this.fail(message);
  }

  /** A valid touch; each has a key and, unless the options name one, an address of its own. */
  touch(changes: Partial<Touch> = {}): Touch {
    this.#number++;
    return sampleTouch(this.channel, this.#number, { ...this.#options.touch, ...changes });
  }

  /** As many valid touches as one `send` takes, at most `most`. */
  batch(most: number): readonly Touch[] {
    return Array.from({ length: Math.max(1, Math.min(most, this.channel.capabilities.batchSize)) }, () => this.touch());
  }

  host(changes: Partial<ChannelHost> = {}): ChannelHost {
    return {
      now: () => conformanceInstant,
      log: (event, fields) => void this.logs.push({ event, fields }),
      signal: new AbortController().signal,
      secret: (reference) => {
        this.secretsAsked.push(reference);
        const value = Object.hasOwn(this.secrets, reference) ? this.secrets[reference] : undefined;
        if (value === undefined) throw new Error("there is no such secret");
        return value;
      },
      ...this.#options.host,
      ...changes,
    };
  }

  /** Opens the channel; the kit closes it after the clause. */
  async open(changes: Partial<ChannelHost> = {}, config: ChannelConfig = this.config): Promise<OpenChannel> {
    const open = await this.channel.open(config, this.host(changes));
    this.#opened.push(open);
    return open;
  }

  /** Sends and checks that there is one outcome for each touch, in order and well formed. */
  async send(open: OpenChannel, batch: readonly Touch[], saying = ""): Promise<readonly SendOutcome[]> {
    const where = saying === "" ? "" : `${saying}: `;
    let outcomes: unknown;
    try {
      outcomes = await open.send(batch);
    } catch (error) {
      this.fail(`${where}send rejected (${error instanceof Error ? error.name : typeof error}); it must answer with outcomes`);
      return [];
    }
    return outcomeFaults(batch, outcomes).map((fault) => this.fail(where + fault)).length === 0 ? (outcomes as readonly SendOutcome[]) : [];
  }

  async effects(): Promise<readonly GatewayEffect[]> {
    return this.gateway.effects();
  }

  /** Makes the gateway fail from now on; `null` heals it. */
  async fault(fault: GatewayFault | null): Promise<void> {
    await this.gateway.set(fault);
  }

  /** Closes what the clause opened and heals the gateway. */
  async dispose(): Promise<void> {
    await this.gateway.set(null);
    await Promise.allSettled(this.#opened.map((open) => open.close()));
  }
}

const words: ReadonlySet<unknown> = new Set(["accepted", "throttled", "retryable", "permanent", "unknown"]);

function outcomeFaults(batch: readonly Touch[], outcomes: unknown): readonly string[] {
  if (!Array.isArray(outcomes)) return ["send did not give a list"];
  if (outcomes.length !== batch.length) return [`${outcomes.length} outcomes for ${batch.length} touches`];
  return batch.flatMap((touch, index) => {
    const outcome = outcomes[index] as Readonly<Record<string, unknown>> | null | undefined;
    if (typeof outcome !== "object" || outcome === null) return [`outcome ${index} is not an object`];
    const faults: string[] = [];
    if (outcome["key"] !== touch.key) faults.push(`outcome ${index} is not of touch ${index}`);
    if (!words.has(outcome["outcome"])) faults.push(`outcome ${index} says ${JSON.stringify(outcome["outcome"])}`);
    if (outcome["outcome"] !== "accepted" && typeof outcome["detail"] !== "string") faults.push(`outcome ${index} lacks a detail`);
    if (outcome["outcome"] === "throttled" && outcome["scope"] !== "recipient" && outcome["scope"] !== "channel") faults.push(`outcome ${index} lacks the scope of the throttling`);
    return faults;
  });
}
