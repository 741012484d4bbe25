import type { Channel, Lang } from "@evertend/core";
import type { ClauseContext } from "./clause-context.js";
import type { FaultGateway } from "./fault-gateway.js";

/** What a clause looks at to see whether it applies. */
export interface ClauseSubject {
  readonly channel: Channel;
  readonly gateway: FaultGateway;
}

/** One thing that every channel must keep. */
export interface Clause {
  /** Stays the same for ever: reports and exceptions name it. */
  readonly id: string;
  readonly title: Readonly<Record<Lang, string>>;
  /** `null` when it applies, otherwise why not. */
  applies(subject: ClauseSubject): string | null;
  /** Reports what is wrong through `context.fail`; what it throws counts as a failure too. */
  run(context: ClauseContext): Promise<void>;
}

/** A clause that applies to every channel. */
export function always(): null {
  return null;
}
