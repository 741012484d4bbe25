import { collectFigures, forecastDay, type ForecastDay } from "@evertend/banking";
import type { CustomerState, Engine, Lang, RecordSource } from "@evertend/core";
import { planDay, type DaySink } from "../run/plan-day.js";
import type { RunDay } from "../wiring/run-day.js";
import { ForecastBook } from "./forecast-book.js";

/** What a forecast is made from. */
export interface ForecastInput {
  readonly engine: Engine;
  /** Customers in ascending order of id; read once. */
  readonly source: Pick<RecordSource, "name" | "records">;
  /** States of before, in ascending order of id; absent = there are none. They are only read. */
  readonly states?: AsyncIterable<CustomerState>;
  /** One day after the other without a gap; at least one. */
  readonly days: readonly RunDay[];
  readonly lang: Lang;
  /** Told after every customer of the first day. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Plans day after day as `run` would if records, context and pack stayed as they are, each day with the states of the
 * day before. On the first day everybody is looked at, afterwards only who is due: the cost follows what happens.
 *
 * Nobody records an outcome, just as between two runs over the same records: messages count as planned, tasks stay open
 * until they expire.
 *
 * @throws DiagnosticError what source and states throw; DISK_FULL, OUTPUT_UNWRITABLE for the temporary folder
 */
export async function* forecastDays(input: ForecastInput): AsyncGenerator<ForecastDay> {
  const { engine, source, lang, days } = input;
  const last = days.at(-1);
  if (!last) throw new Error("a forecast needs at least one day");
  const book = await ForecastBook.open(last.asOf, lang);
  /** Held actions by customer. */
  const held = new Map<string, number>();
  try {
    for (const [i, day] of days.entries()) {
      const figures = collectFigures(engine.program, day);
      const sink: DaySink = {
        setAside: (_row, diagnostics) => figures.setAside(diagnostics[0]?.code ?? "TYPE_INVALID"),
        evaluated(evaluated, record) {
          figures.evaluated(evaluated);
          held.delete(evaluated.customerId);
          return i === 0 ? book.add({ id: evaluated.customerId, ...record }) : undefined;
        },
        settled({ customerId, settled, prior }) {
          figures.settled(customerId, settled, prior);
          const count = settled.filter(({ decision }) => decision.outcome === "held").length;
          if (count > 0) held.set(customerId, count);
        },
        state: (state) => book.plan(state),
      };
      if (i === 0) await planDay({ engine, ...day, lang, source, ...(input.states ? { states: input.states } : {}), ...(input.onProgress ? { onProgress: input.onProgress } : {}) }, sink);
      else if (book.dueOn(day.asOf) > 0) await planDay({ engine, ...day, lang, source: { name: source.name, records: () => book.take(day.asOf) } }, sink);
      // Who waits for the end of a pause waits on days on which nobody looks as well.
      yield { ...forecastDay(figures.finish()), held: [...held.values()].reduce((sum, count) => sum + count, 0) };
    }
  } finally {
    await book.close();
  }
}
