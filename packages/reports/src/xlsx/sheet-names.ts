import { visibleText } from "../text/visible-text.js";

/** What the format allows. */
const LONGEST = 31;

/** Names for sheets from titles: without the signs that the format forbids, cut to its length, and each one once. */
export function sheetNames(titles: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return titles.map((title, i) => {
    const plain = [...visibleText(title).replace(/[[\]:*?/\\]/g, " ").replace(/^'+|'+$/g, "").trim()].slice(0, LONGEST).join("").slice(0, LONGEST).trim() || String(i + 1);
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain.slice(0, LONGEST - String(n).length - 1)} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
