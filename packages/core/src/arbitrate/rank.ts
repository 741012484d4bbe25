import { messageClasses } from "../decision/message-class.js";
import type { MessageClass } from "../decision/message-class.js";
import { sha256Hex, type Sha256 } from "../json/hash.js";

/** Where an action stands among others: smaller class first, then larger priority, then a draw that changes daily. */
export interface Rank {
  /** Index into `messageClasses`. */
  readonly class: number;
  readonly priority: number;
  readonly draw: string;
  /** Makes the order total. */
  readonly key: string;
}

/** The rank of an action on a day. The draw is the hash of key and day, so that nobody is always last. */
export function rankOf(messageClass: MessageClass, priority: number, key: string, asOf: string, sha256: Sha256 = sha256Hex): Rank {
  return { class: messageClasses.indexOf(messageClass), priority, draw: sha256(JSON.stringify([key, asOf])).slice(0, 16), key };
}

/** Below zero where `a` goes first. Zero only for the same key. */
export function compareRanks(a: Rank, b: Rank): number {
  return a.class - b.class || b.priority - a.priority || compareText(a.draw, b.draw) || compareText(a.key, b.key);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
