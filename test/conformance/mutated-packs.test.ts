import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, definePlugin, formatDiagnostics, loadPack, type PackFiles, type Program } from "@evertend/core";
import { expect, it } from "vitest";
import { createChannels } from "./channels.js";
import { mutate, mutationsOf, type Mutation } from "./mutate-json.js";
import { readPackFolder } from "./read-pack-folder.js";

/**
 * Valid packs with one node replaced or deleted: loading never throws, never hangs, and gives a program that runs or says
 * what is wrong. A sample in the normal test; EVERTEND_FULL=1 takes all of the small pack and a larger sample of the
 * large one, EVERTEND_FULL=all takes all (an hour).
 */
const full = process.env["EVERTEND_FULL"] ?? "";
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_123);
const environment = createEnvironment([bankingPlugin, definePlugin({ name: "channels", channels: createChannels() })]);

interface Case {
  readonly files: PackFiles;
  readonly file: string;
  readonly json: unknown;
  readonly mutation: Mutation;
}

type Json = Readonly<Record<string, unknown>>;

/** The retail pack's rules that bring facts which the others read. */
const ground = "rules/tiers-and-contact.json";

/** A pack cut down to one file of rules and the templates that they use: it loads faster, and what is left stays valid. */
function around(files: PackFiles, rulesFile: string): PackFiles {
  const used = new Set([...`${files[rulesFile] ?? ""}${files[ground] ?? ""}`.matchAll(/"(?:message|task)":\s*"([^"]+)"/g)].map((match) => match[1]));
  const kept = Object.entries(files).flatMap(([file, text]) => {
    if (file.startsWith("rules/")) return file === rulesFile || file === ground ? [[file, text] as const] : [];
    const json = JSON.parse(text) as Json;
    if (!Array.isArray(json["templates"])) return [[file, text] as const];
    return [[file, JSON.stringify({ ...json, templates: (json["templates"] as Json[]).filter((one) => used.has(one["id"] as string)) })] as const];
  });
  return Object.fromEntries(kept);
}

function casesOf(files: PackFiles, only: (file: string) => boolean): readonly Case[] {
  return Object.entries(files).filter(([file]) => only(file)).flatMap(([file, text]) => {
    const json: unknown = JSON.parse(text);
    return mutationsOf(json).map((mutation) => ({ files, file, json, mutation }));
  });
}

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

function retail(): readonly Case[] {
  const files = readPackFolder(folder("packages/banking/packs/retail"));
  const rules = Object.keys(files).filter((file) => file.startsWith("rules/"));
  // What rules and templates have of their own is changed beside them; what they share once, beside the first.
  return rules.flatMap((file, i) => casesOf(around(files, file), (one) => one === file || one.startsWith("templates/") || i === 0));
}

/** Evenly spread numbers in [0, 1) from a seed, the same on every machine. */
function spread(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function sample(all: readonly Case[], sizes: { readonly normal: number; readonly full: number }): readonly Case[] {
  const size = full === "all" ? Infinity : full === "" ? sizes.normal : sizes.full;
  if (all.length <= size) return all;
  const next = spread(seed);
  return Array.from({ length: size }, () => all[Math.floor(next() * all.length)] as Case);
}

/** What loads must run: on a record that knows nothing no rule may fail. */
function runOnce(program: Program, where: string): void {
  const record = program.model.idField.split(".").reduceRight<unknown>((inner, step) => ({ [step]: inner }), "1");
  const result = createEngine(program).evaluate(record, { asOf: "2026-11-23" });
  if ("evaluation" in result) expect(result.evaluation.failures, where).toEqual([]);
}

it.each([
  ["retail", retail, { normal: 300, full: 8000 }],
  ["berka", () => casesOf(readPackFolder(folder("examples/berka/pack")), () => true), { normal: 2500, full: Infinity }],
] as const)("the %s pack with one node changed", (name, read, sizes) => {
  const all = read();
  // The packs themselves are sound, so that what is found is what was changed.
  for (const files of new Set(all.map((one) => one.files))) {
    const { program, diagnostics } = loadPack(files, { environment });
    if (!program) throw new Error(formatDiagnostics(diagnostics));
  }
  const chosen = sample(all, sizes);
  const tally = { program: 0, refused: 0 };
  for (const { files, file, json, mutation } of chosen) {
    const where = `${file} /${mutation.path.join("/")} = ${JSON.stringify(mutation.value)}`;
    const started = performance.now();
    let result: ReturnType<typeof loadPack>;
    try {
      result = loadPack({ ...files, [file]: JSON.stringify(mutate(json, mutation)) }, { environment });
    } catch (error) {
      throw new Error(`${where}: loadPack threw`, { cause: error });
    }
    expect(performance.now() - started, where).toBeLessThan(10_000);
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    expect(result.program === undefined, where).toBe(errors.length > 0);
    for (const { message, hint } of errors) expect(message === "" || hint === "", where).toBe(false);
    if (result.program) runOnce(result.program, where);
    tally[result.program ? "program" : "refused"]++;
  }
  console.info(`${name}: ${chosen.length} of ${all.length} changed packs: ${tally.refused} refused, ${tally.program} still sound (seed ${seed})`);
  // Were all refused, or none, the sweep would prove nothing.
  expect(tally.refused).toBeGreaterThan(chosen.length / 4);
  expect(tally.program).toBeGreaterThan(chosen.length / 100);
}, full === "" ? 120_000 : 7_200_000);
