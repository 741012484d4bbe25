import type { MessageClass } from "./message-class.js";
import type { ReasonCode } from "./reason-codes.js";

/** A rule that is surely true for a subject. */
export interface Match {
  readonly customerId: string;
  readonly ruleId: string;
  /** `""` is the customer; otherwise the id of one item (a deposit, a loan). */
  readonly subject: string;
  /** What makes this match one and the same tomorrow, e.g. `2026-12-30/7`, `2026-Q4`. */
  readonly occurrence: string;
  /** Last civil date on which match and occurrence stay so if the data stays the same; `null` = never ends. */
  readonly until: string | null;
}

/** A rule that could be neither confirmed nor excluded, with the fields whose absence leaves it open. */
export interface Unknown {
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  /** Dotted names of the missing facts, sorted. */
  readonly missing: readonly string[];
}

/** The one end that every (match, action) comes to. */
export type Outcome = "touch" | "task" | "held" | "merged" | "dropped";

/** What proves a decision a year later. Hashes are SHA-256, lower-case hex. */
export interface Evidence {
  readonly packHash: string;
  readonly engineVersion: string;
  readonly recordHash: string;
  /** Hash of the template's source; `""` where the action fills none. */
  readonly templateVersion: string;
}

/** What happens to one action of one match. */
export interface Decision extends Evidence {
  /** Hash of entity, rule, subject, occurrence and action: nothing is planned twice under one key. */
  readonly key: string;
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence: string;
  /** `message:<template>` or `task:<template>`, with `#n` where a rule has the same action more than once. */
  readonly action: string;
  readonly class: MessageClass;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** Policy clause behind the reason (`caps/marketing-week`), the key merged into, or `""`. */
  readonly clause: string;
  /** For `held`: the civil date on which it is reconsidered; else `null`. */
  readonly until: string | null;
  /** Channel of a touch, `""` otherwise. */
  readonly channel: string;
  /** Instant (ISO, with offset) before which a touch must not be sent; `null` = at once. */
  readonly notBefore: string | null;
  /** Civil date after which the touch or task is worthless; `null` = never. */
  readonly expiresAt: string | null;
}

/** A message for a channel, rendered and ready to be sent. */
export interface Touch {
  readonly key: string;
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence: string;
  readonly action: string;
  readonly class: MessageClass;
  readonly channel: string;
  /** Address on that channel: a phone number in E.164, one mailbox. */
  readonly to: string;
  readonly template: string;
  readonly locale: string;
  /** Filled template parts by name: `text`; for e-mail `subject`, `text`, `html`. */
  readonly parts: Readonly<Record<string, string>>;
  /** Values of the template's slots in order of first use, for gateways that take an approved template id and variables. */
  readonly slots: Readonly<Record<string, string>>;
  readonly notBefore: string | null;
  readonly expiresAt: string | null;
}

/** A to-do for a person of the bank. */
export interface Task {
  readonly key: string;
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence: string;
  readonly action: string;
  readonly class: MessageClass;
  readonly template: string;
  /** `rm`, `unitHead`, … */
  readonly role: string;
  /** Id of the person in that role. */
  readonly assignee: string;
  readonly title: string;
  readonly brief: string;
  /** Civil date by which it should be done; `null` = no date. */
  readonly due: string | null;
  readonly expiresAt: string | null;
  readonly priority: number;
  /** Keys of the decisions merged into this task, sorted: further reasons to call. */
  readonly merged: readonly string[];
}
