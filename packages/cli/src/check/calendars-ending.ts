import { Findings, formatDay, isObject, parseJson, type Calendar, type Diagnostic, type Lang, type PackFiles, type Program } from "@evertend/core";

/** A calendar that a pack uses should reach this many days beyond the day that is asked about: rules look a year ahead. */
const daysAhead = 400;

/** A warning for each calendar that the pack's rules and facts use and that ends too soon after a day. */
export function calendarsEnding(program: Program, files: PackFiles, asOf: number, lang: Lang): readonly Diagnostic[] {
  const findings = new Findings(lang);
  for (const calendar of usedCalendars(program)) {
    if (calendar.to - asOf >= daysAhead) continue;
    findings.add("CALENDAR_ENDS", placeOf(calendar.id, files), { name: calendar.id, to: formatDay(calendar.to) });
  }
  return findings.sorted();
}

/** Calendars that any node of the program refers to. */
function usedCalendars(program: Program): readonly Calendar[] {
  const all = new Set<unknown>(program.calendars.values());
  const used = new Set<Calendar>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (all.has(value)) {
      used.add(value as Calendar);
      return;
    }
    for (const inner of value instanceof Map ? value.values() : Object.values(value)) visit(inner);
  };
  visit([program.rules, program.facts, program.levels, program.policy]);
  return [...used].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function placeOf(id: string, files: PackFiles): Parameters<Findings["add"]>[1] {
  for (const file of Object.keys(files).sort()) {
    const document = parseJson(file, files[file] ?? "", new Findings());
    if (!document || !isObject(document.value)) continue;
    const { calendars } = document.value;
    if (isObject(calendars) && Object.hasOwn(calendars, id)) return document.place(`/calendars/${id.replaceAll("/", "~1")}/to`);
  }
  return { file: "pack.json", pointer: "", line: 0, column: 0 };
}
