import type { ChannelConfig, CustomerState, Lang, Program, Touch } from "@evertend/core";
import { stateLine } from "@evertend/warehouse";
import type { SettledCustomer } from "./settle-customer.js";

/** What lines of settled customers are written with. */
export interface SettledLinesOptions {
  readonly program: Pick<Program, "environment">;
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  readonly lang: Lang;
}

/** Gathers the lines of settled customers for each of `settledFiles`. */
export class SettledLines {
  readonly #options: SettledLinesOptions;
  readonly #rendered: Map<string, string>;
  #decisions = "";
  #touches = "";
  #tasks = "";
  #states = "";

  constructor(options: SettledLinesOptions) {
    this.#options = options;
    this.#rendered = new Map([...options.program.environment.channels.keys()].map((id) => [id, ""]));
  }

  /** A customer's decisions, and what they come to. */
  add(customer: SettledCustomer): void {
    for (const { decision } of customer.settled) this.#decisions += `${JSON.stringify(decision)}\n`;
    for (const task of customer.tasks) this.#tasks += `${JSON.stringify(task)}\n`;
    for (const touch of customer.touches) {
      this.#touches += `${JSON.stringify(touch)}\n`;
      this.#render(touch);
    }
  }

  state(state: CustomerState): void {
    this.#states += stateLine(state);
  }

  /** Keeps the place of a customer who waits. */
  gap(): void {
    this.#decisions += "\n";
    this.#touches += "\n";
    this.#tasks += "\n";
    this.#states += "\n";
    for (const [id, text] of this.#rendered) this.#rendered.set(id, `${text}\n`);
  }

  /** What was gathered, in the order of `settledFiles`; nothing is left. */
  take(): readonly string[] {
    const texts = [this.#decisions, this.#touches, this.#tasks, this.#states, ...this.#rendered.values()];
    this.#decisions = this.#touches = this.#tasks = this.#states = "";
    for (const id of this.#rendered.keys()) this.#rendered.set(id, "");
    return texts;
  }

  #render(touch: Touch): void {
    const { program, channelConfigs, lang } = this.#options;
    const channel = program.environment.channels.get(touch.channel);
    if (!channel) return;
    const { key, to, parts, segments, encoding } = channel.render(touch, channelConfigs[touch.channel] ?? {}, lang);
    this.#rendered.set(channel.id, `${this.#rendered.get(channel.id) ?? ""}${JSON.stringify({ key, to, parts, segments, encoding })}\n`);
  }
}
