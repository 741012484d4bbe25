/** What the options of `explain` come to. */
export interface ExplainCommandOptions {
  readonly pack?: string;
  readonly source?: string;
  readonly param?: readonly string[];
  readonly overlay?: readonly string[];
  readonly customer?: string;
  readonly rule?: string;
  readonly subject?: string;
  readonly asOf?: string;
  readonly at?: string;
  readonly state?: string;
  readonly context?: readonly string[];
  readonly config?: string;
  readonly key?: string;
  readonly out?: string;
}
