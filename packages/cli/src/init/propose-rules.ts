import { formatDay, parseDay } from "@evertend/core";
import type { ProposedField, ProposedModel } from "./propose-model.js";

/** A rule that the values of a file suggest, with all that it needs. */
export interface ProposedRule {
  readonly id: string;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly template: Readonly<Record<string, unknown>>;
  /** Records without an id, for golden cases: one that fires on the day, and one that does not if there can be one. */
  readonly example: { readonly fires: Readonly<Record<string, unknown>>; readonly still?: Readonly<Record<string, unknown>> };
}

const source = "not from the documents: proposed from the file's own values";

/** Rules that should fire on the file, the most telling first; whether they do is for the engine to say. */
export function proposeRules(model: ProposedModel, asOf: number): readonly ProposedRule[] {
  const fields = model.fields.filter((field) => field.name !== model.idField && field.profile.present > 0).map(withPlainLabel);
  const numbers = fields.filter((field) => isMeasure(field)).sort((a, b) => Number(b.known?.use === "money") - Number(a.known?.use === "money"));
  const first = numbers.slice(0, 1).map((field) => topDecile(field));
  const dates = [
    ...fields.flatMap((field) => birthdays(field, asOf) ?? []),
    ...fields.flatMap((field) => upcoming(field, asOf) ?? []),
    ...fields.flatMap((field) => longAgo(field, asOf) ?? []),
  ];
  const gaps = fields.filter((field) => field.profile.missing > 0 && field.schema["absent"] === undefined);
  const isProfile = ({ known }: ProposedField): boolean => known?.use === "profile" || known?.use === "birth";
  const profile = gaps.filter(isProfile).map(incomplete);
  const others = [...dates.slice(1), ...profile.slice(1), ...numbers.slice(1).map((field) => topDecile(field)), ...fields.flatMap((field) => ofKind(field) ?? []), ...gaps.filter((field) => !isProfile(field)).map(incomplete)];
  const ids = new Set<string>();
  return [...first, ...dates.slice(0, 1), ...profile.slice(0, 1), ...others, ...forEverybody(model.idField)].filter(({ id }) => !ids.has(id) && ids.add(id));
}

/** Labels stand in templates, where braces would mean something. */
function withPlainLabel(field: ProposedField): ProposedField {
  const plain = (text: string): string => text.replace(/[{}\\]/g, " ").trim();
  return { ...field, label: { "zh-CN": plain(field.label["zh-CN"]), en: plain(field.label.en) } };
}

function isMeasure({ profile, known }: ProposedField): boolean {
  return (profile.type === "number" || profile.type === "integer") && profile.numbers.length > 0 && known?.use !== "id" && profile.numbers[0] !== profile.numbers[profile.numbers.length - 1];
}

/** The tenth of the customers with most of something. */
function topDecile(field: ProposedField): ProposedRule {
  const { numbers } = field.profile;
  const least = numbers[0] ?? 0;
  const decile = numbers[Math.min(numbers.length - 1, Math.floor(numbers.length * 0.9))] ?? 0;
  const limit = decile > least ? decile : (numbers.find((value) => value > least) ?? least);
  const name = parameterName(field, "From");
  const value = { [name]: { value: limit, label: { "zh-CN": `${field.label["zh-CN"]}的门槛`, en: `threshold of ${field.label.en}` }, ...(field.schema["unit"] === undefined ? {} : { unit: field.schema["unit"] }), source } };
  return {
    ...frame(`top-${slug(field)}`, { "zh-CN": `${field.label["zh-CN"]}居前的客户`, en: `Among the highest in ${field.label.en}` }, { "zh-CN": `${field.label["zh-CN"]}属于前十分之一，请安排一次沟通。`, en: `Among the highest tenth in ${field.label.en}: plan a conversation.` }, {
      repeat: "quarter", when: [[field.name, ">=", { param: name }]],
    }),
    parameters: value,
    example: { fires: at(field, limit), still: at(field, below(limit, field)) },
  };
}

function below(limit: number, field: ProposedField): number {
  const step = 10 ** -(typeof field.schema["scale"] === "number" ? field.schema["scale"] : 0);
  return Number((limit - step).toFixed(9));
}

const birthdaySpans = [7, 14, 30, 60, 90, 180];

/** Birthdays ahead: as many days as it takes to have one on any day of the year. */
function birthdays(field: ProposedField, asOf: number): ProposedRule | undefined {
  if (field.profile.type !== "date" || field.known?.use !== "birth") return undefined;
  // On the only birthday of all, nobody's lies ahead.
  if (new Set(field.profile.days.map((day) => formatDay(day).slice(5))).size < 2) return undefined;
  const days = birthdaySpans.find((span) => span >= widestGap(field.profile.days)) ?? 365;
  const name = "birthdayDaysAhead";
  const soon = formatDay(asOf + 1).slice(5).replace("02-29", "02-28");
  const gone = formatDay(asOf - 1).slice(5).replace("02-29", "02-28");
  const rule = frame("birthday-soon", { "zh-CN": "生日将至", en: "Birthday soon" }, { "zh-CN": `{{param.${name}}} 天内过生日，请准备问候。`, en: `A birthday within {{param.${name}}} days: prepare a greeting.` }, {
    kind: "occasion", date: field.name, feb29: "02-28", daysBefore: { param: name },
  });
  return {
    ...rule,
    parameters: { [name]: { value: days, label: { "zh-CN": "生日提前天数", en: "days ahead of a birthday" }, unit: "days", minimum: 1, maximum: 365, source } },
    // Within 365 days everybody has one: then only a missing date keeps it still.
    example: { fires: at(field, `1980-${soon}`), still: days > 300 ? {} : at(field, `1980-${gone}`) },
  };
}

/** The longest time in a year without a birthday. */
function widestGap(days: readonly number[]): number {
  const inYear = [...new Set(days.map((day) => (parseDay(`2023-${formatDay(day).slice(5).replace("02-29", "02-28")}`) ?? 0) - (parseDay("2023-01-01") ?? 0)))].sort((a, b) => a - b);
  const [first, last] = [inYear[0] ?? 0, inYear[inYear.length - 1] ?? 0];
  return inYear.reduce((widest, day, i) => (i === 0 ? widest : Math.max(widest, day - (inYear[i - 1] ?? 0))), first + 365 - last);
}

const spans = [7, 14, 30, 60, 90, 180, 365];

/** Dates that come within days: maturities, appointments. */
function upcoming(field: ProposedField, asOf: number): ProposedRule | undefined {
  if (field.profile.type !== "date" || field.known?.use === "birth") return undefined;
  const next = field.profile.days.find((day) => day > asOf);
  const days = next === undefined ? undefined : spans.find((span) => next <= asOf + span);
  if (days === undefined) return undefined;
  const name = parameterName(field, "DaysAhead");
  return {
    ...frame(`upcoming-${slug(field)}`, { "zh-CN": `${field.label["zh-CN"]}将至`, en: `${field.label.en} soon` }, { "zh-CN": `${field.label["zh-CN"]}：{{date ${field.name}}}。请提前联系。`, en: `${field.label.en}: {{date ${field.name}}}. Get in touch beforehand.` }, {
      repeat: "once", when: [[field.name, "withinNextDays", { param: name }]],
    }),
    parameters: { [name]: { value: days, label: { "zh-CN": `${field.label["zh-CN"]}提前天数`, en: `days ahead of ${field.label.en}` }, unit: "days", minimum: 1, maximum: 3660, source } },
    example: { fires: at(field, formatDay(asOf + 1)), still: at(field, formatDay(asOf)) },
  };
}

/** Dates that lie long back: a last contact, a last login. */
function longAgo(field: ProposedField, asOf: number): ProposedRule | undefined {
  if (field.profile.type !== "date" || field.known?.use === "birth") return undefined;
  const oldest = field.profile.days[0] ?? asOf;
  const days = [180, 90, 30, 7].find((span) => oldest < asOf - span);
  if (days === undefined) return undefined;
  const name = parameterName(field, "LongAgo");
  return {
    ...frame(`long-ago-${slug(field)}`, { "zh-CN": `${field.label["zh-CN"]}已久`, en: `${field.label.en} long ago` }, { "zh-CN": `${field.label["zh-CN"]}：{{date ${field.name}}}，已超过 {{param.${name}}} 天。`, en: `${field.label.en}: {{date ${field.name}}}, more than {{param.${name}}} days ago.` }, {
      repeat: "quarter", when: [[field.name, "moreThanDaysAgo", { param: name }]],
    }),
    parameters: { [name]: { value: days, label: { "zh-CN": `${field.label["zh-CN"]}超过的天数`, en: `days since ${field.label.en}` }, unit: "days", minimum: 1, maximum: 3660, source } },
    example: { fires: at(field, formatDay(asOf - days - 1)), still: at(field, formatDay(asOf)) },
  };
}

/** What should be known and is not. */
function incomplete(field: ProposedField): ProposedRule {
  return {
    ...frame(`complete-${slug(field)}`, { "zh-CN": `补全${field.label["zh-CN"]}`, en: `Complete ${field.label.en}` }, { "zh-CN": `客户资料缺少${field.label["zh-CN"]}，请补全。`, en: `${field.label.en} is missing from the record: ask for it.` }, {
      repeat: "quarter", category: "diagnosis", when: [[field.name, "isMissing"]],
    }),
    parameters: {},
    example: { fires: {}, still: at(field, sampleValue(field)) },
  };
}

/** Customers of one kind: a choice, or a yes. */
function ofKind(field: ProposedField): ProposedRule | undefined {
  const choices = field.schema["enum"];
  const value = field.profile.type === "boolean" ? field.profile.values?.includes("true") === true || undefined : Array.isArray(choices) ? (choices[0] as string) : undefined;
  if (value === undefined) return undefined;
  return {
    ...frame(`of-${slug(field)}`, { "zh-CN": `${field.label["zh-CN"]}：${String(value)}`, en: `${field.label.en}: ${String(value)}` }, { "zh-CN": `${field.label["zh-CN"]}符合条件，请安排一次沟通。`, en: `${field.label.en} is as wanted: plan a conversation.` }, {
      repeat: "quarter", when: [[field.name, "=", value]],
    }),
    parameters: {},
    example: { fires: at(field, value), still: {} },
  };
}

/** They fire for every customer: for a file that suggests nothing better. */
function forEverybody(idField: string): readonly ProposedRule[] {
  const talk = (id: string, repeat: string, zh: string, en: string): ProposedRule => ({
    ...frame(id, { "zh-CN": zh, en }, { "zh-CN": `${zh}：请安排。`, en: `${en}: please plan it.` }, { repeat, when: [[idField, "isPresent"]] }),
    parameters: {},
    example: { fires: {} },
  });
  return [talk("yearly-talk", "year", "年度沟通", "A talk a year"), talk("quarterly-review", "quarter", "季度回顾", "A review a quarter"), talk("first-contact", "once", "首次联系", "A first contact")];
}

function frame(id: string, title: { readonly "zh-CN": string; readonly en: string }, brief: { readonly "zh-CN": string; readonly en: string }, rule: Readonly<Record<string, unknown>>): Pick<ProposedRule, "id" | "rule" | "template"> {
  const task = (lang: "zh-CN" | "en") => ({ title: title[lang], brief: brief[lang] });
  return { id, rule: { id, title, ...rule, then: [{ task: id }] }, template: { id, task: { "zh-CN": task("zh-CN"), en: task("en") } } };
}

function slug({ name }: ProposedField): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").replace(/[^A-Za-z0-9]+/g, "-").toLowerCase().replace(/^-+|-+$/g, "") || "field";
}

function parameterName({ name }: ProposedField, suffix: string): string {
  const joined = name.replace(/[._]+([A-Za-z0-9])/g, (_all, letter: string) => letter.toUpperCase()).replace(/[^A-Za-z0-9]/g, "");
  return `${/^[A-Za-z]/.test(joined) ? joined : `p${joined}`}${suffix}`;
}

function sampleValue({ profile, schema }: ProposedField): unknown {
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  if (profile.format === "email") return "customer@example.com";
  if (profile.format === "phone") return "+8619900000000";
  const samples = { number: 1, integer: 1, boolean: true, date: "2000-01-01", instant: "2000-01-01T00:00:00Z", list: ["示例"], text: "示例" } as const;
  return samples[profile.type];
}

/** A record with one field. */
function at({ name }: ProposedField, value: unknown): Readonly<Record<string, unknown>> {
  return name.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Readonly<Record<string, unknown>>;
}
