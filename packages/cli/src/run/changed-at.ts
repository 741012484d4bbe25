import { formatDay, parseDay } from "@evertend/core";

/**
 * The civil date on which a record was last changed, from the text of the model's role `changedAt`; `undefined` where it
 * does not say. An instant counts with the day after it as well: in the bank's zone it may be another day.
 */
export function changedDay(text: string | null): string | undefined {
  const day = text === null ? undefined : parseDay(text.slice(0, 10));
  return day === undefined || text === null ? undefined : formatDay(text.length > 10 ? day + 1 : day);
}
