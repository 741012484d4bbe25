import { DiagnosticError, parseDay, type Lang, type Program, type SourceRecord } from "@evertend/core";
import type { ComparedKind, ComparedRows } from "@evertend/warehouse";
import { planDay } from "../run/plan-day.js";
import { alikeBy } from "./alike-by.js";
import { changedParts } from "./changed-parts.js";
import type { OpenedVariants } from "./open-variants.js";
import { planVariant, type PlannedVariant } from "./plan-variant.js";

/** Counts that both sides share. */
interface Shared {
  customers: number;
  touches: number;
  tasks: number;
}

/**
 * Plans both sides of a change of parameters by deciding on both only those customers whose answers it can change: SQL finds
 * them. Customers who match the same on both sides are decided once, and of those who are alike in all that their numbers
 * hang on, one. What comes out is what `planVariant` gives for all customers.
 *
 * `undefined` where that cannot be: the packs are two, there is a state, customers share slots, budgets or seats, the change
 * reaches policy or roles, or a rule cannot be said in SQL. Then everybody is planned on both sides.
 *
 * @throws DiagnosticError what the source throws
 */
export async function planChanged(opened: OpenedVariants, lang: Lang): Promise<readonly [PlannedVariant, PlannedVariant] | undefined> {
  const { before, after, samePack, source, state, asOf, at } = opened;
  if (!samePack || state !== undefined || sharesLimits(before.program) || sharesLimits(after.program)) return undefined;
  const changed = changedParts(before.program, after.program);
  const rows = changed && (await sortOut(opened, changed, lang));
  if (!rows) return undefined;
  const shared: Shared = { customers: rows.quiet, touches: 0, tasks: 0 };
  // These are usable and have ids of their own: nobody of them is set aside.
  for (const kind of ["once", "alike"] as const) await countKind(kind, rows, opened, lang, shared);
  const part = { name: source.name, records: (): AsyncIterable<SourceRecord> => rows.records("both") };
  const planned: PlannedVariant[] = [];
  try {
    for (const { engine } of [before, after]) planned.push(withShared(await planVariant({ engine, source: part, asOf, at, lang }), shared));
    return planned as unknown as readonly [PlannedVariant, PlannedVariant];
  } catch (error) {
    for (const one of planned) await one.close();
    throw error;
  }
}

/** Slots, budgets and seats: who gets one hangs on all others. */
function sharesLimits({ policy, rules }: Program): boolean {
  return rules.some((rule) => rule.policy.seats !== undefined) || Object.keys(policy.slotsPerDay).length > 0 || Object.keys(policy.channelBudget).length > 0;
}

async function sortOut({ before, after, source, asOf }: OpenedVariants, changed: NonNullable<ReturnType<typeof changedParts>>, lang: Lang): Promise<ComparedRows | undefined> {
  try {
    return await source.compare({ before: before.program, after: after.program, ...changed, alike: alikeBy(before.program), context: before.engine.context, asOf: parseDay(asOf) ?? 0, lang });
  } catch (error) {
    if (error instanceof DiagnosticError && error.diagnostics.every(({ code }) => code === "SQL_UNSUPPORTED")) return undefined;
    throw error;
  }
}

/** Decides customers of a kind and counts what they come to, each for all it stands for. */
async function countKind(kind: Exclude<ComparedKind, "both">, rows: ComparedRows, { before: { engine }, source, asOf, at }: OpenedVariants, lang: Lang, shared: Shared): Promise<void> {
  const weights = new Map<string, number>();
  async function* records(): AsyncGenerator<SourceRecord> {
    for await (const { weight, ...record } of rows.records(kind)) {
      if (weight > 1) weights.set(record.id, weight);
      yield record;
    }
  }
  await planDay({ engine, source: { name: source.name, records }, asOf, at, lang }, {
    setAside: (row) => {
      throw new Error(`row ${row} was taken for a usable one`);
    },
    evaluated: ({ customerId }) => void (shared.customers += weights.get(customerId) ?? 1),
    settled({ customerId, touches, tasks }) {
      const weight = weights.get(customerId) ?? 1;
      shared.touches += touches.length * weight;
      shared.tasks += tasks.length * weight;
    },
  });
}

function withShared(planned: PlannedVariant, shared: Shared): PlannedVariant {
  return {
    customers: planned.customers + shared.customers,
    setAside: planned.setAside,
    touches: planned.touches + shared.touches,
    tasks: planned.tasks + shared.tasks,
    read: () => planned.read(),
    close: () => planned.close(),
  };
}
