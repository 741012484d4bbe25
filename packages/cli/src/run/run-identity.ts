import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { canonicalJson } from "@evertend/core";
import type { FileStateStore } from "@evertend/warehouse";
import type { DayRun } from "./day-run.js";

/**
 * All that a day's outcome hangs on, by name: a run that was killed is gone on with only if all of it is the same.
 * `undefined` where some of it cannot be told. Of settings and data it holds hashes only.
 *
 * @param taken which customers: `all`, or since when
 */
export async function runIdentity(run: DayRun, store: FileStateStore | undefined, taken: string): Promise<Readonly<Record<string, string>> | undefined> {
  const { setup, source, engine, asOf, at, lang, channelConfigs, context } = run;
  if (!setup || !source.fingerprint) return undefined;
  const { program } = engine;
  const plugins = await Promise.all(setup.plugins.map((path) => readFile(resolve(setup.cwd, path), "utf8")));
  return {
    "engine": program.engineVersion,
    "pack": program.hash,
    "param": hashOf(setup.params),
    "plugins": hashOf(plugins),
    "source": await source.fingerprint(),
    "source name": source.name,
    "context": hashOf(context ?? {}),
    "channels": hashOf(channelConfigs),
    "as-of": asOf,
    "at": at,
    "since": taken,
    "state": store ? `${run.state ?? ""} ${(await store.hash()) ?? "empty"}` : "none",
    "lang": lang,
  };
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
