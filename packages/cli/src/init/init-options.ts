/** What the options of `init` say. */
export interface InitOptions {
  readonly from?: string;
  readonly force?: boolean;
  readonly asOf?: string;
  readonly zone: string;
  readonly currency: string;
}
