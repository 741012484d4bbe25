import { plannedTasks, type PlannedTask } from "@evertend/banking";
import type { CustomerState, Engine, Lang, RecordSource } from "@evertend/core";
import { planDay } from "../run/plan-day.js";
import { Spool } from "../run/spool.js";

/** Whose day is planned, and which of its tasks are wanted. */
export interface PlanTasksInput {
  readonly engine: Engine;
  readonly source: Pick<RecordSource, "name" | "records">;
  readonly states: AsyncIterable<CustomerState> | undefined;
  readonly asOf: string;
  readonly at: string;
  readonly lang: Lang;
  wanted(customerId: string, assignee: string): boolean;
  readonly onProgress?: (done: number) => void;
}

/** Tasks of a day that wait on disk, in ascending order of customer. */
export interface PlannedTasks {
  /** The tasks of a customer; ids must be asked for in ascending order. */
  of(customerId: string): Promise<readonly PlannedTask[]>;
  close(): Promise<void>;
}

interface Entry {
  readonly customerId: string;
  readonly tasks: readonly PlannedTask[];
}

/**
 * Plans a day as a run would, slots included, and keeps the tasks alone.
 *
 * @throws DiagnosticError what source and states throw; DISK_FULL
 */
export async function planTasks(input: PlanTasksInput): Promise<PlannedTasks> {
  const spool = await Spool.open(input.lang);
  try {
    await planDay({ engine: input.engine, source: input.source, asOf: input.asOf, at: input.at, lang: input.lang, ...(input.states ? { states: input.states } : {}), ...(input.onProgress ? { onProgress: input.onProgress } : {}) }, {
      setAside: () => undefined,
      evaluated: () => undefined,
      async settled({ customerId, settled }) {
        const tasks = plannedTasks(settled).filter(({ task }) => input.wanted(customerId, task.assignee));
        if (tasks.length > 0) await spool.write({ customerId, tasks } satisfies Entry);
      },
    });
  } catch (error) {
    await spool.close();
    throw error;
  }
  const entries = spool.read() as AsyncGenerator<Entry>;
  let next: IteratorResult<Entry, unknown> | undefined;
  return {
    async of(customerId) {
      next ??= await entries.next();
      while (next.done !== true && next.value.customerId < customerId) next = await entries.next();
      return next.done !== true && next.value.customerId === customerId ? next.value.tasks : [];
    },
    close: () => spool.close(),
  };
}
