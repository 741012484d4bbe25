/** The day of all measurements, and the quarter that it lies in. */
export const asOf = "2026-11-25";
export const nextDay = "2026-11-26";
export const quarter = "2026-Q4";
