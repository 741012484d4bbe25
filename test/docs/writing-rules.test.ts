import { readFileSync } from "node:fs";
import { bankingPlugin } from "@evertend/banking";
import { createEmailChannel } from "@evertend/channel-email";
import { createSmsChannel } from "@evertend/channel-sms";
import { createEnvironment, definePlugin, formatDiagnostics, loadPack, operatorNames, type LoadedPack, type LoadOptions, type Shape } from "@evertend/core";
import { runRuleTests } from "@evertend/testing";
import { describe, expect, test } from "vitest";
import { factBase, factShapes } from "../../packages/core/src/language/fact-shapes.js";
import { fieldKeys, modelShape } from "../../packages/core/src/language/model-shapes.js";
import { decorators } from "../../packages/core/src/language/operators.js";
import { calendarShape, parameterShape, policyShape, templateShape } from "../../packages/core/src/language/pack-shapes.js";
import { actionShape, ruleBase, wakeKeys } from "../../packages/core/src/language/rule-shapes.js";
import { knownRoles } from "../../packages/core/src/model/read-model.js";

/** The chapters on writing rules: every example loads, and no key is forgotten. */

const environment = createEnvironment([bankingPlugin, definePlugin({ name: "channels", channels: [createSmsChannel(), createEmailChannel()] })]);
const base = readFileSync(new URL("chapter-base.json", import.meta.url), "utf8");
const baseTemplates = (JSON.parse(base) as { templates: readonly { id: string }[] }).templates;

interface Block {
  /** `rule`, `fact`, `condition`, `fields`, `part` (a file laid over the base), `overlay`, or `<pack>/<file>` of a pack of its own. */
  readonly kind: string;
  readonly text: string;
  readonly line: number;
}

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```json ?([^\n]*)\n(.*?)^```$/gms)].map((found) => ({ kind: found[1] ?? "", text: found[2] ?? "", line: page.slice(0, found.index).split("\n").length }));
}

/** The files in which an example stands. */
function filesOf(block: Block): Readonly<Record<string, string>> {
  const json: unknown = JSON.parse(block.text);
  switch (block.kind) {
    case "rule":
      return { "base.json": base, "example.json": JSON.stringify({ rules: [json] }) };
    case "fact":
      return { "base.json": base, "example.json": JSON.stringify({ facts: [json], rules: [{ id: "any" }] }) };
    case "condition":
      return { "base.json": base, "example.json": JSON.stringify({ rules: [{ id: "any", when: json }] }) };
    case "overlay":
      return { "base.json": base };
    case "part":
      return { "base.json": without(base, json as object), "example.json": JSON.stringify(json) };
    case "fields":
      return { "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model: { id: "m", zone: "Asia/Shanghai", entity: { name: "customer", id: "customerId", properties: { customerId: { type: "string" }, ...(json as object) } } }, rules: [{ id: "any" }] }) };
    default:
      throw new Error(`line ${block.line}: a JSON example must say what it is`);
  }
}

/** The base without what a part brings itself and a pack may have only once. */
function without(text: string, part: object): string {
  const json = JSON.parse(text) as Record<string, unknown>;
  if ("policy" in part) delete json["policy"];
  return JSON.stringify(json);
}

function load(files: Readonly<Record<string, string>>, parameters: NonNullable<LoadOptions["parameters"]> = {}): LoadedPack {
  return loadPack(files, { environment, parameters });
}

function errorsOf(files: Readonly<Record<string, string>>): string {
  return formatDiagnostics(load(files).diagnostics.filter((one) => one.severity === "error"));
}

function testsOf(files: Readonly<Record<string, string>>): { readonly run: number; readonly failures: string } {
  const report = runRuleTests((parameters) => load(files, parameters));
  return { run: report.cases.length, failures: formatDiagnostics(report.diagnostics) };
}

/** Names in the first cells of the table behind an anchor. */
function table(page: string, anchor: string): string[] {
  const rows = new RegExp(`<a id="${anchor}"></a>\n\n((?:\\|.*\n)+)`).exec(page)?.[1] ?? "";
  return [...rows.matchAll(/^\| (`[^|]*?) \|/gm)].flatMap((row) => [...(row[1] ?? "").matchAll(/`([^`]+)`/g)].map((cell) => cell[1] ?? ""));
}

/** `rule` is core's own and there without a plugin. */
const kinds = [...new Set(["rule", ...environment.kinds.keys()])];
const keysOf = (shape: Shape): string[] => (shape.type === "object" ? Object.keys(shape.properties) : []);
const kindKeys = (id: string): string[] => keysOf(environment.kinds.get(id)?.shape ?? { type: "boolean" });

describe.each(["writing-rules.md", "writing-rules.zh-CN.md"])("%s", (file) => {
  const page = readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8");
  const blocks = blocksOf(page);
  const alone = blocks.filter((block) => !block.kind.includes("/"));
  const packs = new Map<string, Record<string, string>>();
  for (const { kind, text } of blocks) {
    const [name = "", ...path] = kind.split("/");
    if (path.length > 0) packs.set(name, { ...packs.get(name), [path.join("/")]: text });
  }

  test.each(alone.map((block) => [`line ${block.line} (${block.kind})`, block] as const))("%s loads without an error", (_name, block) => {
    const files = filesOf(block);
    if (block.kind === "overlay") {
      const { program, diagnostics } = loadPack(files, { environment, overlays: [{ name: "overlay", files: { "pack.json": block.text } }] });
      expect(formatDiagnostics(diagnostics.filter((one) => one.severity === "error"))).toBe("");
      expect(program?.overlays).toHaveLength(1);
      return;
    }
    expect(errorsOf(files)).toBe("");
    expect(testsOf(files).failures).toBe("");
  });

  test.each([...packs])("the pack %s loads without any finding and passes its own tests", (_name, files) => {
    expect(formatDiagnostics(load(files).diagnostics)).toBe("");
    const { run, failures } = testsOf(files);
    expect(failures).toBe("");
    expect(run).toBeGreaterThan(0);
  });

  test.each<readonly [string, readonly string[]]>([
    ["operators", operatorNames],
    ["decorators", decorators],
    ["rule-keys", Object.keys(ruleBase)],
    ["wake-keys", Object.keys(wakeKeys)],
    ["action-keys", keysOf(actionShape)],
    ["fact-keys", Object.keys(factBase)],
    ["fact-kinds", Object.keys(factShapes)],
    ["field-keys", Object.keys(fieldKeys)],
    ["model-keys", keysOf(modelShape)],
    ["parameter-keys", keysOf(parameterShape)],
    ["template-keys", keysOf(templateShape)],
    ["policy-keys", keysOf(policyShape)],
    ["calendar-keys", keysOf(calendarShape)],
    ["kinds", kinds],
    ...["tier", "cadence", "reminder", "occasion", "offer", "case", "event", "scorecard"].map((kind) => [`${kind}-keys`, kindKeys(kind)] as const),
  ])("the table %s has every name that exists, and no other", (anchor, names) => {
    expect(table(page, anchor).sort()).toEqual([...names].sort());
  });

  test("names every role that the model knows", () => {
    const named = table(page, "roles");
    expect(knownRoles.filter((role) => !named.includes(role))).toEqual([]);
  });

  test("has an example for every kind of rule and of derived fact", () => {
    const json = blocks.map((block) => JSON.parse(block.text) as { kind?: string; rules?: { kind?: string }[]; facts?: { kind: string }[] });
    const used = (own: string, list: "rules" | "facts"): Set<string> =>
      new Set(blocks.flatMap((block, i) => [...(block.kind === own ? [json[i]?.kind ?? "rule"] : []), ...(json[i]?.[list] ?? []).map((one) => one.kind ?? "rule")]));
    expect(kinds.filter((kind) => !used("rule", "rules").has(kind))).toEqual([]);
    expect(Object.keys(factShapes).filter((kind) => !used("fact", "facts").has(kind))).toEqual([]);
  });
});

test("both languages have the same examples", () => {
  const [en, zh] = ["writing-rules.md", "writing-rules.zh-CN.md"].map((file) => blocksOf(readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8")));
  expect(zh?.map(({ kind, text }) => ({ kind, text }))).toEqual(en?.map(({ kind, text }) => ({ kind, text })));
});

test("the base itself is in order", () => {
  expect(errorsOf({ "base.json": base, "rules.json": JSON.stringify({ rules: [{ id: "any" }] }) })).toBe("");
  expect(baseTemplates.length).toBeGreaterThan(0);
});
