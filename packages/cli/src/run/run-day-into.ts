import { createHash } from "node:crypto";
import type { RunFigures } from "@evertend/banking";
import { canonicalJson, parseDay } from "@evertend/core";
import type { FileStateStore, StateLineWriter } from "@evertend/warehouse";
import { openState } from "../wiring/open-state.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { GroupSource } from "./customer-group.js";
import type { DayRun } from "./day-run.js";
import { runIdentity } from "./run-identity.js";
import { sweepSource, type SweepCounts, type SweepInput } from "./sweep-source.js";
import { writeDay } from "./write-day.js";

/** What a day came to. */
export interface DayResult {
  readonly figures: RunFigures;
  /** How the sweep chose; `"all"` = everything, since pack or context changed; absent = nobody asked for less than all. */
  readonly sweep?: SweepCounts | "all";
}

/**
 * Plans a day and writes its files, then its state. The files come first: a run that is killed in between is repeated
 * and plans the same again, while a state without its files would have planned what nobody has.
 *
 * @throws DiagnosticError STATE_LATER, STATE_LOCKED, STATE_INVALID, SINCE_TOO_LATE, DISK_FULL, OUTPUT_UNWRITABLE, what the
 * source throws. Then neither files nor state have changed.
 */
export async function runDayInto(run: DayRun): Promise<DayResult> {
  const basis = basisOf(run);
  const store = run.state === undefined ? undefined : openState(run.state, { lang: run.lang, asOf: run.asOf, basis });
  const writer = await store?.begin();
  try {
    if (store) await refuseLaterState(store, run);
    const before = store && run.since !== undefined ? await store.basis() : undefined;
    const result = store && writer && before === basis && run.source.marks ? await sweepInto(run, { ...run.source, marks: run.source.marks }, store, writer) : { figures: await planInto(run, store, writer), ...(run.since === undefined ? {} : { sweep: "all" as const }) };
    await writer?.commit(typeof result.sweep === "object" ? "kept" : "gone");
    return result;
  } catch (error) {
    await writer?.abort();
    throw error;
  }
}

/** What answers hang on beside record, state and day: a state made with something else knows no day of review. */
function basisOf({ engine, context, channelConfigs }: DayRun): string {
  return createHash("sha256").update(canonicalJson({ pack: engine.program.hash, engine: engine.program.engineVersion, context: context ?? {}, channels: channelConfigs })).digest("hex");
}

async function planInto(run: DayRun, store: FileStateStore | undefined, writer: StateLineWriter | undefined): Promise<RunFigures> {
  const identity = await runIdentity(run, store, "all");
  return writeDay(run, { source: await askedSource(run, store), identity, ...(store ? { states: store.read() } : {}), ...(writer ? { keep: (lines) => writer.writeLines(lines) } : {}) });
}

/** The customers: as they are, or with what SQL finds for them. */
async function askedSource({ source, backend, engine, asOf, lang }: DayRun, store: FileStateStore | undefined): Promise<GroupSource> {
  if (backend !== "sql") return source;
  if (!source.answer) throw new Error("a source that cannot be asked by SQL");
  return source.answer({ program: engine.program, context: engine.context, asOf: parseDay(asOf) ?? 0, states: store?.read(), lang });
}

/** Looks only at who may have another answer than before; all other states stay as they are. */
async function sweepInto(run: DayRun, from: SweepInput["source"], store: FileStateStore, writer: StateLineWriter): Promise<DayResult> {
  const counts: SweepCounts = { seen: 0, changed: 0, due: 0, added: 0, setAside: 0, gone: 0 };
  const field = run.engine.program.model.roles.get("changedAt");
  const source = sweepSource({ source: from, store, asOf: run.asOf, counts, ...(field === undefined ? {} : { changed: { since: run.since ?? "", field } }) });
  const hasSeats = run.engine.program.rules.some((rule) => rule.policy.seats);
  const figures = await writeDay(run, { source, identity: await runIdentity(run, store, run.since ?? ""), ...(hasSeats ? { seated: store.read() } : {}), keep: (lines) => writer.writeLines(lines) });
  return { figures, sweep: counts };
}

async function refuseLaterState(store: FileStateStore, { asOf, lang, state, since }: DayRun): Promise<void> {
  const found = await store.asOf();
  if (found !== null && found > asOf) throw commandFault({ lang }, "STATE_LATER", { found, expected: asOf }, { file: state ?? "" });
  if (since !== undefined && (parseDay(since) === undefined || (found !== null && since > found))) throw commandFault({ lang }, "SINCE_TOO_LATE", { found: since, ...(found === null ? {} : { expected: found }) }, { file: "--since" });
}

