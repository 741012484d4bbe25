/** What a customer said about being contacted for one purpose. An absent entry means nobody asked. */
export interface Consent {
  /** `greeting`, `marketing`, `profiling`, … */
  readonly purpose: string;
  readonly status: "granted" | "refused" | "withdrawn";
  /** Where the proof lies: a form number, a recording id. */
  readonly reference?: string;
  /** Civil date on which it was given or withdrawn. */
  readonly date?: string;
  /** Limits the consent to one channel; absent means all channels. */
  readonly channel?: string;
}
