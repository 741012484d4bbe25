import type { ChannelConfig, Diagnostic, DiagnosticCode, Lang, Rendered, Touch } from "@evertend/core";
import { describe, Findings } from "@evertend/core";
import { checkSlots } from "./check-slots.js";
import { composeText, optOutFor } from "./compose-text.js";
import { countSegments } from "./count-segments.js";
import { phoneFault } from "./phone-fault.js";
import { readSmsConfig } from "./read-sms-config.js";
import type { SmsProfile } from "./sms-profile.js";
import { smsText } from "./sms-texts.js";

/** Line feed, and carriage return before it, are text; every other control character is not, nor half a surrogate pair. */
const notText = /(?!\r?\n)\p{Cc}|\p{Cs}/u;

/**
 * What a recipient will get: the text with signature and opt-out text, its segments, and for a gateway of approved
 * templates `templateId` and `slots` (JSON). Nothing is cut: what does not fit is a diagnostic.
 */
export function renderSms(touch: Touch, channelConfig: ChannelConfig, profile: SmsProfile, lang: Lang = "en"): Rendered {
  const config = readSmsConfig(channelConfig, profile, lang);
  const findings = new Findings(lang);
  const at = (pointer: string) => ({ file: "", pointer, line: 0, column: 0 });
  const addWith = (code: DiagnosticCode, pointer: string, detail: string): void => findings.push(withDetail(code, pointer, detail, lang));

  const fault = phoneFault(touch.to);
  if (fault !== null) findings.add(fault, at("/to"), { name: "to" });

  const body = touch.parts["text"];
  if (body === undefined) findings.add("TEMPLATE_PART_MISSING", at("/parts"), { name: "text", other: touch.template });
  else if (body.trim() === "") findings.add("MESSAGE_EMPTY", at("/parts/text"), { name: "text" });
  if (body !== undefined && notText.test(body)) addWith("TEXT_INVALID", "/parts/text", smsText("controlCharacter", lang));
  if (touch.class === "marketing" && optOutFor(touch.locale, config.optOut) === null) {
    findings.add("CHANNEL_CONFIG_INVALID", at("/optOut"), { name: "sms", detail: smsText("noOptOut", lang, { name: touch.locale }) });
  }

  const text = body === undefined || body.trim() === "" ? "" : composeText(body, touch.class, touch.locale, config);
  const { encoding, segments } = countSegments(text);
  if (text.length > config.maxCharacters) {
    addWith("SMS_TOO_LONG", "/parts/text", smsText("tooLong", lang, { found: text.length, limit: config.maxCharacters }));
  }

  const parts: Record<string, string> = { text };
  const templateId = Object.hasOwn(config.templates, touch.template) ? config.templates[touch.template] : undefined;
  if (templateId !== undefined) {
    parts["templateId"] = templateId;
    parts["slots"] = JSON.stringify(touch.slots);
    if (profile.provider !== null) for (const finding of checkSlots({ slots: touch.slots }, profile.provider, lang)) findings.push(finding);
  } else if (profile.content === "template") {
    findings.add("CHANNEL_CONFIG_INVALID", at("/templates"), { name: "sms", detail: smsText("noTemplate", lang, { name: touch.template }) });
  }
  return { key: touch.key, to: touch.to, parts, segments, encoding, diagnostics: findings.list };
}

/** A diagnostic whose message says a number or reason that core's text has no place for. */
function withDetail(code: DiagnosticCode, pointer: string, detail: string, lang: Lang): Diagnostic {
  const { message, hint } = describe(code, {}, lang);
  const full = lang === "zh-CN" ? `${message}（${detail}）` : `${message} (${detail})`;
  return { code, severity: "error", file: "", pointer, line: 0, column: 0, message: full, hint };
}
