import type { Touch } from "@evertend/core";
import { isRefusable, unsubscribeUrl } from "./compose-headers.js";
import { unsubscribeLabel } from "./email-texts.js";
import type { EmailConfig } from "./read-email-config.js";

/** Lines below a message that can be refused: postal address and a link or mailbox to unsubscribe, in its language. */
function footerLines(touch: Touch, config: EmailConfig): readonly { readonly text: string; readonly href: string | null }[] {
  if (!isRefusable(touch)) return [];
  const label = unsubscribeLabel[touch.locale.startsWith("zh") ? "zh-CN" : "en"];
  const { mailto } = config.unsubscribe;
  const href = unsubscribeUrl(touch.key, config) ?? (mailto === null ? null : `mailto:${mailto}`);
  return [
    ...(config.postalAddress === "" ? [] : [{ text: config.postalAddress, href: null }]),
    ...(href === null ? [] : [{ text: label, href }]),
  ];
}

/** The plain text with the footer below, each line once. */
export function appendTextFooter(text: string, touch: Touch, config: EmailConfig): string {
  const lines = footerLines(touch, config)
    .filter((line) => !text.includes(line.href ?? line.text))
    .map((line) => (line.href === null ? line.text : `${line.text}: ${line.href.replace(/^mailto:/, "")}`));
  return lines.length === 0 ? text : `${text.trimEnd()}\n\n-- \n${lines.join("\n")}\n`;
}

/** The HTML with the footer before `</body>` or at the end, each line once. */
export function appendHtmlFooter(html: string, touch: Touch, config: EmailConfig): string {
  const lines = footerLines(touch, config)
    .map((line) => (line.href === null ? escapeHtml(line.text) : `<a href="${escapeHtml(line.href)}">${escapeHtml(line.text)}</a>`))
    .filter((line) => !html.includes(line));
  if (lines.length === 0) return html;
  const footer = `<hr><p style="font-size:12px;color:#666">${lines.join("<br>")}</p>`;
  const end = html.toLowerCase().lastIndexOf("</body>");
  return end < 0 ? html + footer : html.slice(0, end) + footer + html.slice(end);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}
