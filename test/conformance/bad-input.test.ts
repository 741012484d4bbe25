import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createSmsChannel } from "@evertend/channel-sms";
import { codes, createEngine, createEnvironment, definePlugin, loadPack, type CustomerResult, type DiagnosticCode, type Lang, type LoadedPack, type LoadOptions, type SetAside } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { layOver, readBase } from "./conformance-case.js";

/** Nothing a user writes may crash, hang, run or be silently ignored: each row is one mistake and the one code it gets. */
const environment = createEnvironment([bankingPlugin, definePlugin({ name: "sms", channels: [createSmsChannel()] })]);
const base = readBase(fileURLToPath(new URL(".", import.meta.url)));
const languages: readonly Lang[] = ["zh-CN", "en"];

type Json = Readonly<Record<string, unknown>>;
type Files = Readonly<Record<string, string>>;

function pack(fragment: Json): Files {
  return { "pack.json": JSON.stringify(layOver("row", base, fragment), null, 2) };
}

/** A pack with one more file, written out as text. */
const beside = (text: string): Files => ({ ...pack({}), "more.json": text });
const rule = (more: Json): Json => ({ id: "r", ...more });
const when = (condition: unknown): Files => pack({ rules: [rule({ when: condition })] });
const model = (properties: Json, more: Json = {}): Files => {
  const own = base["model"] as { readonly entity: { readonly properties: Json } };
  return pack({ model: { ...more, entity: { ...own.entity, properties: { ...own.entity.properties, ...properties } } } });
};
/** An SMS template that a marketing rule uses. */
const sms = (text: unknown, more: Json = {}): Files =>
  pack({ rules: [rule({ class: "marketing", then: [{ message: "m", via: ["sms"] }] })], templates: [{ id: "m", message: { sms: { en: { text } } }, ...more }] });
const html = (source: string): Files =>
  pack({ rules: [rule({ class: "marketing", then: [{ message: "m", via: ["email"] }] })], templates: [{ id: "m", message: { email: { en: { subject: "x", text: "x", html: source } } } }] });
const nested = (depth: number, inner: unknown): unknown => (depth === 0 ? inner : { not: nested(depth - 1, inner) });
const good = ["city", "=", "Praha"];
const text = "/templates/0/message/sms/en/text";

interface Row {
  readonly code: DiagnosticCode;
  readonly title: string;
  readonly files: Files;
  readonly pointer: string;
  readonly file?: string;
  /** What the message or hint must name. */
  readonly says?: string;
  readonly options?: LoadOptions;
  /** What the same slip means besides, to whoever reads on. */
  readonly also?: readonly DiagnosticCode[];
  /** There is no text to point into. */
  readonly nowhere?: boolean;
}

const row = (code: DiagnosticCode, title: string, files: Files, pointer: string, more: Partial<Row> = {}): Row => ({ code, title, files, pointer, ...more });
const more = "more.json";

const rows: readonly Row[] = [
  row("PATH_SYNTAX", "a script that reaches for the function constructor", when({ fact: "assets", path: "$.p[?(@.constructor[(@.getPrototypeOf(@).constructor('x')())])]", operator: "=", value: 1 }), "/rules/0/when/path"),
  row("PATH_SYNTAX", "a filter that would eat all memory", when({ fact: "assets", path: '$[?("a".padEnd(3e8).split(""))]', operator: "=", value: 1 }), "/rules/0/when/path"),
  row("PATH_SYNTAX", "a script in the path of a value", when({ fact: "city", operator: "=", value: { fact: "assets", path: "$[(@.length-1)]" } }), "/rules/0/when/value/path"),
  row("PATH_SYNTAX", "a path in a fact's name", when(["$.assets[0]", "=", 1]), "/rules/0/when/0"),
  row("PATH_FORBIDDEN", "__proto__ in a path", when({ fact: "assets", path: "$.__proto__.polluted", operator: "=", value: 1 }), "/rules/0/when/path"),
  row("PATH_FORBIDDEN", "constructor in a fact", when(["assets.constructor.name", "=", "x"]), "/rules/0/when/0"),
  row("PATH_FORBIDDEN", "prototype in the fact of a value", when(["assets.total", "=", { fact: "prototype.x" }]), "/rules/0/when/2"),
  row("FACT_UNKNOWN", "a slip of the pen in a fact's name", when(["asets.total", ">", 1]), "/rules/0/when/0", { says: "assets.total" }),
  row("FACT_UNKNOWN", "a fact that every object inherits", when(["hasOwnProperty", "=", "x"]), "/rules/0/when/0"),
  row("FACT_UNKNOWN", "an item's field that does not exist", when({ some: "holdings as h", where: [["h.balnce", ">", 1]] }), "/rules/0/when/where/0/0", { says: "h.balance" }),
  row("EMPTY_GROUP", "all without conditions", when({ all: [] }), "/rules/0/when/all"),
  row("EMPTY_GROUP", "any without conditions", when({ any: [] }), "/rules/0/when/any"),
  row("EMPTY_GROUP", "an empty list", when([]), "/rules/0/when"),
  row("EMPTY_GROUP", "an empty object", when({ not: {} }), "/rules/0/when/not"),
  row("EMPTY_GROUP", "no bands", pack({ facts: [{ id: "f", kind: "bands", of: "assets.total", bands: [] }] }), "/facts/0/bands"),
  row("AMBIGUOUS_GROUP", "all beside any", when({ all: [good], any: [good] }), "/rules/0/when"),
  row("AMBIGUOUS_GROUP", "two units of time", when(["openedOn", "<", { asOf: { days: 1, months: 1 } }]), "/rules/0/when/2/asOf"),
  row("AMBIGUOUS_GROUP", "a message and a task in one action", pack({ rules: [rule({ then: [{ message: "t", task: "t" }] })] }), "/rules/0/then/0"),
  row("UNKNOWN_KEY", "a key that no file has", beside('{\n  "rulez": []\n}'), "/rulez", { file: more, says: "rules" }),
  row("UNKNOWN_KEY", "a key that no rule has", pack({ rules: [rule({ whenn: good })] }), "/rules/0/whenn", { says: "when" }),
  row("UNKNOWN_KEY", "a key that a condition does not have", when({ fact: "city", operator: "=", value: "x", params: {} }), "/rules/0/when/params"),
  row("UNKNOWN_KEY", "a key that a value does not have", when(["assets.total", ">", { parameter: "x" }]), "/rules/0/when/2/parameter", { says: "param" }),
  row("UNKNOWN_KEY", "a key of a kind that a rule is not", pack({ rules: [rule({ kind: "reminder", date: "openedOn", steps: [{ daysBefore: 1, task: "t" }], repeat: "month" })] }), "/rules/0/repeat"),
  row("DUPLICATE_KEY", "a key twice", beside('{ "rules": [\n  { "id": "x", "enabled": true,\n    "enabled": false } ] }'), "/rules/0/enabled", { file: more }),
  row("UNKNOWN_OPERATOR", "an operator that does not exist", when(["assets.total", "graterThan", 1]), "/rules/0/when/1", { says: "greaterThan" }),
  row("UNKNOWN_OPERATOR", "a decorator that does not exist", when(["assets.total", "maybe:>", 1]), "/rules/0/when/1"),
  row("UNKNOWN_OPERATOR", "an operator that every object inherits", when(["assets.total", "toString", 1]), "/rules/0/when/1"),
  row("TYPE_MISMATCH", "a text where a number belongs", when(["assets.total", ">", "100"]), "/rules/0/when"),
  row("TYPE_MISMATCH", "an object as a fact", when({ fact: { toString: 1 }, operator: "=", value: 1 }), "/rules/0/when/fact"),
  row("TYPE_MISMATCH", "null as a value", when(["assets.total", "=", null]), "/rules/0/when/2"),
  row("TYPE_MISMATCH", "a number as a condition", when(5), "/rules/0/when"),
  row("TYPE_MISMATCH", "a list where the model belongs", { "pack.json": JSON.stringify({ ...base, model: [] }, null, 2) }, "/model"),
  row("TYPE_MISMATCH", "a rule that is a text", pack({ rules: ["r"] }), "/rules/0"),
  row("TYPE_MISMATCH", "an hour that does not exist", pack({ policy: { quietHours: [{ id: "q", classes: ["marketing"], from: "25:00", to: "08:00" }] } }), "/policy/quietHours/0/from"),
  row("LIST_REQUIRED", "in with a text", when(["city", "in", "Praha"]), "/rules/0/when/2"),
  row("LIST_REQUIRED", "all with an object", when({ all: { 0: good } }), "/rules/0/when/all"),
  row("LIST_REQUIRED", "someFact on a number", when(["assets.total", "someFact:>", 1]), "/rules/0/when"),
  row("LIST_REQUIRED", "actions that are no list", pack({ rules: [rule({ then: { task: "t" } })] }), "/rules/0/then"),
  row("TOO_DEEP", "20,000 lists in each other", beside(`{ "rules": ${"[".repeat(20_000)}${"]".repeat(20_000)} }`), `/rules${"/0".repeat(23)}`, { file: more }),
  row("TOO_DEEP", "20,000 objects that are never closed", beside('{"a":'.repeat(20_000)), "/a".repeat(24), { file: more }),
  row("TOO_DEEP", "conditions 17 deep", when(nested(17, good)), `/rules/0/when${"/not".repeat(17)}`),
  row("TOO_MANY_CONDITIONS", "201 conditions in a rule", when({ any: Array.from({ length: 201 }, () => good) }), "/rules/0/when/any/199"),
  row("CYCLIC_REFERENCE", "named conditions in a circle", pack({ conditions: { a: { not: { condition: "b" } }, b: { condition: "a" } }, rules: [rule({ when: { condition: "a" } })] }), "/conditions/b"),
  row("CYCLIC_REFERENCE", "a named condition of itself", pack({ conditions: { a: { condition: "a" } }, rules: [rule({ when: { condition: "a" } })] }), "/conditions/a"),
  row("CYCLIC_REFERENCE", "facts in a circle", pack({ facts: [{ id: "a", kind: "first", of: ["b"] }, { id: "b", kind: "first", of: ["a"] }] }), "/facts/1/of/0"),
  row("CYCLIC_REFERENCE", "a tier measured by what it says itself", pack({ facts: [{ id: "worth", kind: "sum", of: ["assets.total", "tier.toNext"] }], rules: [{ id: "tier", kind: "tier", measure: "worth", tiers: [{ name: "gold", from: 5 }, { name: "base" }] }] }), "/facts/0"),
  row("CYCLIC_REFERENCE", "a cadence whose interval hangs on its own due day", pack({ facts: [{ id: "late", kind: "daysSince", date: "visit.due" }], rules: [{ id: "visit", kind: "cadence", every: { days: { fact: "late" } } }] }), "/facts/0"),
  row("CYCLIC_REFERENCE", "definitions of the model in a circle", model({ x: { $ref: "#/$defs/a" } }, { $defs: { a: { $ref: "#/$defs/a" } } }), "/model/$defs/a/$ref"),
  row("UNKNOWN_REFERENCE", "a parameter that does not exist", when(["assets.total", ">", { param: "goldFrom" }]), "/rules/0/when/2/param"),
  row("UNKNOWN_REFERENCE", "a parameter that every object inherits", when(["assets.total", ">", { param: "constructor" }]), "/rules/0/when/2/param"),
  row("UNKNOWN_REFERENCE", "a named condition that does not exist", when({ condition: "adult" }), "/rules/0/when"),
  row("UNKNOWN_REFERENCE", "a template that does not exist", pack({ rules: [rule({ then: [{ task: "tt" }] })] }), "/rules/0/then/0/task"),
  row("UNKNOWN_REFERENCE", "a definition of the model that does not exist", model({ x: { $ref: "#/$defs/a" } }), "/model/entity/properties/x/$ref"),
  row("DUPLICATE_ID", "two rules of one id", pack({ rules: [rule({}), rule({})] }), "/rules/1/id"),
  row("DUPLICATE_ID", "two facts of one id", pack({ facts: [{ id: "f", kind: "first", of: ["city"] }, { id: "f", kind: "first", of: ["city"] }] }), "/facts/1/id"),
  row("DUPLICATE_ID", "two templates of one id", pack({ templates: [{ id: "t", task: { en: { title: "x" } } }] }), "/templates/1/id"),
  row("DUPLICATE_ID", "one parameter in two files", { ...pack({ parameters: { x: { value: 1 } } }), "more.json": '{ "parameters": {\n "x": { "value": 2 } } }' }, "/parameters/x", { file: "pack.json" }),
  row("NUMBER_RANGE", "1e400", beside('{ "parameters": { "x": {\n "value": 1e400 } } }'), "/parameters/x/value", { file: more }),
  row("NUMBER_RANGE", "bands that do not rise", pack({ facts: [{ id: "f", kind: "bands", of: "assets.total", bands: [{ name: "a" }, { name: "b", from: 5 }, { name: "c", from: 5 }] }] }), "/facts/0/bands/2/from"),
  row("ID_MUST_BE_STRING", "an id of 20 digits as a number", beside('{ "rules": [\n { "id": "x", "when": ["potential", "=", 12345678901234567890] } ] }'), "/rules/0/when/2", { file: more }),
  row("ID_MUST_BE_STRING", "a rule whose id is a number", pack({ rules: [{ id: 7 }] }), "/rules/0/id"),
  row("JSON_SYNTAX", "a comma too many", beside('{\n  "rules": [],\n}'), "", { file: more, says: "3:1" }),
  row("JSON_SYNTAX", "a file that ends too early", beside('{ "rules": [\n {'), "", { file: more }),
  row("JSON_SYNTAX", "an empty file", beside(""), "", { file: more }),
  row("CONFUSABLE_NAME", "a Cyrillic а in a field's name", model({ "n\u0430me": { type: "string" } }), "/model/entity/properties/n\u0430me"),
  row("CONFUSABLE_NAME", "a Cyrillic е in when", pack({ rules: [rule({ "wh\u0435n": good })] }), "/rules/0/wh\u0435n", { also: ["UNKNOWN_KEY"] }),
  row("EFFECTIVE_RANGE", "an end before the beginning", pack({ rules: [rule({ effective: { from: "2026-12-01", to: "2026-11-30" } })] }), "/rules/0/effective"),
  row("EFFECTIVE_RANGE", "a calendar that ends before it begins", pack({ calendars: { c: { from: "2026-12-01", to: "2026-11-30" } } }), "/calendars/c"),
  row("REF_FORBIDDEN", "a remote $ref", model({ x: { $ref: "https://example.com/schema.json" } }), "/model/entity/properties/x/$ref"),
  row("REF_FORBIDDEN", "a $ref into a file", model({ x: { $ref: "file:///etc/passwd" } }), "/model/entity/properties/x/$ref"),
  row("DATA_REF_FORBIDDEN", "$data", model({ x: { type: "number", minimum: { $data: "1/y" } } }), "/model/entity/properties/x"),
  row("PATTERN_FORBIDDEN", "a regular expression of the user's", model({ x: { type: "string", pattern: "(a+)+$" } }), "/model/entity/properties/x/pattern"),
  row("RESERVED_NAME", "__proto__ as a key", beside('{ "rules": [\n { "id": "x", "__proto__": { "enabled": false } } ] }'), "/rules/0/__proto__", { file: more }),
  row("RESERVED_NAME", "a field with a name that the language needs", model({ asOf: { type: "string" } }), "/model/entity/properties/asOf"),
  row("CALENDAR_ENDS", "a day off after the calendar's end", pack({ calendars: { c: { from: "2026-01-01", to: "2026-12-31", off: ["2027-01-01"] } } }), "/calendars/c/off/0"),
  row("CALENDAR_ENDS", "a calendar that goes on after its base", pack({ calendars: { b: { from: "2026-01-01", to: "2026-12-31" }, c: { base: "b", to: "2027-12-31" } } }), "/calendars/c/to"),
  row("KEY_MISSING", "a calendar without an end or a base", pack({ calendars: { c: { from: "2026-01-01" } } }), "/calendars/c"),
  row("UNKNOWN_REFERENCE", "a calendar over one that is not there", pack({ calendars: { c: { base: "cn" } } }), "/calendars/c/base"),
  row("CYCLIC_REFERENCE", "calendars over each other", pack({ calendars: { b: { base: "c" }, c: { base: "b" } } }), "/calendars/c/base"),
  row("TEMPLATE_NOT_STRING", "a template that is a syntax tree", sms({ type: "Program", body: [] }), text),
  row("TEMPLATE_NOT_STRING", "a template that is null", sms(null), text),
  row("UNESCAPED_OUTPUT", "three braces", sms("Dear {{{name}}}"), text),
  row("UNESCAPED_OUTPUT", "an ampersand", sms("Dear {{&name}}"), text),
  row("FIELD_UNKNOWN", "a field that does not exist", sms("Dear {{nmae}}"), text, { says: "name" }),
  row("FIELD_UNKNOWN", "a field that does not exist, inside if", sms("Dear {{#if vipp}}x{{/if}}"), text),
  row("FIELD_UNKNOWN", "an item's field in a rule without items", sms("{{h.balance}}"), text),
  row("PARTIAL_FORBIDDEN", "a partial", sms("{{> header}}"), text),
  row("DATA_FORBIDDEN", "@root", sms("{{@root.name}}"), text),
  row("DATA_FORBIDDEN", "../", sms("{{#if vip}}{{../name}}{{/if}}"), text),
  row("DATA_FORBIDDEN", "constructor", sms("{{name.constructor}}"), text),
  row("TEMPLATE_SYNTAX", "a block that is not closed", sms("{{#if vip}}x"), text),
  row("OUTPUT_TOO_LARGE", "6,000 blocks in each other", sms("{{#if vip}}".repeat(6000) + "x" + "{{/if}}".repeat(6000)), text),
  row("OUTPUT_TOO_LARGE", "six blocks in each other", sms("{{#if vip}}".repeat(6) + "x" + "{{/if}}".repeat(6)), text),
  row("URL_SCHEME", "javascript:", sms("javascript:alert(1)"), text),
  row("URL_SCHEME", "a field as the scheme", html('<a href="{{city}}://bank.example">x</a>'), "/templates/0/message/email/en/html"),
  row("MESSAGE_EMPTY", "nothing but spaces", sms("  \u3000"), text),
  row("SMS_TOO_LONG", "longer than an SMS can be by the model's own limits", sms("{{name}}".repeat(20)), text),
  row("SENSITIVE_FIELD", "an id number in an SMS", sms("{{idNumber}}"), text, { says: "idNumber" }),
  row("CLASS_CONFLICT", "a marketing template in a service rule", pack({ rules: [rule({ class: "service", then: [{ message: "m", via: ["sms"] }] })], templates: [{ id: "m", class: "marketing", message: { sms: { en: { text: "x" } } } }] }), "/rules/0/then/0"),
  row("TEMPLATE_PART_MISSING", "an SMS without text", pack({ rules: [rule({ then: [{ message: "m", via: ["sms"] }] })], templates: [{ id: "m", message: { sms: { en: {} } } }] }), "/templates/0/message/sms/en"),
  row("CHANNEL_UNKNOWN", "a channel that does not exist", pack({ rules: [rule({ then: [{ message: "m", via: ["sms", "pigeon"] }] })], templates: [{ id: "m", message: { sms: { en: { text: "x" } } } }] }), "/rules/0/then/0/via/1"),
  row("LOCALE_MISSING", "a template without the pack's own language", pack({ rules: [rule({ then: [{ task: "m" }] })], templates: [{ id: "m", task: { "zh-CN": { title: "x" } } }] }), "/templates/0/task"),
  row("KEY_MISSING", "a rule without id", pack({ rules: [{ when: good }] }), "/rules/0"),
  row("KEY_MISSING", "a comparison without value", when(["city", "="]), "/rules/0/when"),
  row("VALUE_NOT_ALLOWED", "a kind that does not exist", pack({ rules: [rule({ kind: "remindr" })] }), "/rules/0/kind", { says: "reminder" }),
  row("VALUE_NOT_ALLOWED", "a kind that every object inherits", pack({ facts: [{ id: "f", kind: "constructor" }] }), "/facts/0/kind"),
  row("ID_INVALID", "an id with a space", pack({ rules: [{ id: "my rule" }] }), "/rules/0/id"),
  row("NOT_A_COLLECTION", "a range over a field", when({ some: "city as c" }), "/rules/0/when/some"),
  row("FACT_NEEDS_ITEM", "an item's field without its item", when(["holdings.balance", ">", 1]), "/rules/0/when/0"),
  row("PARAMETER_RANGE", "a parameter beyond its own bounds", pack({ parameters: { x: { value: 5, maximum: 4 } } }), "/parameters/x/value"),
  row("PARAMETER_UNKNOWN", "a parameter from outside that the pack does not have", pack({}), "", { file: "--param", options: { parameters: { x: 1 } }, nowhere: true }),
  row("LIST_TOO_LONG", "more bands than anyone needs", pack({ facts: [{ id: "f", kind: "bands", of: "assets.total", bands: Array.from({ length: 51 }, (_, i) => ({ name: `b${i}`, ...(i === 0 ? {} : { from: i }) })) }] }), "/facts/0/bands"),
  row("FILE_TOO_LARGE", "a file beyond 256 KiB", beside(JSON.stringify({ $schema: "x".repeat(300_000) })), "", { file: more }),
  row("DATE_INVALID", "30 February in a condition", when(["openedOn", "<", "2026-02-30"]), "/rules/0/when/2"),
  row("ZONE_UNKNOWN", "a zone that is no IANA name", pack({ model: { zone: "GMT+8" } }), "/model/zone"),
  row("CONTRADICTION", "above 5 and below 3", when([["assets.total", ">", 5], ["assets.total", "<", 3]]), "/rules/0/when/1"),
  row("CONDITION_UNUSED", "a named condition that nobody uses", pack({ conditions: { a: good } }), "/conditions/a"),
  row("TEMPLATE_UNUSED", "a template that nobody uses", { "pack.json": JSON.stringify({ ...base, templates: [{ id: "x", task: { en: { title: "x" } } }] }, null, 2) }, "/templates/0/id"),
  row("MODEL_MISSING", "a pack without a model", { "pack.json": '{ "pack": { "id": "p", "version": "1" } }' }, "", { nowhere: true }),
];

/** Warnings that a pack as small as these has anyway. */
const usual: readonly string[] = ["TEMPLATE_UNUSED", "CONDITION_UNUSED", "LOCALE_MISSING"];

function load(one: Row, lang: Lang): LoadedPack {
  return loadPack(one.files, { environment, lang, ...one.options });
}

describe("a pack with one mistake gets one code", () => {
  it.each(rows.map((one) => [`${one.code}: ${one.title}`, one] as const))("%s", (_title, one) => {
    const started = performance.now();
    const [chinese, english] = languages.map((lang) => load(one, lang).diagnostics.filter((found) => found.code === one.code || !usual.includes(found.code)));
    expect(performance.now() - started).toBeLessThan(5000);
    expect([...new Set(english?.map(({ code }) => code))].sort()).toEqual([one.code, ...(one.also ?? [])].sort());
    const found = english?.find(({ code, pointer, file }) => code === one.code && pointer === one.pointer && file === (one.file ?? "pack.json"));
    expect(english?.map(({ file, pointer }) => `${file} ${pointer}`), "file and pointer").toContain(`${one.file ?? "pack.json"} ${one.pointer}`);
    const other = chinese?.[english?.indexOf(found as never) ?? 0];
    expect({ code: other?.code, pointer: other?.pointer, line: other?.line }).toEqual({ code: found?.code, pointer: found?.pointer, line: found?.line });
    if (one.nowhere) expect(found?.line).toBe(0);
    else expect(found?.line).toBeGreaterThan(0);
    for (const text of [found?.message, found?.hint, other?.message, other?.hint]) expect(text).toMatch(/\S/);
    expect(other?.message).toMatch(/\p{Script=Han}/u);
    expect(found?.message).not.toBe(other?.message);
    if (one.says !== undefined) expect(`${found?.message} ${found?.hint} ${found?.line}:${found?.column}`).toContain(one.says);
    // An error means no program; a warning alone leaves one.
    expect(load(one, "en").program === undefined).toBe(codes[one.code].severity === "error");
  });

  it("has a row for every code of a pack that the language promises", () => {
    const promised = `PATH_SYNTAX PATH_FORBIDDEN FACT_UNKNOWN EMPTY_GROUP AMBIGUOUS_GROUP UNKNOWN_KEY DUPLICATE_KEY UNKNOWN_OPERATOR TYPE_MISMATCH LIST_REQUIRED
      TOO_DEEP CYCLIC_REFERENCE UNKNOWN_REFERENCE DUPLICATE_ID NUMBER_RANGE ID_MUST_BE_STRING JSON_SYNTAX CONFUSABLE_NAME EFFECTIVE_RANGE REF_FORBIDDEN
      DATA_REF_FORBIDDEN RESERVED_NAME CALENDAR_ENDS TEMPLATE_NOT_STRING UNESCAPED_OUTPUT FIELD_UNKNOWN PARTIAL_FORBIDDEN DATA_FORBIDDEN TEMPLATE_SYNTAX
      OUTPUT_TOO_LARGE URL_SCHEME MESSAGE_EMPTY SMS_TOO_LONG SENSITIVE_FIELD CLASS_CONFLICT`.split(/\s+/);
    const covered = new Set<string>(rows.map(({ code }) => code));
    expect(promised.filter((code) => !covered.has(code))).toEqual([]);
    expect(new Set(rows.map(({ code, title }) => `${code} ${title}`)).size).toBe(rows.length);
  });

  it("says all mistakes of a pack at once, in the order of their places", () => {
    const files = {
      ...pack({
        parameters: { low: { value: 5, minimum: 6 } },
        facts: [{ id: "a", kind: "first", of: ["a"] }],
        rules: [
          rule({ when: { all: [["asets.total", ">", 1], ["city", "<", "x"], { fact: "assets", path: "$..x", operator: "=", value: 1 }, { any: [] }, ["assets.total", "gt", { param: "x" }]] }, then: [{ task: "tt" }] }),
          rule({ kind: "reminder", date: "city", steps: [{ daysBefore: -1, task: "t" }] }),
        ],
        templates: [{ id: "m", task: { en: { title: "{{nmae}}", brief: "{{{city}}}" } } }],
      }),
      "broken.json": "{",
      "more.json": '{ "rulez": [], "parameters": { "huge": { "value": 1e400 } } }',
    };
    const { program, diagnostics } = loadPack(files, { environment });
    expect(program).toBeUndefined();
    const found = new Set(diagnostics.map(({ code }) => code));
    for (const code of ["PARAMETER_RANGE", "CYCLIC_REFERENCE", "FACT_UNKNOWN", "TYPE_MISMATCH", "PATH_SYNTAX", "EMPTY_GROUP", "UNKNOWN_OPERATOR", "DUPLICATE_ID", "FIELD_UNKNOWN", "UNESCAPED_OUTPUT", "JSON_SYNTAX", "UNKNOWN_KEY", "NUMBER_RANGE"] as const) expect(found, code).toContain(code);
    const places = diagnostics.map(({ file, line, column }) => [file, line, column] as const);
    expect(places).toEqual([...places].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2])));
  });

  it("does not let a key of the pack reach any prototype", () => {
    loadPack(beside('{ "parameters": { "__proto__": { "value": 1 }, "constructor": { "value": 1 } }, "conditions": { "__proto__": ["city", "=", "x"] } }'), { environment });
    expect(({} as Json)["value"]).toBeUndefined();
  });
});

describe.each(["pack", "model", "parameters", "conditions", "facts", "rules", "templates", "policy", "calendars", "tests"])("the section %s", (section) => {
  it.each([["null", null], ["a number", 1], ["a text", "x"], ["true", true], ["an object or list of the wrong sort", ["rules", "facts", "templates", "tests"].includes(section) ? {} : []]])("that is %s is refused there", (_name, value) => {
    const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify({ ...base, [section]: value }, null, 2) }, { environment });
    expect(program).toBeUndefined();
    const found = diagnostics.filter(({ pointer, severity }) => severity === "error" && pointer === `/${section}`);
    expect(found.map(({ code, line }) => ({ code, known: line > 0 }))).toContainEqual({ code: "TYPE_MISMATCH", known: true });
  });
});

interface RecordRow {
  readonly code: DiagnosticCode;
  readonly title: string;
  /** Fields laid over a good record, or a record as text. */
  readonly record: Json | string;
  readonly pointer: string;
  /** A value that must not be told. */
  readonly secret?: string;
}

const field = (code: DiagnosticCode, title: string, name: string, value: unknown, pointer = `/${name}`): RecordRow => ({ code, title, record: { [name]: value }, pointer, ...(typeof value === "string" && value.length > 3 ? { secret: value } : {}) });

const records: readonly RecordRow[] = [
  field("DATE_INVALID", "30 February", "birthDate", "2026-02-30"),
  field("DATE_INVALID", "a date with a time", "birthDate", "2026-02-03T00:00:00Z"),
  field("DATE_INVALID", "a number as a date", "birthDate", 20260203),
  field("DATE_INVALID", "25 o'clock", "lastLogin", "2026-02-03T25:00:00Z"),
  field("ZONE_UNKNOWN", "a zone that does not exist", "timeZone", "Mars/Olympus"),
  field("ZONE_UNKNOWN", "an abbreviation as a zone", "timeZone", "CST"),
  field("OFFSET_REQUIRED", "an instant without offset", "lastLogin", "2026-02-03T10:00:00"),
  field("ADDRESS_CONTROL_CHAR", "a line break in a mailbox", "email", "ann@example.com\r\nBcc: eve@example.com"),
  field("ADDRESS_CONTROL_CHAR", "a line break in a number", "phone", "+8613800138000\n"),
  field("ADDRESS_MULTIPLE", "two mailboxes", "email", "ann@example.com,eve@example.com"),
  field("ADDRESS_MULTIPLE", "two numbers", "phone", "+8613800138000,+8613800138001"),
  field("PHONE_INVALID", "a number without country", "phone", "13912345678"),
  field("PHONE_INVALID", "words as a number", "phone", "call me"),
  field("TEXT_INVALID", "half a character", "city", "Praha \ud83d"),
  field("TEXT_INVALID", "NUL in a text", "city", "Pra\u0000ha"),
  field("TEXT_INVALID", "longer than the model allows", "city", "x".repeat(41)),
  field("TEXT_INVALID", "half a character in a list", "hobbies", ["\udc00"]),
  field("NUMBER_INVALID", "a text as a number", "assets", { total: "1000" }, "/assets/total"),
  field("NUMBER_INVALID", "a number that cannot be held exactly", "assets", { total: 1e15 }, "/assets/total"),
  field("NUMBER_INVALID", "infinity", "potential", Infinity),
  field("NUMBER_INVALID", "not a number", "potential", NaN),
  field("SCALE_EXCEEDED", "a third decimal of money", "assets", { total: 1.001 }, "/assets/total"),
  field("SCALE_EXCEEDED", "half of a whole number", "potential", 1.5),
  field("VALUE_UNKNOWN", "a value that the model does not list", "grade", "platinum"),
  field("TYPE_INVALID", "a number as a text", "city", 7),
  field("TYPE_INVALID", "a text as a boolean", "vip", "yes"),
  field("TYPE_INVALID", "a text as a list", "hobbies", "golf"),
  field("TYPE_INVALID", "a number in a list of texts", "hobbies", [7]),
  field("TYPE_INVALID", "an object as a collection", "holdings", { H1: {} }),
  field("TYPE_INVALID", "a list where an object belongs", "assets", []),
  field("LIST_TOO_LONG", "10,001 items", "hobbies", Array.from({ length: 10_001 }, () => "x")),
  field("DUPLICATE_ID", "two items of one id", "holdings", [{ holdingId: "A" }, { holdingId: "A" }], "/holdings/1/holdingId"),
  field("ID_MISSING", "an item without id", "holdings", [{}], "/holdings/0/holdingId"),
  field("ID_MISSING", "no id", "customerId", null),
  field("ID_MISSING", "an empty id", "customerId", ""),
  field("ID_MUST_BE_STRING", "a number as id", "customerId", 7),
  { code: "KEY_FORBIDDEN", title: "__proto__ as a key", record: '{"customerId":"2","__proto__":{"vip":true}}', pointer: "/__proto__" },
  { code: "KEY_FORBIDDEN", title: "constructor as a key, deep inside", record: '{"customerId":"2","assets":{"x":[{"constructor":{}}]}}', pointer: "/assets/x/0/constructor" },
  { code: "DUPLICATE_KEY", title: "a key twice", record: '{"customerId":"2","city":"a","city":"b"}', pointer: "/city" },
  { code: "NUMBER_INVALID", title: "1e400", record: '{"customerId":"2","potential":1e400}', pointer: "/potential" },
  { code: "NUMBER_INVALID", title: "an id of 20 digits as a number", record: '{"customerId":12345678901234567890}', pointer: "/customerId" },
  { code: "JSON_SYNTAX", title: "a record that is cut off", record: '{"customerId":"2","city":"Pra', pointer: "" },
  { code: "TOO_DEEP", title: "20,000 lists in each other", record: `{"customerId":"2","city":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, pointer: `/city${"/0".repeat(15)}` },
  { code: "TYPE_INVALID", title: "a list as a record", record: "[]", pointer: "" },
  { code: "TYPE_INVALID", title: "null as a record", record: "null", pointer: "" },
];

describe("a record with one mistake is set aside, and the others go on", () => {
  const { program } = loadPack(pack({ rules: [rule({ when: good, repeat: "once", then: [{ task: "t" }] })] }), { environment });
  if (!program) throw new Error("the pack must load");
  const at = { asOf: "2026-11-23", at: "2026-11-23T09:00:00+08:00" };
  const isSetAside = (result: CustomerResult | SetAside): result is SetAside => "setAside" in result;

  it.each(records.map((one) => [`${one.code}: ${one.title}`, one] as const))("%s", async (_title, one) => {
    const bad = typeof one.record === "string" ? one.record : { customerId: "2", ...one.record };
    const given = [{ customerId: "1", city: "Praha" }, bad, { customerId: "3", city: "Praha" }];
    for (const lang of languages) {
      const results: (CustomerResult | SetAside)[] = [];
      for await (const result of createEngine(program, { lang }).run(given, at)) results.push(result);
      expect(results.length).toBe(3);
      const [first, second, third] = results as [CustomerResult, SetAside, CustomerResult];
      expect([first, third].map(({ customerId, matches }) => [customerId, matches.length])).toEqual([["1", 1], ["3", 1]]);
      if (!isSetAside(second)) throw new Error("must be set aside");
      expect(second.setAside.map(({ code, pointer }) => ({ code, pointer }))).toEqual([{ code: one.code, pointer: one.pointer }]);
      for (const { message, hint } of second.setAside) {
        for (const told of [message, hint]) expect(told).toMatch(/\S/);
        if (one.secret !== undefined) expect(`${message} ${hint}`).not.toContain(one.secret.trim());
      }
    }
  });

  it("says all that is wrong with a record at once", () => {
    const result = createEngine(program).evaluate({ customerId: 7, birthDate: "2026-02-30", phone: "1", holdings: [{ balance: "x" }], assets: [] }, at);
    if (!("setAside" in result)) throw new Error("must be set aside");
    expect(result.setAside.map(({ code }) => code).sort()).toEqual(["DATE_INVALID", "ID_MISSING", "ID_MUST_BE_STRING", "NUMBER_INVALID", "PHONE_INVALID", "TYPE_INVALID"]);
  });

  it("has a row for every code of a record that the language promises", () => {
    const promised = ["DATE_INVALID", "ZONE_UNKNOWN", "OFFSET_REQUIRED", "ADDRESS_CONTROL_CHAR", "ADDRESS_MULTIPLE", "PHONE_INVALID", "TEXT_INVALID", "NUMBER_INVALID", "KEY_FORBIDDEN"];
    expect(promised.filter((code) => !records.some((one) => one.code === code))).toEqual([]);
  });
});
