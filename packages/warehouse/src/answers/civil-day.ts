import { zoneTable } from "@evertend/core";

const pattern = "'[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-3]):?[0-5][0-9])'";

/** SQL for a date that is written as text, as core reads it; NULL where it is none. */
export function dateOfText(text: string): string {
  return `(CASE WHEN regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(${text} AS DATE) END)`;
}

/**
 * SQL for the civil day in `zone` of an instant that is written as text; NULL where it is none, and for the few spellings
 * (an offset of 14 hours) that are left to core.
 */
export function civilDayOfText(text: string, zone: string): string {
  const number = (from: number): string => `CAST(substr(s, ${from}, 2) AS BIGINT)`;
  const offset = `regexp_extract(s, '(Z|[+-][0-9]{2}:?[0-9]{2})$', 1)`;
  const offsetMinutes = `(CASE WHEN right(s, 1) = 'Z' THEN 0 ELSE (CASE WHEN ${offset}[1] = '-' THEN -1 ELSE 1 END) * (CAST(substr(${offset}, 2, 2) AS BIGINT) * 60 + CAST(right(s, 2) AS BIGINT)) END)`;
  const day = `CAST(TRY_CAST(substr(s, 1, 10) AS DATE) - DATE '1970-01-01' AS BIGINT)`;
  const second = `(CASE WHEN substr(s, 17, 1) = ':' THEN ${number(18)} ELSE 0 END)`;
  const seconds = `(${day} * 86400 + (${number(12)} * 60 + ${number(15)} - ${offsetMinutes}) * 60 + ${second})`;
  // A list of one element gives the text a name, so that it is worked out once.
  return `list_transform([${text}], lambda s: CASE WHEN regexp_full_match(s, ${pattern}) THEN ${civilDayOfSeconds(seconds, zone)} END)[1]`;
}

/** SQL for the civil day in `zone` of an instant in whole seconds since 1970. */
export function civilDayOfSeconds(seconds: string, zone: string): string {
  const { starts, offsets } = zoneTable(zone);
  const cases = offsets.slice(0, -1).map((minutes, i) => `WHEN instant < ${Math.round((starts[i + 1] as number) / 1000)} THEN ${minutes * 60}`);
  const shift = cases.length === 0 ? String((offsets[0] ?? 0) * 60) : `(CASE ${cases.join(" ")} ELSE ${(offsets.at(-1) ?? 0) * 60} END)`;
  return `(DATE '1970-01-01' + list_transform([${seconds}], lambda instant: CAST(floor((instant + ${shift}) / 86400.0) AS INTEGER))[1])`;
}
