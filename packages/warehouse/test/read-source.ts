import { expect } from "vitest";
import type { SourceRecord } from "@evertend/core";
import { openSource } from "@evertend/warehouse";
import type { SourceOptions } from "@evertend/warehouse";

/** Options of a source with what the tests have in common. */
export function sourceOptions(file: string, more: Partial<SourceOptions> = {}): SourceOptions {
  return { file, idField: "id", variables: {}, asOf: "2026-03-01", lang: "en", memoryLimit: "256MB", threads: 2, ...more };
}

/** Opens a source, reads all of it and closes it. */
export async function readSource(file: string, more: Partial<SourceOptions> = {}): Promise<{ records: SourceRecord[]; total: number; context: Readonly<Record<string, unknown>>; unknownColumns: readonly string[]; variables: readonly string[] }> {
  const source = await openSource(sourceOptions(file, more));
  try {
    const records: SourceRecord[] = [];
    const marks: string[] = [];
    for await (const { mark, ...record } of source.records()) {
      records.push(record);
      marks.push(`${record.id} ${mark ?? ""}`);
    }
    const alone: string[] = [];
    for await (const { id, mark } of source.marks()) alone.push(`${id} ${mark ?? ""}`);
    expect(alone).toEqual(marks);
    return { records, total: await source.total(), context: await source.context(), unknownColumns: source.unknownColumns, variables: source.variables };
  } finally {
    await source.close();
  }
}
