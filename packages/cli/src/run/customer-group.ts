import type { CustomerState, SourceRecord } from "@evertend/core";
import type { AnsweredRecord } from "@evertend/warehouse";
import { StateCursor } from "./state-cursor.js";

/** A record whose state comes with it: a sweep that leaves others out knows both. */
export interface SweptRecord extends SourceRecord {
  readonly prior: CustomerState | undefined;
}

/** A source of customers in ascending order of id; where records bring their states, those beside it are of other customers. */
export interface GroupSource {
  records(): AsyncIterable<SourceRecord | SweptRecord | AnsweredRecord>;
}

/** A record of a group; with what SQL found, where SQL was asked. */
export type GroupRecord = Pick<AnsweredRecord, "row" | "json" | "answer"> & Pick<SourceRecord, "mark">;

/** All records of one id, and the state of before. Without records it is a customer whom the source does not have. */
export interface CustomerGroup {
  readonly id: string;
  readonly prior: CustomerState | undefined;
  readonly records: readonly GroupRecord[];
}

/**
 * Reads a source and the states of before side by side: every record and every state once, in ascending order of id.
 * Records without an id are groups of their own, for none of them can be a duplicate of another.
 *
 * @throws DiagnosticError what source and states throw
 */
export async function* customerGroups(source: GroupSource, states: AsyncIterable<CustomerState> | undefined): AsyncGenerator<CustomerGroup> {
  const cursor = new StateCursor(states);
  let group: { id: string; prior: CustomerState | undefined; records: GroupRecord[] } | undefined;
  try {
    for await (const record of source.records()) {
      const { id, row, json, mark } = record;
      const one: GroupRecord = { row, json, ...(mark === undefined ? {} : { mark }), ...("answer" in record && record.answer ? { answer: record.answer } : {}) };
      if (group && group.id === id && id !== "") {
        group.records.push(one);
        continue;
      }
      if (group) yield group;
      if (cursor.hasStates && group?.id !== id) for await (const prior of cursor.before(id)) yield { id: prior.customerId, prior, records: [] };
      group = { id, prior: "prior" in record ? record.prior : cursor.hasStates ? await cursor.take(id) : undefined, records: [one] };
    }
    if (group) yield group;
    for await (const prior of cursor.rest()) yield { id: prior.customerId, prior, records: [] };
  } finally {
    await cursor.close();
  }
}
