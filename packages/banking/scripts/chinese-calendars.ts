import { HolidayUtil, Lunar, LunarMonth, Solar } from "lunar-typescript";

/** A calendar as packs write it. */
interface CalendarJson {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly off?: readonly string[];
  readonly on?: readonly string[];
  readonly named?: Readonly<Record<string, readonly string[]>>;
}

/** First and last year of the festivals and lunar days. Working days end where the announcements end. */
export interface CalendarYears {
  readonly from: number;
  readonly to: number;
}

const library = "lunar-typescript 1.8.6";
const pad = (number: number): string => String(number).padStart(2, "0");

/** Festivals on a fixed day: name → month and day. */
const solarFestivals: Readonly<Record<string, readonly [number, number]>> = {
  "new-year": [1, 1],
  "womens-day": [3, 8],
  "arbor-day": [3, 12],
  "consumer-rights-day": [3, 15],
  "labour-day": [5, 1],
  "youth-day": [5, 4],
  "nurses-day": [5, 12],
  "childrens-day": [6, 1],
  "army-day": [8, 1],
  "doctors-day": [8, 19],
  "teachers-day": [9, 10],
  "national-day": [10, 1],
  "journalists-day": [11, 8],
  christmas: [12, 25],
};

/** Festivals on the n-th Sunday of a month: name → month and n. */
const sundayFestivals: Readonly<Record<string, readonly [number, number]>> = { "mothers-day": [5, 2], "fathers-day": [6, 3] };

/** Festivals of the lunar calendar: name → lunar month and day (of an ordinary month, never a leap one). */
const lunarFestivals: Readonly<Record<string, readonly [number, number]>> = {
  "spring-festival": [1, 1],
  lantern: [1, 15],
  "dragon-head": [2, 2],
  shangsi: [3, 3],
  "dragon-boat": [5, 5],
  qixi: [7, 7],
  zhongyuan: [7, 15],
  "mid-autumn": [8, 15],
  "double-ninth": [9, 9],
  xiayuan: [10, 15],
  laba: [12, 8],
  "kitchen-god-north": [12, 23],
  "kitchen-god-south": [12, 24],
};

/** The 24 solar terms in the order of the year: Chinese name → name. */
export const solarTerms: Readonly<Record<string, string>> = {
  小寒: "minor-cold", 大寒: "major-cold", 立春: "start-of-spring", 雨水: "rain-water", 惊蛰: "awakening-of-insects", 春分: "spring-equinox",
  清明: "qingming", 谷雨: "grain-rain", 立夏: "start-of-summer", 小满: "grain-full", 芒种: "grain-in-ear", 夏至: "summer-solstice",
  小暑: "minor-heat", 大暑: "major-heat", 立秋: "start-of-autumn", 处暑: "end-of-heat", 白露: "white-dew", 秋分: "autumn-equinox",
  寒露: "cold-dew", 霜降: "frost-descent", 立冬: "start-of-winter", 小雪: "minor-snow", 大雪: "major-snow", 冬至: "winter-solstice",
};

/**
 * Files of calendars by name, as JSON text: `calendars.json` with `cn`, the working days of mainland China, and
 * `cn-festivals`, the days that greetings fall on; `lunar-days.json` with `cn-lunar`, every day of the lunar year.
 * They depend on nothing but the years and the library's tables, so the same texts come out every time.
 */
export function chineseCalendars(years: CalendarYears): Readonly<Record<string, string>> {
  const text = (calendars: Readonly<Record<string, CalendarJson>>): string => `${JSON.stringify({ calendars }, null, 2)}\n`;
  return { "calendars.json": text({ cn: workingDays(years.from), "cn-festivals": festivals(years) }), "lunar-days.json": text({ "cn-lunar": lunarDays(years) }) };
}

/**
 * Years whose working days the State Council has announced, from a first one: the notice of a year names its National
 * Day. Nothing is known of a year without one, whatever a library would say of its Mondays.
 */
function announcedYears(from: number): readonly number[] {
  const years: number[] = [];
  for (let year = from; HolidayUtil.getHoliday(`${year}-10-01`) !== null; year++) years.push(year);
  if (years.length === 0) throw new RangeError(`no announcement for ${from}`);
  return years;
}

function workingDays(from: number): CalendarJson {
  const off: string[] = [];
  const on: string[] = [];
  const years = announcedYears(from);
  for (const year of years) {
    for (const solar of daysOf(year)) {
      const holiday = HolidayUtil.getHoliday(solar.toYmd());
      const weekend = solar.getWeek() === 0 || solar.getWeek() === 6;
      if (holiday !== null && holiday.isWork() && weekend) on.push(solar.toYmd());
      if (holiday !== null && !holiday.isWork() && !weekend) off.push(solar.toYmd());
    }
  }
  return { from: `${from}-01-01`, to: `${years.at(-1)}-12-31`, source: `${library}: HolidayUtil`, off, on };
}

function festivals(years: CalendarYears): CalendarJson {
  const named: Record<string, string[]> = {};
  const add = (name: string, day: Solar): void => void (named[name] ??= []).push(day.toYmd());
  for (const year of listOf(years)) {
    for (const [name, [month, day]] of Object.entries(solarFestivals)) add(name, Solar.fromYmd(year, month, day));
    for (const [name, [month, which]] of Object.entries(sundayFestivals)) {
      const first = Solar.fromYmd(year, month, 1);
      add(name, first.next(((7 - first.getWeek()) % 7) + 7 * (which - 1)));
    }
    for (const day of daysOf(year)) {
      const term = solarTerms[day.getLunar().getJieQi()];
      if (term !== undefined) add(term, day);
      // Cold Food, when no fire is lit, is the day before Qingming.
      if (term === "qingming") add("cold-food", day.next(-1));
    }
  }
  for (const [name, [month, day]] of Object.entries(lunarFestivals)) named[name] = lunarDay(years, month, day);
  // The eve is the last day of the lunar year, whose twelfth month has 29 or 30 days.
  named["spring-festival-eve"] = lunarDay(years, 12, 30);
  return { ...spanOf(years), source: `${library}: Lunar, Solar`, named: Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * Every day of the lunar year under its month and day (`08-15`). Leap months are left out: who was born in one is
 * greeted in the ordinary month of the same number. The 30th of a month that has 29 days is its 29th.
 */
function lunarDays(years: CalendarYears): CalendarJson {
  const named: Record<string, string[]> = {};
  for (let month = 1; month <= 12; month++) for (let day = 1; day <= 30; day++) named[`${pad(month)}-${pad(day)}`] = lunarDay(years, month, day);
  return { ...spanOf(years), source: `${library}: Lunar; 30th of a month of 29 days = the 29th; no leap months`, named };
}

/** The days of these solar years on which a lunar day falls. */
function lunarDay(years: CalendarYears, month: number, day: number): string[] {
  // The lunar year before begins in the solar year before and ends in the first one.
  return listOf({ from: years.from - 1, to: years.to })
    .map((year) => Lunar.fromYmd(year, month, Math.min(day, LunarMonth.fromYm(year, month)?.getDayCount() ?? day)).getSolar())
    .filter((solar) => solar.getYear() >= years.from && solar.getYear() <= years.to)
    .map((solar) => solar.toYmd());
}

function spanOf(years: CalendarYears): { readonly from: string; readonly to: string } {
  return { from: `${years.from}-01-01`, to: `${years.to}-12-31` };
}

function listOf({ from, to }: CalendarYears): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function* daysOf(year: number): Generator<Solar> {
  for (let day = Solar.fromYmd(year, 1, 1); day.getYear() === year; day = day.next(1)) yield day;
}
