/** What the options of `approve` come to. */
export interface ApproveOptions {
  readonly by: string;
  readonly on?: string;
  readonly out?: string;
  readonly overlay?: readonly string[];
  readonly param?: readonly string[];
  readonly config?: string;
}
