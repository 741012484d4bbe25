import type { BackendName } from "./day-run.js";

/** What the options of `run` come to. */
export interface RunOptions {
  readonly source?: string;
  readonly param?: readonly string[];
  readonly overlay?: readonly string[];
  readonly asOf: string;
  readonly at?: string;
  readonly state?: string;
  readonly out: string;
  readonly context?: readonly string[];
  readonly config?: string;
  readonly threads?: number;
  readonly progress?: boolean;
  readonly requireApproval?: string;
  readonly send?: boolean;
  readonly since?: string;
  readonly backend?: BackendName;
}
