import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { formatDate, formatMoney, formatNumber, formatPercent } from "../../src/template/format-value.js";
import { check, valuesOf } from "./template-fixture.js";

// Templates of the language we accept mean what Handlebars' own compiler makes of them. Names of the record are generated
// with a § before them: we read them as they are, also inside #each; Handlebars, where the item would shadow them, reads
// them as members of a block parameter that spans the whole template.
const oracle = Handlebars.create();
// White space control belongs to the parse and must not run again over the wrapped tree.
oracle.parse = (input) => input as unknown as hbs.AST.Program;

function compileWhole(source: string): (record: unknown) => string {
  const inner = Handlebars.parse(source.replaceAll("§", "theRecord."));
  const wrapper = Handlebars.parse("{{#with this as |theRecord|}}x{{/with}}");
  (wrapper.body[0] as hbs.AST.BlockStatement).program.body = inner.body;
  const compiled = oracle.compile(wrapper);
  // Of escaped braces the name comes out as text.
  return (record) => compiled(record).replaceAll("theRecord.", "");
}

const decimalsOf = (rest: unknown[]): number | undefined => (typeof rest[0] === "number" ? rest[0] : undefined);
oracle.registerHelper("money", (value: unknown, ...rest: unknown[]) => (typeof value === "number" ? formatMoney(value, decimalsOf(rest) ?? 2) : ""));
oracle.registerHelper("number", (value: unknown, ...rest: unknown[]) => (typeof value === "number" ? formatNumber(value, decimalsOf(rest)) : ""));
oracle.registerHelper("percent", (value: unknown, ...rest: unknown[]) => (typeof value === "number" ? formatPercent(value, decimalsOf(rest)) : ""));
oracle.registerHelper("date", (value: unknown) => (typeof value === "string" ? (formatDate(value, "en") ?? "") : ""));

const words = fc.constantFrom("a", "Hello ", " ", "\n", "\n\n", "  \n  ", "尊敬的", "&", "x < y", "}", "\\", "\\\\", ", ", "$1", "😀", "'", '"q"', "=", "`");
const strip = fc.constantFrom("", "~");

interface Scope {
  readonly values: readonly string[];
  readonly numbers: readonly string[];
  readonly dates: readonly string[];
  readonly lists: readonly string[];
  readonly items: readonly string[];
  readonly depth: number;
}

function tag(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(strip, inner, strip).map(([left, text, right]) => `{{${left}${text}${right}}}`);
}

function body(scope: Scope): fc.Arbitrary<string> {
  const output = tag(
    fc.oneof(
      fc.constantFrom(...scope.values),
      fc.tuple(fc.constantFrom("money", "number", "percent"), fc.constantFrom(...scope.numbers), fc.constantFrom("", " 0", " 1", " 3")).map((parts) => `${parts[0]} ${parts[1]}${parts[2]}`),
      fc.constantFrom(...scope.dates).map((name) => `date ${name}`),
    ),
  );
  const comment = fc.constantFrom("{{! note }}", "{{!-- {{§name}} --}}", "\\{{§name}}");
  if (scope.depth >= 3) return fc.array(fc.oneof(words, output, comment), { maxLength: 3 }).map((parts) => parts.join(""));
  const inner = (more: Partial<Scope> = {}): fc.Arbitrary<string> => body({ ...scope, ...more, depth: scope.depth + 1 });
  const condition = fc.constantFrom(...scope.values, ...scope.lists, ...scope.items);
  const elseTag = fc.constantFrom("{{else}}", "{{~else~}}", "{{^}}");
  const branch = fc
    .tuple(fc.constantFrom("if", "unless"), condition, inner(), fc.option(fc.tuple(elseTag, inner())), fc.option(fc.tuple(condition, inner())), strip, strip)
    .map(([name, test, then, otherwise, chain, left, right]) => {
      const chained = chain === null || name === "unless" ? "" : `{{else if ${chain[0]}}}${chain[1]}`;
      return `{{${left}#${name} ${test}}}${then}${chained}${otherwise === null ? "" : otherwise[0] + otherwise[1]}{{/${name}${right}}}`;
    });
  const variable = `v${scope.depth}`;
  const overList = fc.tuple(fc.constantFrom(...scope.lists), inner({ values: [...scope.values, variable] }));
  const overItems = fc.tuple(
    fc.constantFrom(...scope.items),
    inner({ values: [...scope.values, `${variable}.product`, `${variable}.amount`], numbers: [...scope.numbers, `${variable}.amount`], dates: [...scope.dates, `${variable}.due`], lists: [...scope.lists, `${variable}.labels`] }),
  );
  const loop = fc.tuple(fc.oneof(overList, overItems), fc.option(inner())).map(([[name, text], otherwise]) => `{{#each ${name} as |${variable}|}}${text}${otherwise === null ? "" : `{{else}}${otherwise}`}{{/each}}`);
  return fc.array(fc.oneof({ weight: 3, arbitrary: words }, { weight: 3, arbitrary: output }, comment, branch, loop), { maxLength: 4 }).map((parts) => parts.join(""));
}

const template = body({
  values: ["§name", "§note", "§assets.total", "§rate", "§vip", "§birthDate", "§客户等级"],
  numbers: ["§assets.total", "§rate", "§deposit.balance"],
  dates: ["§birthDate"],
  lists: ["§tags"],
  items: ["§holdings"],
  depth: 0,
});

const text = fc.oneof(fc.constantFrom("", "a & b", "<b>x</b>", "it's \"so\"", "`=`", "{{name}}", "王", "0"), fc.string({ unit: "grapheme-ascii", maxLength: 6 }));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> => fc.oneof({ weight: 5, arbitrary: value }, fc.constant(null), fc.constant(undefined));
const amount = fc.oneof(fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 100), fc.constantFrom(0, 0.1, 1234567.5));
const date = fc.constantFrom("2026-12-30", "1980-02-29", "2026-02-30", "");
const item = fc.record({ product: maybe(text), amount: maybe(amount), due: maybe(date), labels: maybe(fc.array(text, { maxLength: 2 })) }, { noNullPrototype: true });
const data = fc.record({
  name: maybe(text),
  note: maybe(text),
  "assets.total": maybe(amount),
  rate: maybe(amount),
  vip: maybe(fc.boolean()),
  birthDate: maybe(date),
  客户等级: maybe(text),
  "deposit.balance": maybe(amount),
  tags: maybe(fc.array(text, { maxLength: 3 })),
  holdings: maybe(fc.array(item, { maxLength: 3 })),
}, { noNullPrototype: true });

describe("Handlebars as the oracle", () => {
  it("agrees on what the check accepts, and the check accepts the subset", () => {
    let compared = 0;
    fc.assert(
      fc.property(template, data, (marked, flat) => {
        const source = marked.replaceAll("§", "");
        const { template: ours, codes } = check(source, { escape: "plain" });
        if (ours === undefined) {
          // Random text may be blank or put braces where Handlebars itself stumbles, nothing else.
          expect(codes.every((code) => code === "MESSAGE_EMPTY" || code === "TEMPLATE_SYNTAX")).toBe(true);
          if (codes.includes("TEMPLATE_SYNTAX")) expect(source.includes("{{{{") || throws(() => Handlebars.parse(source))).toBe(true);
          return;
        }
        const { "assets.total": total, "deposit.balance": balance, ...rest } = flat;
        const nested = { ...rest, assets: { total }, deposit: { balance } };
        const filled = ours.fill(valuesOf(flat), { locale: "en", escape: "html" });
        const theirs = compileWhole(marked)(nested);
        expect(filled.text).toBe(theirs.replaceAll("&#x27;", "&#39;").replaceAll("&#x60;", "`").replaceAll("&#x3D;", "="));
        // Not `noEscape`, under which Handlebars adds numbers that stand side by side instead of printing both.
        expect(ours.fill(valuesOf(flat), { locale: "en", escape: "plain" }).text).toBe(unescape(theirs));
        if (ours.maxCharacters !== null) expect(filled.tooLarge).toBe(false);
        compared++;
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(700);
  });

  it("a text is never longer than its bound", () => {
    fc.assert(
      fc.property(template, data, (marked, flat) => {
        const { template: ours } = check(marked.replaceAll("§", ""), { escape: "plain" });
        fc.pre(ours !== undefined && ours.maxCharacters !== null);
        const short = { ...flat, name: flat.name?.slice(0, 20), 客户等级: flat.客户等级?.slice(0, 4), "deposit.balance": flat["deposit.balance"] === null || flat["deposit.balance"] === undefined ? null : Math.abs(flat["deposit.balance"]), rate: 0.5 };
        expect(ours.fill(valuesOf(short), { locale: "en", escape: "plain" }).text.length).toBeLessThanOrEqual(ours.maxCharacters);
      }),
      { numRuns: 300, maxSkipsPerRun: 50 },
    );
  });
});

function unescape(html: string): string {
  const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#x60": "`", "#x3D": "=" };
  return html.replace(/&(amp|lt|gt|quot|#x27|#x60|#x3D);/g, (all, name: string) => characters[name] ?? all);
}

function throws(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}
