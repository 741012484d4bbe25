import { addDays } from "./iso-date.js";
import { sampleBankAsOf } from "./sample-day.js";

type Row = Readonly<Record<string, unknown>>;

/**
 * What happened to a customer of the sample bank, as systems beside it would tell: read off the record, so that signals
 * and record agree, and a few that no record shows.
 */
export function sampleSignals(id: string, index: number, record: Row): Row[] {
  const signals: Row[] = [...rows(record["signals"])];
  const add = (signal: Row): void => {
    signals.push({ signalId: `${id}-G${signals.length + 1}`, ...signal });
  };
  for (const { holdingId, name, dividendOn } of rows(record["holdings"])) if (dividendOn !== undefined) add({ type: "dividend.paid", date: dividendOn, subject: holdingId, name });
  for (const { type, date } of rows(record["lifeEvents"])) {
    if (type === "marriage") add({ type: "life.married", date });
    if (type === "child-born") add({ type: "life.child-born", date });
  }
  const on = (days: number): string => addDays(sampleBankAsOf, -days);
  if (index % 97 === 41) add({ type: "case.completed", date: on(index % 7), name: index % 2 === 0 ? "个人贷款申请" : "网上银行开通" });
  if (index % 389 === 77) add({ type: "contact.failed", date: on(index % 5), channel: "phone", topic: "renewal-fee" });
  if (index % 53 === 11) add({ type: "product.launched", date: on(3), topic: "new-stock", name: "示例新股" });
  return signals;
}

function rows(value: unknown): readonly Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}
