import { choose, compare, constant } from "@evertend/core";
import type { Calendar, ValueNode } from "@evertend/core";

const pad = (number: number): string => String(number).padStart(2, "0");
const months = Array.from({ length: 12 }, (_, month) => Array.from({ length: 30 }, (_day, day) => `${pad(month + 1)}-${pad(day + 1)}`));

/** Days of the lunar year that a calendar does not know, as `08-15`. A calendar of lunar days knows all 360. */
export function lunarDaysMissing(calendar: Calendar): readonly string[] {
  return months.flat().filter((name) => (calendar.named.get(name)?.length ?? 0) === 0);
}

/**
 * The next return of a lunar month and day, a text such as `08-15`, as a calendar of lunar days has it. What a month
 * without a 30th and a leap month do is the calendar's own matter. First the month is found, then the day: 42
 * comparisons at most.
 */
export function lunarReturn(monthAndDay: ValueNode, calendar: Calendar): ValueNode {
  return choose("date", months.map((names) => ({
    when: { op: "in", value: monthAndDay, list: constant(names, "list") },
    value: choose("date", names.map((name) => ({ when: compare(monthAndDay, "=", constant(name, "text")), value: { op: "namedDay", type: "date", name, calendar } }))),
  })));
}
