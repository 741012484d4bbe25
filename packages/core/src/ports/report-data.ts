import type { Lang } from "../diagnostics/diagnostic.js";

/** A text in both languages. */
export type Bilingual = Readonly<Record<Lang, string>>;

/**
 * One cell of a report table: a text that is the same in every language (a name, an id) or one that is not, or a number.
 * Texts are text and never markup; a `percent` column holds ratios (`0.5` is 50 %).
 */
export type Cell = string | Bilingual | number | null;

/** A table of a report. Columns of marks hold a sign or two and stand close together. */
export interface ReportTable {
  readonly kind: "table";
  readonly id: string;
  readonly title: Bilingual;
  readonly note?: Bilingual;
  readonly columns: readonly { readonly id: string; readonly label: Bilingual; readonly align?: "left" | "right"; readonly format?: "integer" | "money" | "percent" | "text" | "mark" }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A chart of a report; every chart is followed by its numbers as a table for those who cannot see it. */
export interface ReportChart {
  readonly kind: "chart";
  readonly id: string;
  readonly chart: "bar" | "stackedBar" | "line" | "pie" | "funnel";
  readonly title: Bilingual;
  readonly note?: Bilingual;
  /** Labels of the category axis, or of the slices. */
  readonly categories: readonly Bilingual[];
  readonly series: readonly { readonly label: Bilingual; readonly values: readonly number[] }[];
}

/** Large figures at the top of a report. */
export interface ReportFigures {
  readonly kind: "figures";
  readonly id: string;
  readonly figures: readonly { readonly id: string; readonly label: Bilingual; readonly value: number | string; readonly note?: Bilingual }[];
}

/** Lines under a small heading of their own inside a card; `care` sets what must not be overlooked apart. */
export interface ReportCardSection {
  readonly id: string;
  readonly label: Bilingual;
  readonly lines: readonly (string | Bilingual)[];
  readonly tone?: "care";
}

/** One card: a heading, a text and facts; sections with lines, and answers to choose from, where a reader works with it. */
export interface ReportCard {
  readonly heading: string | Bilingual;
  readonly text: string | Bilingual;
  readonly facts: readonly { readonly label: Bilingual; readonly value: string | Bilingual }[];
  /** Few words beside the heading. */
  readonly tags?: readonly (string | Bilingual)[];
  readonly sections?: readonly ReportCardSection[];
  /** Answers with the code that is written down for each, a box to tick on paper; without a code, a list to go through. */
  readonly choices?: readonly { readonly code: string; readonly label: Bilingual }[];
}

/** Cards, side by side or (`column`) one below the other over the whole width. */
export interface ReportCards {
  readonly kind: "cards";
  readonly id: string;
  readonly title: Bilingual;
  readonly note?: Bilingual;
  readonly layout?: "grid" | "column";
  readonly cards: readonly ReportCard[];
}

/** A plain paragraph. */
export interface ReportText { readonly kind: "text"; readonly id: string; readonly title?: Bilingual; readonly text: Bilingual }

export type ReportPart = ReportTable | ReportChart | ReportFigures | ReportCards | ReportText;

/** What a report says, computed elsewhere; `reports` only renders it. */
export interface ReportData {
  readonly title: Bilingual;
  readonly subtitle: Bilingual;
  readonly asOf: string;
  readonly parts: readonly ReportPart[];
  /** Small print: pack id, version and hash. */
  readonly footer: Bilingual;
}
