import type { Diagnostic, Lang } from "@evertend/core";
import { Findings } from "@evertend/core";
import type { SmsProviderRules } from "./provider-rules.js";
import { smsText } from "./sms-texts.js";

/** What `checkSlots` looks at: the template as written, the values of one touch, or both. */
export interface SlotCheck {
  /** Source of the template with `{{name}}` where a variable stands. */
  readonly source?: string;
  /** Values of the variables by name. */
  readonly slots?: Readonly<Record<string, string>>;
}

const tag = /\{\{([^{}]*)\}\}/g;
/** A scheme, `www.`, or a host with a path: what carriers take for a link. */
const link = /[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\/|\b[a-z0-9-]+\.(?:com|cn|net|org|top|xyz|vip|link|cc|io|me|hk)\b/i;

/**
 * Checks template variables against the rules of a provider, without sending anything. Values never appear in what it
 * says.
 *
 * @example
 * checkSlots({ source: "{{name}}{{amount}}" }, smsProviderRules.huawei, "en").map((d) => d.message);
 */
export function checkSlots(check: SlotCheck, rules: SmsProviderRules, lang: Lang = "en"): readonly Diagnostic[] {
  const findings = new Findings(lang);
  const add = (pointer: string, detail: string): void =>
    findings.add("CHANNEL_CONFIG_INVALID", { file: "", pointer, line: 0, column: 0 }, { name: rules.id, detail });
  if (!rules.financialContent) add("", smsText("contentRefused", lang, { name: rules.label[lang] }));
  if (check.source !== undefined) checkSource(check.source, rules, (detail) => add("/source", detail), lang);
  const slots = Object.entries(check.slots ?? {});
  if (rules.maxSlots !== null && slots.length > rules.maxSlots) {
    add("/slots", smsText("slotsMany", lang, { found: slots.length, limit: rules.maxSlots }));
  }
  for (const [name, value] of slots) {
    if (!rules.linksInSlots && link.test(value)) add(`/slots/${escapePointer(name)}`, smsText("slotLink", lang, { name }));
  }
  return findings.list;
}

function checkSource(source: string, rules: SmsProviderRules, add: (detail: string) => void, lang: Lang): void {
  const names: string[] = [];
  let words = "";
  let end = 0;
  for (const match of source.matchAll(tag)) {
    const name = (match[1] ?? "").trim();
    if (/^[#/^]|^else\b/.test(name)) add(smsText("slotBlock", lang, { name }));
    const between = source.slice(end, match.index);
    const previous = names.at(-1);
    if (!rules.adjacentSlots && previous !== undefined && between.trim() === "") add(smsText("slotsAdjacent", lang, { name: previous, other: name }));
    words += between;
    names.push(name);
    end = match.index + match[0].length;
  }
  words += source.slice(end);
  if (!rules.onlySlots && names.length > 0 && !/[\p{L}\p{N}]/u.test(words)) add(smsText("slotsOnly", lang));
  const distinct = new Set(names).size;
  if (rules.maxSlots !== null && distinct > rules.maxSlots) add(smsText("slotsMany", lang, { found: distinct, limit: rules.maxSlots }));
}

function escapePointer(name: string): string {
  return name.replace(/~/g, "~0").replace(/\//g, "~1");
}
