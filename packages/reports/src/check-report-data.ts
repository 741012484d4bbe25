import type { ReportChart, ReportData, ReportTable } from "@evertend/core";

function checkChart(chart: ReportChart): void {
  for (const { values } of chart.series) {
    if (values.length !== chart.categories.length) {
      throw new RangeError(`chart "${chart.id}": ${values.length} values for ${chart.categories.length} categories`);
    }
    for (const value of values) {
      if (!Number.isFinite(value)) throw new RangeError(`chart "${chart.id}": a value is not a finite number`);
      if (value < 0 && (chart.chart === "pie" || chart.chart === "funnel")) {
        throw new RangeError(`chart "${chart.id}": a ${chart.chart} cannot show a negative value`);
      }
    }
  }
}

function checkTable(table: ReportTable): void {
  for (const row of table.rows) {
    if (row.length !== table.columns.length) throw new RangeError(`table "${table.id}": ${row.length} cells for ${table.columns.length} columns`);
    if (row.some((cell) => typeof cell === "number" && !Number.isFinite(cell))) {
      throw new RangeError(`table "${table.id}": a cell is not a finite number (null says "none")`);
    }
  }
}

/**
 * Checks what the types of report data cannot say. Report data comes from programs, not from users, so what is wrong
 * with it is a bug and throws.
 *
 * @throws RangeError if a part's id is not unique, if a chart has not one finite value per category and series (not
 * negative in a pie or funnel), or if a table's row has not one cell per column
 */
export function checkReportData(data: ReportData): void {
  const ids = new Set<string>();
  for (const part of data.parts) {
    if (ids.has(part.id)) throw new RangeError(`two parts have the id "${part.id}"`);
    ids.add(part.id);
    if (part.kind === "chart") checkChart(part);
    if (part.kind === "table") checkTable(part);
    if (part.kind === "figures" && part.figures.some(({ value }) => typeof value === "number" && !Number.isFinite(value))) {
      throw new RangeError(`figures "${part.id}": a value is not a finite number`);
    }
  }
}
