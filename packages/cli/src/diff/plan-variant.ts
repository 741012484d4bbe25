import { sha256Hex, type CustomerState, type Engine, type Lang, type Outcome, type ReasonCode, type RecordSource } from "@evertend/core";
import { planDay } from "../run/plan-day.js";
import type { SettledCustomer } from "../run/settle-customer.js";
import { Spool } from "../run/spool.js";

/** One decision, as much of it as a comparison needs. */
export interface ComparedAction {
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence: string;
  readonly action: string;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** Who has the task; `""` for touches and for what is not planned. */
  readonly assignee: string;
  /** Hash of the words and where they go; `""` for what is not planned. */
  readonly words: string;
}

/** One customer's decisions on one side. */
export interface ComparedCustomer {
  readonly customerId: string;
  /** The customer's relationship manager; `""` = none. */
  readonly rm: string;
  readonly actions: readonly ComparedAction[];
}

/** One side of a comparison. */
export interface Variant {
  readonly engine: Engine;
  readonly source: Pick<RecordSource, "name" | "records">;
  readonly asOf: string;
  readonly at: string;
  readonly lang: Lang;
  readonly states?: AsyncIterable<CustomerState> | undefined;
  readonly onProgress?: (done: number) => void;
}

/** What one side comes to: counts, and its customers in ascending order, waiting in a file. Close it when done. */
export interface PlannedVariant {
  readonly customers: number;
  readonly setAside: number;
  readonly touches: number;
  readonly tasks: number;
  /** Only customers with decisions. May be read once. */
  read(): AsyncGenerator<ComparedCustomer>;
  close(): Promise<void>;
}

/**
 * Plans a day and keeps what it comes to in a file.
 *
 * @throws DiagnosticError what `planDay` throws
 */
export async function planVariant(variant: Variant): Promise<PlannedVariant> {
  const { engine, states, onProgress, ...day } = variant;
  const managers = await Spool.open(variant.lang);
  const decided = await Spool.open(variant.lang);
  const counts = { customers: 0, setAside: 0, touches: 0, tasks: 0 };
  const role = engine.program.model.roles.get("rm");
  let queue: AsyncGenerator<unknown> | undefined;
  try {
    await planDay({ engine, ...day, ...(states ? { states } : {}), ...(onProgress ? { onProgress } : {}) }, {
      setAside: () => void counts.setAside++,
      evaluated({ customerId, matches, evaluation }) {
        counts.customers++;
        if (matches.length === 0) return undefined;
        const rm = role === undefined ? undefined : evaluation.read(role);
        return managers.write([customerId, typeof rm === "string" ? rm : ""]);
      },
      async settled(customer) {
        counts.touches += customer.touches.length;
        counts.tasks += customer.tasks.length;
        queue ??= managers.read();
        await decided.write(compared(customer, await managerOf(customer.customerId, queue)));
      },
    });
  } catch (error) {
    await decided.close();
    throw error;
  } finally {
    await managers.close();
  }
  return { ...counts, read: () => decided.read() as AsyncGenerator<ComparedCustomer>, close: () => decided.close() };
}

/** Customers are settled in the order in which they were evaluated; those without actions are passed over. */
async function managerOf(customerId: string, queue: AsyncGenerator<unknown>): Promise<string> {
  for (;;) {
    const next = await queue.next();
    if (next.done === true) throw new Error("customers are settled in another order than they were evaluated");
    const [id, rm] = next.value as readonly [string, string];
    if (id === customerId) return rm;
  }
}

function compared({ customerId, settled }: SettledCustomer, rm: string): ComparedCustomer {
  const actions = settled.map(({ candidate, decision }): ComparedAction => {
    const { ruleId, subject, occurrence, action, outcome, reason } = decision;
    const task = outcome === "task" ? candidate.task : undefined;
    const touch = outcome === "touch" ? candidate.touch : undefined;
    const words = task ? [task.title, task.brief, task.due] : touch ? [touch.channel, touch.to, touch.locale, touch.parts, touch.notBefore] : undefined;
    return { ruleId, subject, occurrence, action, outcome, reason, assignee: task?.assignee ?? "", words: words ? sha256Hex(JSON.stringify(words)).slice(0, 16) : "" };
  });
  return { customerId, rm, actions };
}
