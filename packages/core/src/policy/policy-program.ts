import type { TruthNode } from "../lower/node.js";
import type { MessageClass } from "../decision/message-class.js";

/** Hours in which nothing is sent, in minutes from midnight of the customer's zone; `from` > `to` spans midnight. */
export interface QuietHours {
  readonly id: string;
  readonly classes: readonly MessageClass[];
  readonly channels: readonly string[] | null;
  readonly from: number;
  readonly to: number;
}

/** At most `max` messages of these classes and channels in any `days` days (today counts). `null` = all. */
export interface Cap {
  readonly id: string;
  readonly classes: readonly MessageClass[];
  readonly channels: readonly string[] | null;
  readonly rules: readonly string[] | null;
  readonly max: number;
  readonly days: number;
}

/** While `when` is surely true, actions of these classes wait. */
export interface Pause {
  readonly id: string;
  readonly when: TruthNode;
  readonly stops: readonly MessageClass[];
  /** Only messages on these channels wait, as where mail came back; `null` = whatever the channel, tasks included. */
  readonly channels: readonly string[] | null;
}

/** A channel is allowed only within hours (in minutes) while `when` is surely true: no calls at work. */
export interface ChannelWindow {
  readonly id: string;
  readonly when: TruthNode;
  readonly channels: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Which risk of a product a customer may be offered. Dotted names of facts; `product.` fields are the offered item's. */
export interface Suitability {
  readonly id: string;
  /** Field of the product that holds its risk level, a number. */
  readonly productRisk: string;
  /** Record facts with the customer's assessed rating, a number; the lowest tolerance of several counts. */
  readonly customerRatings: readonly string[];
  readonly assessedOn: string;
  readonly validMonths: number;
  /** From this age an offer of `highRisk` or more needs a person's approval. */
  readonly careAge: number;
  readonly highRisk: number;
  readonly birthDate: string;
}

/** Policy of a pack, compiled. */
export interface PolicyProgram {
  readonly jurisdiction: string;
  /** Per class: consent `required` (unknown counts as no), `opt-out` (only a refusal stops it), or `none`. */
  readonly consent: Readonly<Record<MessageClass, { readonly rule: "required" | "opt-out" | "none"; readonly purpose: string }>>;
  /** Classes that a do-not-contact mark stops. */
  readonly doNotContact: readonly MessageClass[];
  readonly quietHours: readonly QuietHours[];
  readonly windows: readonly ChannelWindow[];
  readonly caps: readonly Cap[];
  readonly pauses: readonly Pause[];
  readonly suitability: ReadonlyMap<string, Suitability>;
  /** New tasks per day and person, by role; absent = no limit. */
  readonly slotsPerDay: Readonly<Record<string, number>>;
  /** Touches per day, by channel; absent = no limit. */
  readonly channelBudget: Readonly<Record<string, number>>;
  /** Secret-free key that spreads control groups; a new key draws new groups. */
  readonly holdoutKey: string;
}
