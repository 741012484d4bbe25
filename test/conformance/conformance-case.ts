import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A match as a case expects it. */
export interface ExpectedMatch {
  readonly rule: string;
  /** `""` is the customer. */
  readonly subject: string;
  readonly occurrence: string;
  readonly until: string | null;
}

/** A rule that stays open, and what leaves it so. */
export interface ExpectedUnknown {
  readonly rule: string;
  readonly subject: string;
  readonly missing: readonly string[];
}

/** Everything a pack says about a record on a day. Matches and unknowns are all there are; the other keys are optional. */
export interface ExpectedAnswer {
  readonly matches: readonly ExpectedMatch[];
  readonly unknowns: readonly ExpectedUnknown[];
  /** Some derived facts; unknown and none are `null`. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** First day on which anything may differ, matched or not; `null` = never. */
  readonly wakeUp?: string | null;
  /** Rules and facts that failed. */
  readonly failures?: readonly string[];
  /** Products that offers picked, in the order of the matches. */
  readonly picks?: readonly { readonly rule: string; readonly subject: string; readonly product: string | null }[];
}

/** The one code that a case expects instead of an answer, of the pack or of the record. */
export interface ExpectedError {
  readonly error: string;
  readonly pointer?: string;
}

/** One file of the corpus, with a pack fragment laid over `base.json`. */
export interface ConformanceCase {
  /** `topic/file`, without `.json`. */
  readonly name: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly record: Json;
  readonly state: Json | undefined;
  readonly context: Json | undefined;
  readonly asOf: string;
  readonly expect: ExpectedAnswer | ExpectedError;
}

type Json = Readonly<Record<string, unknown>>;

const caseKeys = ["title", "pack", "record", "state", "context", "asOf", "expect"];
const answerKeys = ["matches", "unknowns", "facts", "wakeUp", "failures", "picks"];
const sections = { objects: ["parameters", "conditions", "calendars"], lists: ["facts", "rules", "templates"], single: ["policy", "model"] };

/** Cases of another shape; `json-rules-engine-case.ts` reads them. */
const elsewhere = ["json-rules-engine"];

/** Reads all cases below a folder, in order of their names. A case with a key that nobody reads is refused. */
export function readCases(folder: string): readonly ConformanceCase[] {
  const base = readBase(folder);
  const topics = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !elsewhere.includes(entry.name)).map((entry) => entry.name).sort();
  return topics.flatMap((topic) =>
    readdirSync(join(folder, topic)).sort().map((file) => {
      if (!file.endsWith(".json")) throw new Error(`${topic}/${file} is no case`);
      return readCase(`${topic}/${file.slice(0, -5)}`, readJson(join(folder, topic, file)), base);
    }),
  );
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, "utf8")) as Json;
}

function readCase(name: string, json: Json, base: Json): ConformanceCase {
  onlyKeys(name, json, caseKeys, ["title", "pack", "record", "asOf", "expect"]);
  const expect = json["expect"] as Json;
  if ("error" in expect) onlyKeys(name, expect, ["error", "pointer"], []);
  else {
    onlyKeys(name, expect, answerKeys, ["matches", "unknowns"]);
    for (const match of expect["matches"] as Json[]) onlyKeys(name, match, ["rule", "subject", "occurrence", "until"], ["rule", "subject", "occurrence", "until"]);
    for (const unknown of expect["unknowns"] as Json[]) onlyKeys(name, unknown, ["rule", "subject", "missing"], ["rule", "subject", "missing"]);
  }
  return {
    name,
    title: json["title"] as string,
    files: { "pack.json": JSON.stringify(layOver(name, base, json["pack"] as Json)) },
    record: { customerId: "1", ...(json["record"] as Json) },
    state: json["state"] as Json | undefined,
    context: json["context"] as Json | undefined,
    asOf: json["asOf"] as string,
    expect: expect as unknown as ExpectedAnswer | ExpectedError,
  };
}

function onlyKeys(name: string, json: Json, known: readonly string[], needed: readonly string[]): void {
  for (const key of Object.keys(json)) if (!known.includes(key)) throw new Error(`${name}: nobody reads the key "${key}"`);
  for (const key of needed) if (!(key in json)) throw new Error(`${name}: the key "${key}" is missing`);
}

/** The pack that lies under every fragment. */
export function readBase(folder: string): Json {
  return readJson(join(folder, "base.json"));
}

/**
 * A fragment of a pack laid over the base: maps add up, lists begin with the fragment's own (so that its pointers count
 * from 0), the model takes single keys over.
 */
export function layOver(name: string, base: Json, fragment: Json): Json {
  onlyKeys(name, fragment, [...sections.objects, ...sections.lists, ...sections.single], []);
  const out: Record<string, unknown> = { ...base };
  for (const key of sections.objects) out[key] = { ...(base[key] as Json | undefined), ...(fragment[key] as Json | undefined) };
  for (const key of sections.lists) out[key] = [...((fragment[key] ?? []) as unknown[]), ...((base[key] ?? []) as unknown[])];
  out["model"] = { ...(base["model"] as Json), ...(fragment["model"] as Json | undefined) };
  if (fragment["policy"] !== undefined) out["policy"] = fragment["policy"];
  return out;
}
