/**
 * The day the sample bank is made for: a Monday four days before Mid-Autumn 2026, with the National Day holidays and
 * the end of the quarter ahead. It never changes, so that what the sample shows can be told in the documentation.
 */
export const sampleBankAsOf = "2026-09-21";
