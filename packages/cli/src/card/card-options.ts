/** What the options of `card` come to. */
export interface CardOptions {
  readonly out?: string;
  readonly asOf?: string;
  readonly overlay?: readonly string[];
  readonly param?: readonly string[];
  readonly config?: string;
}
