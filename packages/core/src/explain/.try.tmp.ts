import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { loadPack, createEnvironment, createEngine, formatDiagnostic, explain, outlineRules, type Clause, type Explanation } from "@evertend/core";
import { bankingPlugin } from "../../../banking/src/banking-plugin.ts";
import { sampleBank } from "../../../banking/src/sample-bank/sample-bank.ts";
import { sampleContext } from "../../../banking/src/sample-bank/sample-context.ts";
const root = "packages/banking/packs/retail";
function walk(d: string): string[] { return readdirSync(d).flatMap((f) => statSync(join(d, f)).isDirectory() ? walk(join(d, f)) : [join(d, f)]); }
const files = Object.fromEntries(walk(root).filter(f=>f.endsWith(".json")).map((f) => [relative(root, f), readFileSync(f, "utf8")]));
const environment = createEnvironment([bankingPlugin]);
const loaded = loadPack(files, { environment, lang: "en" });
if (!loaded.program) { for (const d of loaded.diagnostics) console.log(formatDiagnostic(d)); process.exit(1); }
const engine = createEngine(loaded.program, { context: sampleContext() });
const lang = (process.argv[2] ?? "en") as "en"; const which = process.argv[3]!; const nth = Number(process.argv[4] ?? 3);
let i = 0; let rec: any; const asOf = process.argv[5] ?? "2026-09-21";
for await (const r of sampleBank({ asOf }) as any) if (i++ === nth) { rec = r; break; }
const mark = { true: "✓", false: "✗", unknown: "?" } as const;
function print(c: Clause, d: number) {
  console.log("  ".repeat(d) + mark[c.answer] + " " + c.text[lang] + (c.found ? "   → " + c.found.text[lang] : "") + (c.remark ? " (" + c.remark[lang] + ")" : "") + (c.until ? "  …" + c.until : "") + (c.missing ? " missing " + c.missing : ""));
  if (c.limit?.param) console.log("  ".repeat(d + 1) + "· " + c.limit.param + " " + c.limit.parameterLabel?.[lang] + " = " + c.limit.text[lang] + ", " + c.limit.source);
  for (const m of c.found?.madeOf ?? []) console.log("  ".repeat(d + 1) + "~ " + m.label[lang] + " " + m.name + " = " + m.text[lang]);
  for (const k of (c.children ?? []).slice(0, 4)) print(k, d + 1);
  if (c.more) console.log("  ".repeat(d + 1) + "+" + c.more);
}
if (which === "-") { const o = outlineRules(engine, rec, { asOf, at: asOf + "T09:00:00+08:00" }) as any; for (const r of o.rules) console.log(mark[r.answer as "true"], r.ruleId, r.subject, r.summary[lang], r.outcomes.map((d: any) => d.outcome + " " + d.reason + " " + d.clauseText[lang]).join("; ")); }
else for (const ruleId of which.split(",")) {
  const e = explain(engine, rec, { ruleId, asOf, at: asOf + "T09:00:00+08:00" }) as Explanation;
  console.log("\n### " + e.ruleId + " " + e.title[lang] + " " + e.customerId, e.note?.[lang] ?? "");
  for (const s of e.subjects) { console.log("##", s.subject, s.answer, s.occurrence ?? "", s.until, s.summary[lang]); print(s.clause, 1);
    for (const w of s.wouldChange) console.log("   =>", w.checked ? "" : "(unchecked)", w.changes.map((c) => c.text[lang] + (c.through ? " [via " + c.through.map((t) => t.text[lang]).join(" | ") + "]" : "")).join(" AND "));
    for (const d of s.decisions) console.log("   -", d.action, d.outcome, d.reasonText[lang], d.clause, d.clauseText[lang], d.until, d.channel); }
}
