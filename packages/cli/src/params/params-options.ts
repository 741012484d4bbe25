/** What the options of `params` come to. */
export interface ParamsOptions {
  readonly file: string;
  readonly check?: boolean;
  readonly config?: string;
}
