import type { MessageClass } from "@evertend/core";
import type { SmsConfig } from "./read-sms-config.js";

/** The opt-out text for a locale: exact, then the same language, then none. */
export function optOutFor(locale: string, optOut: Readonly<Record<string, string>>): string | null {
  if (Object.hasOwn(optOut, locale)) return optOut[locale] ?? null;
  const language = locale.split("-")[0] ?? "";
  const near = Object.keys(optOut).sort().find((key) => key.split("-")[0] === language);
  return near === undefined ? null : (optOut[near] ?? null);
}

/**
 * Puts the signature in front and, for marketing, the opt-out text behind, each once: a text that has it already is left
 * as it is.
 */
export function composeText(text: string, messageClass: MessageClass, locale: string, config: Pick<SmsConfig, "signature" | "optOut">): string {
  let out = text;
  if (messageClass === "marketing") {
    const optOut = optOutFor(locale, config.optOut);
    if (optOut !== null && !out.includes(optOut)) out += joint(out) + optOut;
  }
  // Providers read a signature at either end of the text, so one at the end counts too.
  const signed = config.signature === "" || out.startsWith(config.signature) || text.endsWith(config.signature);
  return signed ? out : config.signature + out;
}

/** What joins a text and its opt-out text: nothing after Chinese punctuation, a space after other, else a stop. */
function joint(text: string): string {
  const last = text.at(-1) ?? "";
  if (/\s/u.test(last)) return "";
  const wide = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60]/u;
  if (/\p{P}/u.test(last)) return wide.test(last) ? "" : " ";
  return wide.test(last) ? "，" : ". ";
}
