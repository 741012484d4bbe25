/** What the options of `diff` say. */
export interface DiffOptions {
  readonly param?: readonly string[];
  readonly source?: string;
  readonly asOf: string;
  readonly at?: string;
  readonly state?: string;
  readonly context?: readonly string[];
  readonly config?: string;
  readonly out?: string;
  readonly reveal?: boolean;
  readonly format?: "table" | "pretty" | "json" | "html";
}
