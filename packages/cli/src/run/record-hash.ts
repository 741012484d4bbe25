import { hash } from "node:crypto";
import type { SourceRecord } from "@evertend/core";

/** Tells one text from another: 96 bits are plenty for one customer. */
function shortHash(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 16);
}

/** What the state keeps of a customer's records, to see whether they change: mostly there is one. */
export function groupMark(marks: readonly (string | null)[]): string {
  const [only] = marks;
  return marks.length === 1 && only !== undefined && only !== null ? only : shortHash(JSON.stringify(marks));
}

/** The same of records that were read; where a source has no marks the text is one. */
export function recordsMark(records: readonly Pick<SourceRecord, "json" | "mark">[]): string {
  return groupMark(records.map(({ json, mark }) => mark ?? shortHash(json)));
}
