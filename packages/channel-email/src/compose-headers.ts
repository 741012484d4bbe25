import type { Touch } from "@evertend/core";
import type { EmailConfig } from "./read-email-config.js";

/** A key as part of a header: letters, digits, `.`, `_`, `-` as they are, the rest as `=` and hexadecimal. */
function atom(key: string): string {
  return key.replace(/[^A-Za-z0-9._-]/gu, (character) => `=${(character.codePointAt(0) ?? 0).toString(16)}`);
}

/** Where one click unsubscribes; `null` where none is configured. */
export function unsubscribeUrl(key: string, config: EmailConfig): string | null {
  return config.unsubscribe.url?.replaceAll("{key}", encodeURIComponent(key)) ?? null;
}

/** A message that a recipient may refuse from the mail program. */
export function isRefusable(touch: Pick<Touch, "class">): boolean {
  return touch.class === "marketing" || touch.class === "greeting";
}

/**
 * The headers that depend on nothing but touch and configuration, sorted by name. The same key gives the same
 * `Message-ID`. `List-Unsubscribe-Post` goes only with an https address, as RFC 8058 demands.
 */
export function composeHeaders(touch: Touch, config: EmailConfig): Readonly<Record<string, string>> {
  const { from, replyTo, unsubscribe } = config;
  const headers: Record<string, string> = {
    "Auto-Submitted": "auto-generated",
    From: from.name === "" ? from.address : `${from.name} <${from.address}>`,
    "Message-ID": `<${atom(touch.key)}@${from.address.slice(from.address.indexOf("@") + 1)}>`,
    To: touch.to,
  };
  if (replyTo !== null) headers["Reply-To"] = replyTo;
  const url = unsubscribeUrl(touch.key, config);
  if (isRefusable(touch) && (url !== null || unsubscribe.mailto !== null)) {
    const mailto = unsubscribe.mailto === null ? [] : [`<mailto:${encodeURI(unsubscribe.mailto)}?subject=unsubscribe-${encodeURIComponent(touch.key)}>`];
    headers["List-Unsubscribe"] = [...(url === null ? [] : [`<${url}>`]), ...mailto].join(", ");
    if (url !== null) headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  return Object.fromEntries(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)));
}
