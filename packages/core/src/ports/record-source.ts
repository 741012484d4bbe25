/**
 * One customer as a source delivers it: JSON text, unchecked. `row` counts from 1 in the order of the source, for
 * diagnostics.
 */
export interface SourceRecord {
  readonly row: number;
  readonly id: string;
  readonly json: string;
  /** Another one where the record is another, as in `RecordMark`; absent = the source has none but the text itself. */
  readonly mark?: string;
}

/** What tells whether a record is that of before, without the record. */
export interface RecordMark {
  readonly id: string;
  /** A hash over all of the record, or the text of the field asked for; `null` = the record has none. */
  readonly mark: string | null;
}

/**
 * Delivers customers in ascending order of `id` (by UTF-16 code unit). `total` is the number of customers where the
 * source knows it beforehand. Context collections (products, events) are read whole.
 */
export interface RecordSource {
  readonly name: string;
  total(): Promise<number | undefined>;
  /** All customers, or those of some ids (ascending, each once); ids that the source does not have are passed over. */
  records(ids?: readonly string[]): AsyncIterable<SourceRecord>;
  /**
   * A mark of every record, in the order of `records`, for a fraction of what reading them costs: the same hash that
   * `records` gives, or the text of a field (dotted name).
   */
  marks(field?: string): AsyncIterable<RecordMark>;
  context(): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}
