import type { CalendarYears } from "./chinese-calendars.js";

/** The years of the retail pack's festivals and lunar days. */
export const retailYears: CalendarYears = { from: 2023, to: 2035 };
