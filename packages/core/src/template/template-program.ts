import type { MessageClass } from "../decision/message-class.js";
import type { Template } from "./check-template.js";

/** A checked message or task template. */
export interface TemplateProgram {
  readonly id: string;
  readonly type: "message" | "task";
  readonly class?: MessageClass;
  /** For messages: channel → locale → part → template. For tasks the channel is `task`, the parts `title` and `brief`. */
  readonly variants: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, Template>>>;
  /** SHA-256 over all variants' sources. */
  readonly version: string;
}
