/**
 * A calendar of lunar days as regular as none ever was: twelve months of 30 days, one after the other, from 1 February.
 * What back-ends make of it does not hang on the moon.
 */
export const lunarCalendar = {
  from: "2025-01-01",
  to: "2027-12-31",
  named: Object.fromEntries(Array.from({ length: 360 }, (_, i) => {
    const name = `${String(Math.floor(i / 30) + 1).padStart(2, "0")}-${String((i % 30) + 1).padStart(2, "0")}`;
    return [name, [2025, 2026].map((year) => new Date(Date.UTC(year, 1, 1 + i)).toISOString().slice(0, 10))];
  })),
};

/** A lunar month and day that fall near a day, as that calendar has them. */
export function lunarDayNear(day: string, days: number): string {
  const at = Date.parse(day) + days * 86_400_000;
  const found = Object.entries(lunarCalendar.named).find(([, dates]) => dates.some((date) => Date.parse(date) === at));
  return found?.[0] ?? "12-30";
}
