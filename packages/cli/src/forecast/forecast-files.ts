import { forecastReport, type ForecastDay } from "@evertend/banking";
import type { Lang, Program } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { openOutputs } from "@evertend/warehouse";

/** Totals of a forecast, as `forecast.json` holds them. */
export interface ForecastTotals {
  readonly packId: string;
  readonly packVersion: string;
  readonly packHash: string;
  readonly engineVersion: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly touches: number;
  readonly tasks: number;
  /** Customers looked at, over all days. */
  readonly looks: number;
}

/**
 * Writes the files of a forecast: `days.ndjson` (a line a day), `load.ndjson` (a line a day and person), `forecast.json`
 * and `report.html`. Nothing has its name before all is written.
 *
 * @throws DiagnosticError DISK_FULL, OUTPUT_UNWRITABLE, what `days` throws
 */
export async function writeForecast(dir: string, program: Program, days: AsyncIterable<ForecastDay>, lang: Lang): Promise<ForecastTotals> {
  const outputs = await openOutputs(dir, { lang });
  try {
    const dayLines = outputs.lines("days.ndjson");
    const loadLines = outputs.lines("load.ndjson");
    const all: ForecastDay[] = [];
    for await (const day of days) {
      const { load, ...rest } = day;
      all.push(day);
      await dayLines.write(rest);
      for (const [assignee, { role, tasks }] of Object.entries(load)) await loadLines.write({ asOf: day.asOf, assignee, role, tasks });
    }
    const totals = totalsOf(program, all);
    await outputs.text("forecast.json", `${JSON.stringify(totals, undefined, 2)}\n`);
    await outputs.text("report.html", renderHtml(forecastReport({ program, days: all }), { lang, otherLang: true }));
    await outputs.commit();
    return totals;
  } catch (error) {
    await outputs.abort();
    throw error;
  }
}

function totalsOf(program: Program, days: readonly ForecastDay[]): ForecastTotals {
  const over = (read: (day: ForecastDay) => readonly number[]): number => days.reduce((all, day) => read(day).reduce((a, b) => a + b, all), 0);
  return {
    packId: program.pack.id,
    packVersion: program.pack.version,
    packHash: program.hash,
    engineVersion: program.engineVersion,
    from: days[0]?.asOf ?? "",
    to: days.at(-1)?.asOf ?? "",
    days: days.length,
    touches: over((day) => Object.values(day.touches)),
    tasks: over((day) => Object.values(day.tasks)),
    looks: over((day) => [day.customers]),
  };
}
