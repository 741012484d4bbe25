/** What the options of `report` say. */
export interface ReportOptions {
  readonly source?: string;
  readonly param?: readonly string[];
  readonly asOf?: string;
  readonly at?: string;
  readonly state?: string;
  readonly context?: readonly string[];
  readonly config?: string;
  readonly out?: string;
  readonly rm?: string;
  readonly unit?: string;
  readonly customer?: string;
  readonly month?: string;
  readonly format?: ReportFormat;
  readonly reveal?: boolean;
  readonly by?: string;
  readonly audit?: string;
}

/** What a report is written as. */
export type ReportFormat = (typeof reportFormats)[number];

/** All forms of a report. */
export const reportFormats = ["html", "xlsx", "json"] as const;
