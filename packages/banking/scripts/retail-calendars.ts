import { HolidayUtil, Lunar, Solar } from "lunar-typescript";

/** A calendar as packs write it. */
interface CalendarJson {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly off: readonly string[];
  readonly on: readonly string[];
  readonly named: Readonly<Record<string, readonly string[]>>;
}

const library = "lunar-typescript 1.8.6";

/** Years whose working days the State Council has announced and the library holds. */
const workingYears = [2023, 2024, 2025, 2026] as const;
const festivalYears = Array.from({ length: 13 }, (_, index) => 2023 + index);

/** Festivals of the solar calendar: name → month and day. */
const solarFestivals: Readonly<Record<string, readonly [number, number]>> = {
  "new-year": [1, 1],
  "womens-day": [3, 8],
  "labour-day": [5, 1],
  "childrens-day": [6, 1],
  "teachers-day": [9, 10],
  "national-day": [10, 1],
};

/** Festivals of the lunar calendar: name → lunar month and day (of an ordinary month, never a leap one). */
const lunarFestivals: Readonly<Record<string, readonly [number, number]>> = {
  "spring-festival": [1, 1],
  lantern: [1, 15],
  "dragon-boat": [5, 5],
  qixi: [7, 7],
  "mid-autumn": [8, 15],
  "double-ninth": [9, 9],
  laba: [12, 8],
};

/** Solar terms kept as festivals: name → the term's Chinese name and the solar month it falls in. */
const termFestivals: Readonly<Record<string, readonly [string, number]>> = {
  qingming: ["清明", 4],
  "winter-solstice": ["冬至", 12],
};

/**
 * The calendars of the retail pack as JSON text: `cn`, the working days of mainland China, and `cn-festivals`, the days
 * that greetings fall on. Depends on nothing but the library's tables, so the same text comes out every time.
 */
export function retailCalendars(): string {
  return `${JSON.stringify({ calendars: { cn: workingDays(), "cn-festivals": festivals() } }, null, 2)}\n`;
}

function workingDays(): CalendarJson {
  const off: string[] = [];
  const on: string[] = [];
  for (const year of workingYears) {
    for (const solar of daysOf(year)) {
      const holiday = HolidayUtil.getHoliday(solar.toYmd());
      const weekend = solar.getWeek() === 0 || solar.getWeek() === 6;
      if (holiday !== null && holiday.isWork() && weekend) on.push(solar.toYmd());
      if (holiday !== null && !holiday.isWork() && !weekend) off.push(solar.toYmd());
    }
  }
  return { from: `${workingYears[0]}-01-01`, to: `${workingYears[workingYears.length - 1]}-12-31`, source: `${library}: HolidayUtil`, off, on, named: {} };
}

function festivals(): CalendarJson {
  const named: Record<string, string[]> = {};
  for (const [name, [month, day]] of Object.entries(solarFestivals)) named[name] = festivalYears.map((year) => Solar.fromYmd(year, month, day).toYmd());
  for (const [name, [month, day]] of Object.entries(lunarFestivals)) {
    // The twelfth lunar month begins in one solar year and ends in the next: look at both lunar years.
    const days = [festivalYears[0]! - 1, ...festivalYears].map((year) => Lunar.fromYmd(year, month, day).getSolar());
    named[name] = days.filter((solar) => festivalYears.includes(solar.getYear())).map((solar) => solar.toYmd());
  }
  for (const [name, [term, month]] of Object.entries(termFestivals)) {
    named[name] = festivalYears.map((year) => [...daysOf(year)].find((day) => day.getMonth() === month && day.getLunar().getJieQi() === term)!.toYmd());
  }
  // The eve is the last day of the lunar year, whose twelfth month has 29 or 30 days.
  named["spring-festival-eve"] = named["spring-festival"]!.map((day) => Solar.fromYmd(...numbersOf(day)).next(-1).toYmd());
  const sorted = Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { from: `${festivalYears[0]}-01-01`, to: `${festivalYears[festivalYears.length - 1]}-12-31`, source: `${library}: Lunar`, off: [], on: [], named: sorted };
}

function* daysOf(year: number): Generator<Solar> {
  for (let day = Solar.fromYmd(year, 1, 1); day.getYear() === year; day = day.next(1)) yield day;
}

function numbersOf(day: string): [number, number, number] {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return [year, month, date];
}
