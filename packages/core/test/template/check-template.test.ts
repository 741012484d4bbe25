import { describe, expect, it } from "vitest";
import type { DiagnosticCode } from "../../src/diagnostics/codes.js";
import { sha256Hex } from "../../src/json/hash.js";
import { check, checked } from "./template-fixture.js";

describe("checkTemplate refuses", () => {
  const table: readonly (readonly [string, unknown, DiagnosticCode, string?])[] = [
    ["a number", 12, "TEMPLATE_NOT_STRING"],
    ["an object", { toString: () => "x" }, "TEMPLATE_NOT_STRING"],
    ["an AST", { type: "Program", body: [] }, "TEMPLATE_NOT_STRING"],
    ["null", null, "TEMPLATE_NOT_STRING"],
    ["an open brace", "a\nb {{name", "TEMPLATE_SYNTAX", "line 2"],
    ["an open block", "{{#if name}}x", "TEMPLATE_SYNTAX", "line 1"],
    ["a wrong close", "\n\n{{#if name}}x{{/each}}", "TEMPLATE_SYNTAX", '"{{#if}}" is closed by "{{/each}}"'],
    ["an unknown helper", "{{upper name}}", "TEMPLATE_SYNTAX", '"upper"'],
    ["lookup", '{{lookup name "x"}}', "TEMPLATE_SYNTAX", '"lookup"'],
    ["log", "{{log name}}", "TEMPLATE_SYNTAX", '"log"'],
    ["an unknown block", "{{#with name}}x{{/with}}", "TEMPLATE_SYNTAX", '"{{#with}}"'],
    ["a field as block", "{{#name}}x{{/name}}", "TEMPLATE_SYNTAX"],
    ["an inverse block", "{{^vip}}x{{/vip}}", "TEMPLATE_SYNTAX"],
    ["a raw block", "{{{{raw}}}} {{name}} {{{{/raw}}}}", "TEMPLATE_SYNTAX"],
    ["a text as field", '{{"name"}}', "TEMPLATE_SYNTAX"],
    ["a number as field", "{{12}}", "TEMPLATE_SYNTAX"],
    ["named arguments", "{{money assets.total decimals=2}}", "TEMPLATE_SYNTAX"],
    ["includeZero", "{{#if rate includeZero=true}}x{{/if}}", "TEMPLATE_SYNTAX"],
    ["a subexpression", "{{money (lookup assets 'total')}}", "TEMPLATE_SYNTAX"],
    ["a subexpression in if", "{{#if (vip)}}x{{/if}}", "TEMPLATE_SYNTAX"],
    ["too many decimals", "{{money assets.total 11}}", "TEMPLATE_SYNTAX"],
    ["half a decimal", "{{number rate 1.5}}", "TEMPLATE_SYNTAX"],
    ["a form for a date", '{{date birthDate "short"}}', "TEMPLATE_SYNTAX"],
    ["if without a field", "{{#if}}x{{/if}}", "TEMPLATE_SYNTAX"],
    ["if with two", "{{#if vip name}}x{{/if}}", "TEMPLATE_SYNTAX"],
    ["each without a name", "{{#each tags}}x{{/each}}", "TEMPLATE_SYNTAX", "as |x|"],
    ["each with two names", "{{#each tags as |t i|}}x{{/each}}", "TEMPLATE_SYNTAX"],
    ["if with a name", "{{#if vip as |v|}}x{{/if}}", "TEMPLATE_SYNTAX"],
    ["three braces", "Hi {{{name}}}", "UNESCAPED_OUTPUT", '"name"'],
    ["an ampersand", "Hi {{&name}}", "UNESCAPED_OUTPUT", '"name"'],
    ["three braces with a helper", "{{{money assets.total}}}", "UNESCAPED_OUTPUT"],
    ["an unknown field", "Hi {{nmae}}", "FIELD_UNKNOWN", '"nmae"'],
    ["an unknown field in if", "{{#if vpi}}x{{/if}}", "FIELD_UNKNOWN", '"vpi"'],
    ["an unknown field in unless", "{{#unless vpi}}x{{/unless}}", "FIELD_UNKNOWN"],
    ["an unknown field in each", "{{#each holding as |h|}}x{{/each}}", "FIELD_UNKNOWN"],
    ["an unknown field in a helper", "{{money asset.total}}", "FIELD_UNKNOWN"],
    ["an unknown field in else", "{{#if vip}}x{{else}}{{y}}{{/if}}", "FIELD_UNKNOWN"],
    ["an unknown field in else if", "{{#if vip}}x{{else if y}}z{{/if}}", "FIELD_UNKNOWN"],
    ["an unknown field of an item", "{{#each holdings as |h|}}{{h.amuont}}{{/each}}", "FIELD_UNKNOWN"],
    ["an item after its loop", "{{#each tags as |t|}}x{{/each}}{{t}}", "FIELD_UNKNOWN"],
    ["a member of a text", "{{name.first}}", "FIELD_UNKNOWN"],
    ["a slash path", "{{assets/total}}", "FIELD_UNKNOWN"],
    ["a name with a dot in brackets", "{{[assets.total]}}", "FIELD_UNKNOWN"],
    ["length of a list", "{{tags.length}}", "FIELD_UNKNOWN"],
    ["a list of items printed", "{{holdings}}", "TYPE_MISMATCH"],
    ["an item printed", "{{#each holdings as |h|}}{{h}}{{/each}}", "TYPE_MISMATCH"],
    ["money of a text", "{{money name}}", "TYPE_MISMATCH"],
    ["a date of a number", "{{date rate}}", "TYPE_MISMATCH"],
    ["each over a text", "{{#each name as |c|}}{{c}}{{/each}}", "TYPE_MISMATCH"],
    ["a partial", "{{> header}}", "PARTIAL_FORBIDDEN", '"header"'],
    ["a partial block", "{{#> layout}}x{{/layout}}", "PARTIAL_FORBIDDEN"],
    ["a dynamic partial", "{{> (lookup . 'x')}}", "PARTIAL_FORBIDDEN"],
    ["an inline partial", '{{#*inline "x"}}y{{/inline}}', "PARTIAL_FORBIDDEN"],
    ["a decorator", "{{* evil}}", "PARTIAL_FORBIDDEN"],
    ["@root", "{{@root.name}}", "DATA_FORBIDDEN", '"@root.name"'],
    ["@index", "{{#each tags as |t|}}{{@index}}{{/each}}", "DATA_FORBIDDEN"],
    ["@root in if", "{{#if @root}}x{{/if}}", "DATA_FORBIDDEN"],
    ["../", "{{../name}}", "DATA_FORBIDDEN"],
    ["../ in a loop", "{{#each holdings as |h|}}{{../name}}{{/each}}", "DATA_FORBIDDEN"],
    ["this", "{{this}}", "DATA_FORBIDDEN"],
    [".", "{{.}}", "DATA_FORBIDDEN"],
    ["this.name", "{{this.name}}", "DATA_FORBIDDEN"],
    ["./name", "{{./name}}", "DATA_FORBIDDEN"],
    ["each this", "{{#each this as |x|}}y{{/each}}", "DATA_FORBIDDEN"],
    ["this.__proto__", "{{this.__proto__}}", "DATA_FORBIDDEN"],
    ["__proto__", "{{__proto__}}", "DATA_FORBIDDEN"],
    ["name.constructor", "{{name.constructor}}", "DATA_FORBIDDEN"],
    ["brackets", "{{name.[constructor]}}", "DATA_FORBIDDEN"],
    ["quotes in brackets", '{{name.["constructor"]}}', "DATA_FORBIDDEN"],
    ["prototype", "{{#if prototype}}x{{/if}}", "DATA_FORBIDDEN"],
    ["toString", "{{toString}}", "DATA_FORBIDDEN"],
    ["__defineGetter__ as helper", "{{__defineGetter__ name}}", "DATA_FORBIDDEN"],
    ["@partial-block", "{{@partial-block}}", "DATA_FORBIDDEN"],
    ["a block named constructor", "{{#constructor name}}x{{/constructor}}", "DATA_FORBIDDEN"],
    ["a loop variable named constructor", "{{#each tags as |constructor|}}x{{/each}}", "RESERVED_NAME"],
    ["a loop variable named money", "{{#each tags as |money|}}x{{/each}}", "RESERVED_NAME"],
    ["javascript:", "Click javascript:alert(1)", "URL_SCHEME", '"javascript:"'],
    ["JaVaScRiPt in a link", '<a href="JaVaScRiPt:alert(1)">x</a>', "URL_SCHEME"],
    ["a decimal entity", '<a href="&#106;avascript:alert(1)">x</a>', "URL_SCHEME"],
    ["an entity without semicolon", '<a href="&#0000106avascript:alert(1)">x</a>', "URL_SCHEME"],
    ["a hexadecimal entity", '<a href="java&#x73;cript&#x3A;alert(1)">x</a>', "URL_SCHEME"],
    ["named entities", '<a href="java&Tab;script&colon;alert(1)">x</a>', "URL_SCHEME"],
    ["a line break inside", '<a href="java\n\tscript:alert(1)">x</a>', "URL_SCHEME"],
    ["a zero-width space inside", "java\u200bscript:alert(1)", "URL_SCHEME"],
    ["a NUL inside", "java\u0001script:alert(1)", "URL_SCHEME"],
    ["split by a comment", "java{{! x }}script:alert(1)", "URL_SCHEME"],
    ["split by a block", "java{{#if vip}}script:{{/if}}alert(1)", "URL_SCHEME"],
    ["split by an else", "java{{#if vip}}x{{else}}script:{{/if}}alert(1)", "URL_SCHEME"],
    ["vbscript:", "vbscript:msgbox", "URL_SCHEME"],
    ["data:", "data:text/html,<b>x</b>", "URL_SCHEME"],
    ["data: base64", "<img src='data:;base64,AAAA'>", "URL_SCHEME"],
    ["a value as link", '<a href="{{note}}">x</a>', "URL_SCHEME"],
    ["a value as link, spaced", '<a HREF = "  {{note}}">x</a>', "URL_SCHEME"],
    ["a value as link, unquoted", "<a href={{note}}>x</a>", "URL_SCHEME"],
    ["a value in a branch as link", '<a href="{{#if vip}}{{note}}{{/if}}/x">x</a>', "URL_SCHEME"],
    ["a value as image", "<img src='{{note}}'>", "URL_SCHEME"],
    ["a value as scheme", '<a href="{{note}}://bank.example">x</a>', "URL_SCHEME"],
    ["a link without scheme", '<a href="//evil.example">x</a>', "URL_SCHEME"],
    ["file:", '<a href="file:///etc/passwd">x</a>', "URL_SCHEME"],
    ["url() with a value", '<p style="background:url({{note}})">x</p>', "URL_SCHEME"],
    ["an unquoted attribute", "<p title={{name}}>x</p>", "UNESCAPED_OUTPUT", '"name"'],
    ["a value as attribute", "<p {{name}}>x</p>", "UNESCAPED_OUTPUT"],
    ["a value in an event handler", '<p onclick="f(\'{{name}}\')">x</p>', "UNESCAPED_OUTPUT"],
    ["a value in a style", '<p style="color:{{name}}">x</p>', "UNESCAPED_OUTPUT"],
    ["a value in a script", "<script>var x = '{{name}}'</script>", "UNESCAPED_OUTPUT"],
    ["a value in a style element", "<style>p { color: {{name}} }</style>", "UNESCAPED_OUTPUT"],
    ["a value in a comment", "<!-- {{name}} --><p>x</p>", "UNESCAPED_OUTPUT"],
    ["nothing", "", "MESSAGE_EMPTY"],
    ["white space", " \n\t\u3000\u00a0", "MESSAGE_EMPTY"],
    ["invisible characters", "\u200b\u2060\ufeff\u3164", "MESSAGE_EMPTY"],
    ["a comment alone", "{{!-- later --}}", "MESSAGE_EMPTY"],
    ["an empty branch alone", "{{#if vip}} {{/if}}\n", "MESSAGE_EMPTY"],
    ["20,001 characters", "x".repeat(20_001), "OUTPUT_TOO_LARGE"],
    ["five blocks deep", "{{#if vip}}".repeat(5) + "x" + "{{/if}}".repeat(5), "OUTPUT_TOO_LARGE"],
    ["five loops deep", [1, 2, 3, 4, 5].map((i) => `{{#each tags as |t${i}|}}`).join("") + "x" + "{{/each}}".repeat(5), "OUTPUT_TOO_LARGE"],
  ];

  it.each(table)("%s", (_name, source, code, says) => {
    const { template, findings, codes } = check(source);
    expect(template).toBeUndefined();
    expect(codes).toContain(code);
    expect(findings.hasErrors).toBe(true);
    const finding = findings.list.find((d) => d.code === code);
    expect(finding).toMatchObject({ file: "templates/t.json", pointer: "/text", line: 3, column: 5 });
    if (says !== undefined) expect(finding?.message).toContain(says);
    expect(check(source, { lang: "zh-CN" }).codes).toEqual(codes);
  });

  it("reports all at once, with the line inside the template", () => {
    const { findings } = check("{{nmae}}\n{{{note}}}\n{{#if @root}}{{> p}}{{/if}}\n{{this}} javascript:x");
    expect(findings.list.map((d) => d.code).sort()).toEqual(["DATA_FORBIDDEN", "DATA_FORBIDDEN", "FIELD_UNKNOWN", "PARTIAL_FORBIDDEN", "UNESCAPED_OUTPUT", "URL_SCHEME"]);
    expect(findings.list.map((d) => /line (\d)/.exec(d.message)?.[1]).filter(Boolean)).toEqual(["1", "2", "3", "3", "4"]);
  });

  it("refuses again when the same finding is already known", () => {
    const findings = check("Hi {{nmae}}").findings;
    const context = { findings, place: { file: "templates/t.json", pointer: "/text", line: 3, column: 5 }, resolve: () => undefined, names: () => ["name"] };
    const known = findings.list.length;
    return import("../../src/template/check-template.js").then(({ checkTemplate }) => {
      expect(checkTemplate("Hi {{nmae}}", context)).toBeUndefined();
      expect(findings.list).toHaveLength(known);
    });
  });

  it.each([
    ["nmae", "name"],
    ["asset.total", "assets.total"],
    ["assets/total", "assets.total"],
    ["客户等极", "客户等级"],
  ])("says what %s might mean", (wrong, right) => {
    expect(check(`{{${wrong}}}`).findings.list[0]?.hint).toContain(`Did you mean "${right}"?`);
  });

  it("says what an item's field might mean", () => {
    expect(check("{{#each holdings as |h|}}{{h.amuont}}{{/each}}").findings.list[0]?.hint).toContain('Did you mean "h.amount"?');
    expect(check("{{#each tags as |tag|}}{{tga}}{{/each}}").findings.list[0]?.hint).toContain('Did you mean "tag"?');
  });

  it.each([
    ["6,000 nested blocks", "{{#if vip}}".repeat(6000) + "x" + "{{/if}}".repeat(6000)],
    ["1,000 nested blocks", "{{#if vip}}".repeat(1000) + "x" + "{{/if}}".repeat(1000)],
    ["1,000 inverse blocks", "{{^a}}".repeat(1000) + "{{/a}}".repeat(1000)],
    ["closes hidden in comments", "{{#if a}}{{!{{/if}}".repeat(900)],
    ["1,500 else ifs", "{{#if vip}}" + "{{else if vip}}".repeat(1200) + "{{/if}}"],
    ["nested parentheses", "{{a " + "(a ".repeat(4000) + ")".repeat(4000) + "}}"],
    ["400 nested blocks", "{{#if vip}}".repeat(400) + "x" + "{{/if}}".repeat(400)],
    ["500 parentheses", "{{a " + "(a ".repeat(500) + ")".repeat(500) + "}}"],
    ["open braces", "{{".repeat(10_000)],
    ["open comments", "{{!--".repeat(4000)],
    ["open brackets", "{{[".repeat(6000)],
    ["a long path", "{{" + "a.".repeat(9000) + "a}}"],
    ["many attributes", "<a " + "href ".repeat(3900)],
    ["many tags", "<a".repeat(9900)],
    ["many entities", "&#".repeat(9900)],
    ["line breaks", "a\n".repeat(9900) + "{{x}}"],
    ["data and spaces", "data" + " ".repeat(19_900) + "{{x}}"],
  ])("%s within a second", (_name, source) => {
    const started = performance.now();
    const { template } = check(source);
    expect(performance.now() - started).toBeLessThan(1000);
    if (source.includes("{{")) expect(template).toBeUndefined();
  });
});

describe("checkTemplate accepts", () => {
  it.each([
    ["text", "尊敬的客户，您好。"],
    ["Chinese names", "{{客户等级}}"],
    ["all helpers", "{{money assets.total}} {{money deposit.balance 0}} {{number rate 3}} {{percent rate}} {{percent rate 1}} {{date birthDate}}"],
    ["blocks", "{{#if vip}}a{{else if name}}b{{else}}c{{/if}}{{#unless vip}}d{{/unless}}"],
    ["loops", "{{#each holdings as |h|}}{{h.product}} {{money h.amount}} {{#each h.labels as |l|}}{{l}}{{name}}{{/each}}{{else}}none{{/each}}"],
    ["four deep", "{{#if vip}}".repeat(4) + "x" + "{{/if}}".repeat(4)],
    ["a long chain of else ifs", "{{#if vip}}x" + "{{else if name}}y".repeat(30) + "{{/if}}"],
    ["escaped braces", "Write \\{{name}} here"],
    ["white space control", "a {{~name~}} b"],
    ["comments", "{{!-- greeting --}}Hi {{name}}"],
    ["a list printed", "{{tags}}"],
    ["honest links", '<a href="https://bank.example/{{note}}?n={{name}}" title="{{name}}">x</a> <img src="cid:logo"><a href="mailto:a@bank.example">m</a><a href=\'tel:+861\'>t</a>'],
    ["harmless words", "Your data: 5 items. Update data:2026. A script: read it."],
    ["angle brackets in text", "1 < 2 <{{name}}> x > y"],
    ["an equals sign in text", "x={{name}}"],
  ])("%s", (_name, source) => {
    const { template, findings } = check(source);
    expect(findings.list).toEqual([]);
    expect(template?.source).toBe(source);
    expect(template?.version).toBe(sha256Hex(source));
    expect(Object.isFrozen(template)).toBe(true);
  });

  it("knows a plain text from HTML", () => {
    expect(check("<b>{{name}}</b> <p title={{name}}>", { escape: "plain" }).codes).toEqual([]);
    expect(check("<a href={{note}}", { escape: "html" }).codes).toContain("URL_SCHEME");
  });
});

describe("Template", () => {
  it("tells what it reads", () => {
    const template = checked("{{name}}{{#if vip}}{{money deposit.balance}}{{/if}}{{#each holdings as |h|}}{{h.amount}}{{#each h.parts as |p|}}{{p.code}}{{/each}}{{/each}}{{idNumber}}");
    expect(template.reads).toEqual(["deposit.balance", "holdings", "holdings.amount", "holdings.parts", "holdings.parts.code", "idNumber", "name", "vip"]);
    expect(template.fields.find((field) => field.name === "idNumber")?.sensitivity).toBe("restricted");
  });

  it("names slots in order of first use", () => {
    const template = checked("{{name}} {{money assets.total}} {{assets.total}} {{name}} {{#if vip}}{{date birthDate}}{{/if}}{{#each tags as |t|}}{{t}}{{/each}}");
    expect(template.slots).toEqual([
      { name: "name", field: "name" },
      { name: "assets.total", field: "assets.total" },
      { name: "assets.total#2", field: "assets.total" },
      { name: "birthDate", field: "birthDate" },
    ]);
  });

  it.each([
    ["尊敬的{{name}}", 23],
    ["{{#if vip}}abc{{else}}{{name}}{{/if}}!", 21],
    ["{{note}}", null],
    ["{{#each tags as |t|}}x{{/each}}", null],
    ["{{date birthDate}}", 17],
    ["{{birthDate}}", 10],
    ["{{money deposit.balance}}", "10,000,000.00".length],
    ["{{money deposit.balance 0}}", "10,000,000".length],
    ["{{percent rate}}", "200.00%".length],
    ["{{money assets.total}}", "-9,007,199,254,740,991.00".length],
    ["{{vip}}", 5],
  ])("bounds %s by %s characters", (source, most) => {
    expect(checked(source).maxCharacters).toBe(most);
  });
});
