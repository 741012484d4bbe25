import { describeRule, exampleTexts, rulesNamed, type Bilingual, type Cell, type ChannelConfig, type Lang, type Parameter, type Program, type ReportData, type ReportPart, type ReportTable, type RuleDescription, type RuleProgram, type SaidCondition } from "@evertend/core";
import { channelName, roleName, same } from "../report-words.js";
import { cardWords, categoryName, objectiveName } from "./card-words.js";
import { parametersIn } from "./parameters-in.js";

/** What a card is made of. */
export interface RuleCardInput {
  readonly program: Program;
  /** Id of an authored rule (`tier`) or of one of its plain rules (`tier/upgraded`). */
  readonly ruleId: string;
  /** Civil date that stands in the example texts, and on the card. */
  readonly asOf: string;
  /** Language of the example texts. */
  readonly lang: Lang;
  readonly channelConfigs?: Readonly<Record<string, ChannelConfig>>;
  /** The rule as its author wrote it: parameters of settings such as `graceDays` are seen there only. */
  readonly authored?: unknown;
}

/**
 * One page about a rule for somebody who signs it: what it is, whom it speaks to and when, what it does and says, which
 * parameters it hangs on and what policy lets through. It holds no data of customers.
 *
 * @throws RangeError where the program has no such rule
 */
export function ruleCard(input: RuleCardInput): ReportData {
  const { program, ruleId } = input;
  const rules = rulesNamed(program, ruleId);
  const [first] = rules;
  if (!first) throw new RangeError(`no rule "${ruleId}"`);
  const said = rules.map((rule) => describeRule(program, rule));
  const { pack, hash, engineVersion } = program;
  const title = rules.length === 1 ? first.title : titleOf(rules);
  return {
    title,
    subtitle: { "zh-CN": `规则卡片 · ${ruleId}`, en: `Rule card · ${ruleId}` },
    asOf: input.asOf,
    parts: [about(program, rules, said), conditions(said), ...terms(said), actions(said), ...parameters(input, said), ...gates(program, rules, said), texts(input, rules), signatures],
    footer: {
      "zh-CN": `规则包 ${pack.title["zh-CN"]}（${pack.id} ${pack.version}）${overlaysText(program)} · 摘要 ${hash} · 引擎 ${engineVersion}`,
      en: `Pack ${pack.title.en} (${pack.id} ${pack.version})${overlaysText(program)} · hash ${hash} · engine ${engineVersion}`,
    },
  };
}

/** Parts of one authored rule are called "tier: gone up": what stands before the colon is the rule. */
function titleOf(rules: readonly RuleProgram[]): Bilingual {
  const head = (lang: Lang): string => (rules[0]?.title[lang] ?? "").split(lang === "zh-CN" ? "：" : ": ")[0] ?? "";
  return { "zh-CN": head("zh-CN"), en: head("en") };
}

function overlaysText({ overlays }: Program): string {
  return overlays.map(({ id, version }) => ` + ${id} ${version}`).join("");
}

function unique(list: readonly Bilingual[]): Bilingual {
  return both((lang) => [...new Set(list.map((one) => one[lang]))].join(lang === "zh-CN" ? "、" : ", "));
}

const text = (id: string, label: Bilingual): ReportTable["columns"][number] => ({ id, label, format: "text" });

function about(program: Program, rules: readonly RuleProgram[], said: readonly RuleDescription[]): ReportPart {
  const [first] = rules as readonly [RuleProgram];
  const [spoken] = said as readonly [RuleDescription];
  const kind = program.environment.kinds.get(first.kind)?.label ?? same(first.kind);
  const rows: readonly (readonly [Bilingual, Cell])[] = [
    [cardWords.kind, both((lang) => `${kind[lang]} (${first.kind})`)],
    [cardWords.category, unique(rules.map(({ category }) => categoryName(category)))],
    [cardWords.objective, unique(rules.map(({ objective }) => objectiveName(objective)))],
    [cardWords.class, unique(said.flatMap(({ actions: list }) => list.map((action) => action.classText)))],
    [cardWords.whom, spoken.each ? both((lang) => (lang === "zh-CN" ? `每项${spoken.each?.[lang]}` : `each of ${spoken.each?.[lang]}`)) : cardWords.customer],
    ...(said.length === 1 ? [[cardWords.repeat, spoken.occurrence] as const] : []),
    [cardWords.priority, String(first.priority)],
    ...(first.covers.length === 0 ? [] : [[cardWords.covers, first.covers.join(", ")] as const]),
  ];
  return { kind: "table", id: "about", title: cardWords.about, columns: [text("what", cardWords.item), text("is", cardWords.content)], rows };
}

function conditions(said: readonly RuleDescription[]): ReportPart {
  const many = said.length > 1;
  const rows = said.flatMap(({ title, conditions: list, occurrence }): (readonly Cell[])[] => [
    ...(many ? [["", both((lang) => `${title[lang]} — ${occurrence[lang]}`)]] : []),
    ...(list.length === 0 ? [["", cardWords.always]] : numbered(list, "")),
  ]);
  return { kind: "table", id: "conditions", title: cardWords.conditions, note: cardWords.allHold, columns: [text("number", same("#")), text("condition", cardWords.condition)], rows };
}

function numbered(list: readonly SaidCondition[], before: string): (readonly Cell[])[] {
  return list.flatMap(({ text: saying, of }, i) => [[`${before}${i + 1}`, saying], ...numbered(of, `${before}${i + 1}.`)]);
}

function terms(said: readonly RuleDescription[]): readonly ReportPart[] {
  const known = new Map(said.flatMap((one) => one.terms).map((term) => [term.name, term] as const));
  if (known.size === 0) return [];
  // Faces of one level (since when, what came before) are said alike.
  const alike = new Map<string, RuleDescription["terms"]>();
  for (const term of known.values()) alike.set(term.text.en, [...(alike.get(term.text.en) ?? []), term]);
  const rows = [...alike.values()].map((list): Cell[] => [both((lang) => list.map(({ name, label }) => `${label[lang]} (${name})`).join(lang === "zh-CN" ? "、" : ", ")), list[0]?.text ?? null]);
  return [{ kind: "table", id: "terms", title: cardWords.terms, columns: [text("term", cardWords.term), text("meaning", cardWords.meaning)], rows }];
}

function actions(said: readonly RuleDescription[]): ReportPart {
  const rows = said.flatMap((one) => one.actions.map((action): Cell[] => [
    both((lang) => `${cardWords[action.type][lang]} ${action.template}${said.length > 1 ? ` (${one.title[lang]})` : ""}`),
    action.classText,
    action.type === "message" ? action.via : both((lang) => `${roleName(action.role)[lang]}${action.dueDays === undefined ? "" : lang === "zh-CN" ? `，${action.dueDays} 天内` : `, within ${action.dueDays} days`}`),
    both((lang) => [
      action.guard && `${cardWords.only[lang]}${action.guard[lang]}`,
      action.unless && `${cardWords.not[lang]}${action.unless[lang]}`,
      action.expires && `${cardWords.until[lang]}${action.expires[lang]}`,
    ].filter((part) => part !== undefined).join(lang === "zh-CN" ? "；" : "; ")),
  ]));
  return { kind: "table", id: "actions", title: cardWords.actions, columns: [text("action", cardWords.action), text("class", cardWords.class), text("to", cardWords.by), text("when", cardWords.whenAndUntil)], rows };
}

function parameters({ program, authored }: RuleCardInput, said: readonly RuleDescription[]): readonly ReportPart[] {
  const names = [...new Set([...said.flatMap((one) => one.parameters), ...parametersIn(authored)])].sort();
  const rows = names.flatMap((name): Cell[][] => {
    const one = program.parameters.get(name);
    return one ? [[both((lang) => `${one.label[lang]} (${name})`), `${valueText(one.value)}${one.unit === undefined ? "" : ` ${one.unit}`}`, rangeText(one), sourceText(one), one.owner ?? null]] : [];
  });
  if (rows.length === 0) return [];
  return [{ kind: "table", id: "parameters", title: cardWords.parameters, columns: [text("parameter", cardWords.parameter), text("value", cardWords.value), text("range", cardWords.range), text("source", cardWords.source), text("owner", cardWords.owner)], rows }];
}

function valueText(value: Parameter["value"]): string {
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 9 }) : typeof value === "object" ? value.join(", ") : String(value);
}

function rangeText({ minimum, maximum }: Parameter): Cell {
  return minimum === undefined && maximum === undefined ? null : `${minimum === undefined ? "" : valueText(minimum)} – ${maximum === undefined ? "" : valueText(maximum)}`;
}

/** What overlays said of it stands with the source. */
function sourceText({ source, voices = [] }: Parameter): Cell {
  const overruled = (lang: Lang): string => voices.map(({ title, value }) => `${title[lang]} = ${valueText(value)}`).join(", ");
  return both((lang) => [source, ...(voices.length === 0 ? [] : [overruled(lang)])].filter((part) => part !== "").join("; "));
}

function gates(program: Program, rules: readonly RuleProgram[], said: readonly RuleDescription[]): readonly ReportPart[] {
  const known = new Map(said.flatMap((one) => one.gates).map((gate) => [gate.clause, gate.text] as const));
  for (const role of new Set(rules.flatMap((rule) => rule.actions.filter(({ type }) => type === "task").map((action) => action.role)))) {
    const slots = program.policy.slotsPerDay[role];
    if (slots !== undefined) known.set(`slotsPerDay/${role}`, { "zh-CN": `每位${roleName(role)["zh-CN"]}每日最多 ${slots} 项新任务`, en: `at most ${slots} new tasks a day for one person (${roleName(role).en})` });
  }
  if (known.size === 0) return [];
  return [{ kind: "table", id: "gates", title: cardWords.gates, columns: [text("clause", cardWords.clause), text("says", cardWords.content)], rows: [...known].map(([clause, saying]) => [clause, saying]) }];
}

function texts(input: RuleCardInput, rules: readonly RuleProgram[]): ReportPart {
  const { program, asOf, lang, channelConfigs } = input;
  const seen = new Set<string>();
  const rows = rules.flatMap((rule) => exampleTexts(program, rule, { asOf, locale: lang, ...(channelConfigs ? { channelConfigs } : {}) })).flatMap((one): Cell[][] => {
    const words = one.problem ?? Object.values(one.parts).join("\n");
    const where = one.channel === "" ? cardWords.task : channelName(program, one.channel);
    // The same words by the same way, as of a step that repeats, once.
    const key = `${one.channel}\n${words}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [[both((to) => `${where[to]} ${one.action.replace(/^\w+:|#\d+$/g, "")}`), words]];
  });
  return { kind: "table", id: "texts", title: cardWords.texts, note: cardWords.examples, columns: [text("where", cardWords.by), text("words", cardWords.words)], rows };
}

const signatures: ReportPart = {
  kind: "table", id: "signatures", title: cardWords.signatures,
  columns: [text("role", cardWords.role), text("name", cardWords.name), text("date", cardWords.date), text("signature", cardWords.signature)],
  rows: [cardWords.author, cardWords.compliance, cardWords.approver].map((role) => [role, "＿＿＿＿＿＿＿＿", "＿＿＿＿＿＿", "＿＿＿＿＿＿＿＿＿＿"]),
};

function both(say: (lang: Lang) => string): Bilingual {
  return { "zh-CN": say("zh-CN"), en: say("en") };
}
