import { existsSync, readFileSync } from "node:fs";
import { getDayDetail, getLunarDate, getLunarFestivals, getSolarTerms } from "chinese-days";
import { addMonths, createCalendar, dayOf, formatDay, isWorkingDay, parseDay, shiftWorkingDays, workingDaysBetween, type Calendar } from "@evertend/core";
import fc from "fast-check";
import { Solar } from "lunar-typescript";
import { describe, expect, it } from "vitest";
import { chineseCalendars, solarTerms } from "../scripts/chinese-calendars.js";
import { retailYears } from "../scripts/retail-years.js";
import { benchEngine, matchesOn } from "./bench-pack.js";

interface CalendarJson {
  readonly from: string;
  readonly to: string;
  readonly off?: readonly string[];
  readonly on?: readonly string[];
  readonly named?: Readonly<Record<string, readonly string[]>>;
}

const read = (name: string): string => readFileSync(new URL(`../packs/retail/${name}`, import.meta.url), "utf8");
const written: Readonly<Record<string, string>> = { "calendars.json": read("calendars.json"), "lunar-days.json": read("lunar-days.json") };
const all = Object.assign({}, ...Object.values(written).map((text) => (JSON.parse(text) as { calendars: object }).calendars)) as Record<"cn" | "cn-festivals" | "cn-lunar", CalendarJson>;
const { cn, "cn-festivals": festivals, "cn-lunar": lunar } = all;
const named = festivals.named ?? {};
const announced = new URL("../../../../shared/data/holidays-cn/", import.meta.url);

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const isWorked = (date: string): boolean => (isWeekend(date) ? (cn.on ?? []).includes(date) : !(cn.off ?? []).includes(date));
const day = (text: string): number => parseDay(text) as number;

function* daysOf(year: number): Generator<string> {
  for (let at = dayOf(year, 1, 1); at < dayOf(year + 1, 1, 1); at++) yield formatDay(at);
}

const years = Array.from({ length: retailYears.to - retailYears.from + 1 }, (_, i) => retailYears.from + i);
const days = years.flatMap((year) => [...daysOf(year)]);

describe("calendars of the retail pack", () => {
  it("are what the script makes", () => {
    expect(written).toEqual(chineseCalendars(retailYears));
  });

  it("hold only days of the right sort, in order and in range", () => {
    expect([cn.from, cn.to]).toEqual(["2023-01-01", "2026-12-31"]);
    for (const one of cn.off ?? []) expect(isWeekend(one), one).toBe(false);
    for (const one of cn.on ?? []) expect(isWeekend(one), one).toBe(true);
    for (const { from, to, off = [], on = [], named: names = {} } of Object.values(all)) {
      for (const list of [off, on, ...Object.values(names)]) {
        expect([...list].sort()).toEqual(list);
        for (const one of list) expect(one >= from && one <= to, one).toBe(true);
      }
    }
  });

  it.each([
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])("count the working days of %d: %d", (year, count) => {
    expect([...daysOf(year)].filter(isWorked)).toHaveLength(count);
  });

  it.each([
    ["spring-festival", "2026-02-17"],
    ["spring-festival-eve", "2027-02-05"],
    ["lantern", "2024-02-24"],
    ["qingming", "2024-04-04"],
    ["cold-food", "2024-04-03"],
    ["mothers-day", "2026-05-10"],
    ["dragon-boat", "2026-06-19"],
    ["fathers-day", "2026-06-21"],
    ["zhongyuan", "2026-08-27"],
    ["mid-autumn", "2025-10-06"],
    ["mid-autumn", "2026-09-25"],
    ["double-ninth", "2026-10-18"],
    ["national-day", "2035-10-01"],
    ["winter-solstice", "2026-12-22"],
  ])("%s falls on %s", (name, date) => {
    expect(named[name]).toContain(date);
  });

  it("know every festival once a year", () => {
    // Two festivals of the lunar year's end fall into two solar years or none, as the moon has it.
    const wandering = ["laba", "kitchen-god-north", "kitchen-god-south", "spring-festival-eve"];
    for (const [name, dates] of Object.entries(named)) {
      if (wandering.includes(name)) expect(dates.length, name).toBeGreaterThanOrEqual(years.length - 1);
      else expect(dates.map((date) => Number(date.slice(0, 4))), name).toEqual(years);
    }
    expect(Object.keys(named).length).toBeGreaterThanOrEqual(50);
  });
});

const festivalsOfOthers = years.flatMap((year) => getLunarFestivals(`${year}-01-01`, `${year}-12-31`));

describe("another library agrees", () => {
  it("on each working day of the years that are announced", () => {
    for (const date of days.filter((one) => one <= cn.to)) expect(getDayDetail(date).work, date).toBe(isWorked(date));
  });

  it("that nothing is announced of the year after: of that it only counts weeks, which is why the calendar ends", () => {
    const next = Number(cn.to.slice(0, 4)) + 1;
    const counted = [...daysOf(next)].filter((date) => getDayDetail(date).work === isWeekend(date));
    expect(counted).toEqual([]);
  });

  it("on the solar terms", () => {
    const terms = years.flatMap((year) => getSolarTerms(`${year}-01-01`, `${year}-12-31`));
    expect(terms).toHaveLength(24 * years.length);
    for (const [chinese, ours] of Object.entries(solarTerms)) expect(terms.filter(({ name }) => name === chinese).map(({ date }) => date), chinese).toEqual(named[ours]);
  });

  it.each([
    ["除夕", "spring-festival-eve"], ["春节", "spring-festival"], ["元宵节", "lantern"], ["春龙节", "dragon-head"], ["上巳节", "shangsi"], ["端午节", "dragon-boat"], ["乞巧节", "qixi"],
    ["中元(鬼)节", "zhongyuan"], ["中秋节", "mid-autumn"], ["重阳节", "double-ninth"], ["下元节", "xiayuan"], ["腊八节", "laba"], ["官家送灶", "kitchen-god-north"], ["民间送灶", "kitchen-god-south"],
  ])("on %s", (theirs, ours) => {
    const found = festivalsOfOthers.filter(({ name }) => name.includes(theirs)).map(({ date }) => date);
    expect([...new Set(found)].sort()).toEqual(named[ours]);
  });

  it("on the lunar month and day of every day outside leap months", () => {
    const byDate = new Map<string, string[]>();
    for (const [name, dates] of Object.entries(lunar.named ?? {})) for (const date of dates) byDate.set(date, [...(byDate.get(date) ?? []), name]);
    for (const date of days) {
      const { lunarMon, lunarDay, isLeap } = getLunarDate(date);
      const name = `${String(lunarMon).padStart(2, "0")}-${String(lunarDay).padStart(2, "0")}`;
      const ours = byDate.get(date) ?? [];
      // A 29th that ends its month stands for the 30th too; a leap month stands for nobody.
      expect(ours[0], date).toBe(isLeap ? undefined : name);
      expect(ours.slice(1).every((one) => one.endsWith("-30") && name.endsWith("-29")), date).toBe(true);
    }
  });
});

describe("what the State Council announced", () => {
  const known = existsSync(announced);
  if (!known) console.warn("SKIPPED: ../shared/data/holidays-cn is not there, the calendar is not compared with what the State Council announced");
  it.skipIf(!known)("is what the calendar says", () => {
    for (const year of [2023, 2024, 2025, 2026]) {
      const { days: told } = JSON.parse(readFileSync(new URL(`${year}.json`, announced), "utf8")) as { days: { date: string; isOffDay: boolean }[] };
      for (const { date, isOffDay } of told.filter((one) => one.date >= cn.from)) expect(isWorked(date), date).toBe(!isOffDay);
      const dates = new Set(told.map((one) => one.date));
      for (const date of daysOf(year)) if (!dates.has(date)) expect(isWorked(date), date).toBe(!isWeekend(date));
    }
  });
});

describe("working days of China", () => {
  const calendar: Calendar = createCalendar({ id: "cn", from: day(cn.from), to: day(cn.to), off: new Set((cn.off ?? []).map(day)), on: new Set((cn.on ?? []).map(day)), named: new Map() });
  const anyDay = fc.integer({ min: calendar.from - 3, max: calendar.to + 3 });
  const counted = (after: number, to: number): number => {
    let total = 0;
    for (let at = after + 1; at <= to; at++) if (isWorked(formatDay(at))) total++;
    return total;
  };

  it("between two days are those that are counted one by one", () => {
    fc.assert(fc.property(anyDay, anyDay, (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      expect(workingDaysBetween(calendar, from, to)).toBe(from < calendar.from - 1 || to > calendar.to ? undefined : counted(from, to));
    }));
  });

  it("ahead and back are found by going there", () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, amount) => {
      if (from < calendar.from || from > calendar.to) return;
      const ahead = shiftWorkingDays(calendar, from, amount);
      if (ahead === undefined) expect(counted(from, calendar.to)).toBeLessThan(amount);
      else expect([counted(from, ahead), isWorkingDay(calendar, ahead)]).toEqual([amount, true]);
      const back = shiftWorkingDays(calendar, from, -amount);
      if (back === undefined) expect(counted(calendar.from - 1, from)).toBeLessThan(amount);
      else expect([counted(back, from), isWorkingDay(calendar, back + 1)]).toEqual([amount, true]);
    }));
  });
});

describe("a lunar birthday", () => {
  const rule = { id: "r", kind: "occasion", title: "x", date: "birthDateLunar", calendar: "cn-lunar", then: [{ task: "call" }] };
  const engine = benchEngine([rule], { calendars: { "cn-lunar": lunar } });

  it("comes on the days that the moon gives, once in a lunar year, over all years of the calendar", () => {
    const moons = days.map((date) => {
      const solar = Solar.fromYmd(...(date.split("-").map(Number) as [number, number, number]));
      return { date, month: solar.getLunar().getMonth(), day: solar.getLunar().getDay(), last: solar.next(1).getLunar().getDay() === 1 };
    });
    for (const birthDateLunar of ["01-01", "01-30", "06-15", "08-15", "12-29", "12-30"]) {
      const [month, date] = birthDateLunar.split("-").map(Number) as [number, number];
      const expected = moons.filter((moon) => moon.month === month && (moon.day === date || (date === 30 && moon.last && moon.day === 29))).map((moon) => moon.date);
      const found = days.filter((one) => matchesOn(engine, { birthDateLunar }, one).length > 0);
      expect(found, birthDateLunar).toEqual(expected);
    }
  });

  it("of nobody comes in a leap month", () => {
    // 2025-07-25 begins a second sixth month.
    expect(matchesOn(engine, { birthDateLunar: "06-01" }, "2025-06-25")).toHaveLength(1);
    expect(matchesOn(engine, { birthDateLunar: "06-01" }, "2025-07-25")).toEqual([]);
  });
});

describe("days of the solar year, over 400 years", () => {
  const birthday = benchEngine([{ id: "r", kind: "occasion", title: "x", date: "birthDate", then: [{ task: "call" }] }, { id: "m", kind: "occasion", title: "x", date: "birthDate", feb29: "03-01", daysBefore: 3, then: [{ task: "call" }] }]);
  const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

  it("29 February comes once a year, on the 28th or on 1 March where there is none", () => {
    for (let year = 1900; year < 2300; year++) {
      const around = ["02-24", "02-25", "02-26", "02-27", "02-28", ...(leap(year) ? ["02-29"] : []), "03-01", "03-02"].map((one) => `${year}-${one}`);
      const on = (id: string): string[] => around.filter((one) => matchesOn(birthday, { birthDate: "1896-02-29" }, one).some(({ ruleId }) => ruleId === id));
      expect(on("r")).toEqual([leap(year) ? `${year}-02-29` : `${year}-02-28`]);
      const first = day(leap(year) ? `${year}-02-29` : `${year}-03-01`);
      expect(on("m")).toEqual([3, 2, 1].map((ahead) => formatDay(first - ahead)));
    }
  });

  it("a month's end stays a month's end, counted from its own day", () => {
    for (let month = 0; month < 4800; month++) {
      const year = 1900 + Math.floor(month / 12);
      const length = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month % 12] as number;
      expect(formatDay(addMonths(day("1900-01-31"), month))).toBe(`${year}-${String((month % 12) + 1).padStart(2, "0")}-${length}`);
    }
  });
});
