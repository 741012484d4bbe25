import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import * as banking from "@evertend/banking";
import * as core from "@evertend/core";
import { loadPack, type Program } from "@evertend/core";
import { runRuleTests, type RuleCoverage } from "@evertend/testing";
import { commands } from "../../packages/cli/src/commands.js";
import { readPackFolder } from "../../packages/cli/src/wiring/read-pack-folder.js";
import { createBankEnvironment, previewConfigs } from "../../packages/cli/src/wiring/bank-environment.js";
import { readCoveragePage, type Reference } from "./coverage-page.js";

const root = new URL("../../", import.meta.url);
const rows = readCoveragePage(readFileSync(new URL("docs/coverage.md", root), "utf8"));
const packsFolder = fileURLToPath(new URL("packages/banking/packs/", root));

interface TestedPack {
  readonly program: Program;
  readonly rules: readonly RuleCoverage[];
  /** Ids of derived facts, those of items too. */
  readonly facts: ReadonlySet<string>;
}

const packs = new Map<string, TestedPack>();
const environment = createBankEnvironment();

beforeAll(async () => {
  for (const name of readdirSync(packsFolder)) {
    const files = await readPackFolder(`${packsFolder}${name}`, { lang: "en" });
    const load = (parameters: core.LoadOptions["parameters"]): core.LoadedPack => loadPack(files, { environment, parameters: parameters ?? {} });
    const { program, diagnostics } = load({});
    if (!program) throw new Error(`${name}: ${diagnostics.map((one) => one.message).join("; ")}`);
    const facts = new Set(Object.values(files).flatMap((text) => ((JSON.parse(text) as { readonly facts?: readonly { readonly id: string }[] }).facts ?? []).map(({ id }) => id)));
    packs.set(name, { program, facts, rules: runRuleTests(load, undefined, { channelConfigs: previewConfigs }).coverage.rules });
  }
}, 120_000);

describe("docs/coverage.md", () => {
  test("has each of the 208 rows once, in order", () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 208 }, (_, i) => `S${String(i + 1).padStart(2, "0")}`));
  });

  test("names something and a test in every row that is done", () => {
    expect(rows.filter((row) => row.open === undefined && (row.references.length === 0 || row.tests.length === 0)).map(({ id }) => id)).toEqual([]);
  });

  test("names only what exists", () => {
    const wrong = rows.flatMap(({ id, references }) => references.flatMap((one) => fault(one).map((text) => `${id}: ${one.sort} ${one.name}: ${text}`)));
    expect(wrong).toEqual([]);
  });

  test("names only tests that exist", () => {
    const missing = rows.flatMap(({ id, tests }) => tests.filter((file) => !existsSync(new URL(file, root))).map((file) => `${id}: ${file}`));
    expect(missing).toEqual([]);
  });

  test("stands for every row that rules and facts of the packs say they cover", () => {
    const done = new Map(rows.map((row) => [row.id, row] as const));
    const forgotten = [...packs.values()].flatMap(({ program }) => program.rules.flatMap(({ id, covers }) => covers.filter((row) => done.get(row)?.open !== undefined).map((row) => `${row}: ${id}`)));
    expect(forgotten).toEqual([]);
  });
});

/** What is wrong with a name; nothing where it leads somewhere. */
function fault({ sort, name }: Reference): readonly string[] {
  const known = (there: boolean): readonly string[] => (there ? [] : ["does not exist"]);
  const [packName = "", ...rest] = name.split("/");
  const inner = rest.join("/");
  const pack = packs.get(packName);
  switch (sort) {
    case "rule":
      return ruleFaults(pack, inner);
    case "fact":
      return known(pack !== undefined && (pack.facts.has(inner) || pack.program.facts.some(({ id }) => id === inner)));
    case "field":
      return known(pack !== undefined && (pack.program.model.fields.has(inner) || pack.program.model.collections.has(inner) || pack.program.model.context.has(inner)));
    case "parameter":
      return known(pack?.program.parameters.has(inner) === true);
    case "template":
      return known(pack?.program.templates.has(inner) === true);
    case "policy":
      return known(pack !== undefined && policyNames(pack.program).has(inner));
    case "pack":
      return known(packs.has(name));
    case "kind":
      return known(environment.kinds.has(name));
    case "channel":
      return known(environment.channels.has(name));
    case "command":
      return known(commands.some(([command]) => command === name));
    case "report":
      return known(banking.customerReports.some((report) => report.name === name));
    case "export":
      return known(name in core || name in banking);
    case "page":
    case "code":
      return known(existsSync(new URL(name, root)));
    default:
      return [`"${sort}" is no sort of name`];
  }
}

/** A rule is there, fires in a golden case and keeps still in another; so do all parts its kind makes of it. */
function ruleFaults(pack: TestedPack | undefined, id: string): readonly string[] {
  const parts = pack?.rules.filter(({ ruleId }) => ruleId === id || ruleId.startsWith(`${id}/`)) ?? [];
  if (parts.length === 0) return ["does not exist"];
  return parts.flatMap(({ ruleId, fired, still }) => [...(fired === 0 ? [`${ruleId} fires in no golden case`] : []), ...(still === 0 ? [`${ruleId} keeps still in no golden case`] : [])]);
}

function policyNames({ policy }: Program): ReadonlySet<string> {
  const named = (section: string, ids: readonly string[]): readonly string[] => ids.map((id) => `${section}/${id}`);
  return new Set([
    ...named("consent", Object.keys(policy.consent)),
    ...named("quietHours", policy.quietHours.map(({ id }) => id)),
    ...named("windows", policy.windows.map(({ id }) => id)),
    ...named("caps", policy.caps.map(({ id }) => id)),
    ...named("pauses", policy.pauses.map(({ id }) => id)),
    ...named("suitability", [...Object.keys(policy.suitability)]),
    ...named("slotsPerDay", Object.keys(policy.slotsPerDay)),
    ...named("channelBudget", Object.keys(policy.channelBudget)),
    ...(policy.doNotContact.length > 0 ? ["doNotContact"] : []),
  ]);
}
