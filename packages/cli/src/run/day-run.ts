import type { ChannelConfig, Engine, Lang, RecordSource } from "@evertend/core";
import type { AnsweredRows, AnswerRequest } from "@evertend/warehouse";
import type { EngineSetup } from "../wiring/engine-setup.js";

/** What finds matches. */
export type BackendName = "compiled" | "sql";

/** One day with its files. */
export interface DayRun {
  readonly engine: Engine;
  readonly source: Pick<RecordSource, "name" | "records"> & Partial<Pick<RecordSource, "marks">> & { fingerprint?(): Promise<string>; answer?(request: AnswerRequest): Promise<AnsweredRows> };
  /** What finds matches: core, or SQL where the data is; core if not given. The outcome is the same. */
  readonly backend?: BackendName | undefined;
  readonly asOf: string;
  readonly at: string;
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  readonly lang: Lang;
  /** Folder for the output. */
  readonly out: string;
  /** Where the run state lies, as `stateLocation` says it; absent = the state starts empty and is not kept. */
  readonly state?: string | undefined;
  /** Context collections as JSON; what they hold is part of what a state was made with. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Take only what changed since that civil date, who is due and what is open; needs a state. */
  readonly since?: string | undefined;
  /** How other threads build the engine; needed for more than one of them, and for going on after a kill. */
  readonly setup?: EngineSetup;
  /** Threads that decide; 1 if not given: the calling one. */
  readonly threads?: number | undefined;
  readonly onProgress?: (done: number, phase: DayPhase, total?: number) => void;
  /** Told where a killed run is gone on with, or why not. */
  readonly onResume?: (found: { readonly batches: number; readonly differs: readonly string[] }) => void;
}

/** Everybody is decided; then what customers share is settled and written. */
export type DayPhase = "decide" | "settle";
