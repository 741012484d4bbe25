import type { Bilingual, ContactEntry } from "@evertend/core";
import type { RecordView } from "./record-view.js";
import { distance, daysFrom, dot, join, shortDate } from "./civil-words.js";
import { wordOf } from "./record-words.js";
import type { ReportCustomer } from "./report-customer.js";

/** Ways of contact in which somebody spoke to the customer (S124). */
const spoken: ReadonlySet<string> = new Set(["phone", "meeting"]);

/** The last entry of the bank's own log up to the day; `undefined` where there is none. */
export function lastLogEntry(customer: ReportCustomer): RecordView | undefined {
  return latest(customer, () => true);
}

/** The last time that somebody spoke to the customer: a call that got through, or a meeting. */
export function lastTalk(customer: ReportCustomer): RecordView | undefined {
  return latest(customer, (entry) => spoken.has(entry.text("channel") ?? "") && entry.text("outcome") !== "not-reached");
}

/** An entry of the log in one line: day, way, outcome, key content. */
export function contactLine(customer: ReportCustomer, entry: RecordView): Bilingual {
  const date = entry.text("date") ?? "";
  const { asOf } = customer.day;
  const outcome = entry.text("outcome");
  const note = entry.text("note");
  const channel = wordOf("channel", entry.text("channel") ?? "");
  const result = outcome === undefined ? undefined : wordOf("outcome", outcome);
  const away = distance(daysFrom(asOf, date));
  const when = shortDate(date, asOf);
  return join([
    { "zh-CN": `${when["zh-CN"]}（${away["zh-CN"]}）`, en: `${when.en} (${away.en})` },
    result ? { "zh-CN": `${channel["zh-CN"]}，${result["zh-CN"]}`, en: `${channel.en}, ${result.en}` } : channel,
    ...(note === undefined ? [] : [customer.masked.both({ "zh-CN": note, en: note })]),
  ], dot);
}

/** Whether a contact of the log counts as having spoken to the customer. */
export function isTalk({ channel, outcome }: Pick<ContactEntry, "channel" | "outcome">): boolean {
  return spoken.has(channel) && outcome !== "not-reached";
}

function latest({ record, day }: ReportCustomer, wanted: (entry: RecordView) => boolean): RecordView | undefined {
  let found: RecordView | undefined;
  for (const entry of record.items("contactLog")) {
    const date = entry.text("date");
    if (date === undefined || date > day.asOf || !wanted(entry)) continue;
    if (found === undefined || date > (found.text("date") ?? "")) found = entry;
  }
  return found;
}
