/** How a part is made safe for where it goes: message text, one line (a subject, a header), HTML. */
export type Escape = "plain" | "line" | "html";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const unsafe = /[&<>"'\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/**
 * Makes a value safe. `plain` keeps line breaks as `\n` and drops other control characters, bidirectional overrides and
 * half surrogate pairs; `line` also turns line breaks and runs of control characters into one space; `html` escapes
 * `& < > " '` on top of `plain`.
 */
export function escapeText(text: string, escape: Escape): string {
  if (!unsafe.test(text)) return text;
  const safe = text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "").replace(/\p{Cs}/gu, "\uFFFD");
  if (escape === "line") return safe.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  const lines = safe
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(/(?!\n)\p{Cc}/gu, "");
  return escape === "html" ? lines.replace(/[&<>"']/g, (character) => entities[character] ?? character) : lines;
}
