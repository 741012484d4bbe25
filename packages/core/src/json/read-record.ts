import { parseRecord } from "./parse-record.js";

/** Most characters that the text of one record may have. */
const longestRecord = 4 * 1024 * 1024;

/** A record as JSON, from its text where it comes as text. */
export function readRecord(record: unknown): ReturnType<typeof parseRecord> {
  if (typeof record !== "string") return { value: record as Readonly<Record<string, unknown>> };
  return record.length > longestRecord ? { code: "RECORD_TOO_LARGE", pointer: "" } : parseRecord(record);
}
