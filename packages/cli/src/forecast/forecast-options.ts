/** What the options of `forecast` come to. */
export interface ForecastOptions {
  readonly source?: string;
  readonly param?: readonly string[];
  readonly asOf: string;
  readonly days: string;
  readonly state?: string;
  readonly out: string;
  readonly context?: readonly string[];
  readonly config?: string;
}
