import type { ChannelConfig, Diagnostic, Lang, Rendered, Touch } from "@evertend/core";
import { describe, Findings } from "@evertend/core";
import { appendHtmlFooter, appendTextFooter } from "./append-footer.js";
import { composeHeaders } from "./compose-headers.js";
import { emailText } from "./email-texts.js";
import { mailboxFault } from "./mailbox-fault.js";
import { readEmailConfig } from "./read-email-config.js";

const oneLine = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Line breaks and tabs are text; other control characters and half surrogate pairs are not. */
const notText = /(?![\r\n\t])\p{Cc}|\p{Cs}/u;

/**
 * What a recipient will get: `subject`, `text`, `html` where the template has it, and `headers` as JSON. The date is the
 * host's and comes with sending.
 */
export function renderEmail(touch: Touch, channelConfig: ChannelConfig, lang: Lang = "en"): Rendered {
  const config = readEmailConfig(channelConfig, lang);
  const findings = new Findings(lang);
  const at = (pointer: string) => ({ file: "", pointer, line: 0, column: 0 });

  const fault = mailboxFault(touch.to);
  if (fault !== null) findings.add(fault, at("/to"), { name: "to" });

  const { subject, text, html } = touch.parts;
  for (const [name, value] of [["subject", subject], ["text", text]] as const) {
    if (value === undefined) findings.add("TEMPLATE_PART_MISSING", at("/parts"), { name, other: touch.template });
    else if (value.trim() === "") findings.add("MESSAGE_EMPTY", at(`/parts/${name}`), { name });
  }
  if (html !== undefined && html.trim() === "") findings.add("MESSAGE_EMPTY", at("/parts/html"), { name: "html" });
  if (subject !== undefined && oneLine.test(subject)) findings.push(textInvalid("/parts/subject", emailText("headerLine", lang), lang));
  for (const [name, value] of [["text", text], ["html", html]] as const) {
    if (value !== undefined && notText.test(value)) findings.push(textInvalid(`/parts/${name}`, emailText("controlCharacter", lang), lang));
  }
  const { unsubscribe } = config;
  if (touch.class === "marketing" && unsubscribe.mailto === null && unsubscribe.url === null) {
    findings.add("CHANNEL_CONFIG_INVALID", at("/unsubscribe"), { name: "email", detail: emailText("noUnsubscribe", lang) });
  }

  const parts: Record<string, string> = {
    subject: subject ?? "",
    text: text === undefined ? "" : appendTextFooter(text, touch, config),
    ...(html === undefined ? {} : { html: appendHtmlFooter(html, touch, config) }),
    headers: JSON.stringify(composeHeaders(touch, config)),
  };
  return { key: touch.key, to: touch.to, parts, segments: 1, encoding: "UTF-8", diagnostics: findings.list };
}

function textInvalid(pointer: string, detail: string, lang: Lang): Diagnostic {
  const { message, hint } = describe("TEXT_INVALID", {}, lang);
  const full = lang === "zh-CN" ? `${message}（${detail}）` : `${message} (${detail})`;
  return { code: "TEXT_INVALID", severity: "error", file: "", pointer, line: 0, column: 0, message: full, hint };
}
