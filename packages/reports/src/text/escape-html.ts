import { visibleText } from "./visible-text.js";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * Text made safe as HTML content and inside quoted attributes; control and direction characters are made visible first
 * (see {@link visibleText}), so the result holds nothing but text.
 *
 * @example
 * escapeHtml("<b> & \"c\""); // "&lt;b&gt; &amp; &quot;c&quot;"
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
