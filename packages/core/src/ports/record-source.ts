/**
 * One customer as a source delivers it: JSON text, unchecked. `row` counts from 1 in the order of the source, for
 * diagnostics.
 */
export interface SourceRecord {
  readonly row: number;
  readonly id: string;
  readonly json: string;
}

/**
 * Delivers customers in ascending order of `id` (by UTF-16 code unit). `total` is the number of customers where the
 * source knows it beforehand. Context collections (products, events) are read whole.
 */
export interface RecordSource {
  readonly name: string;
  total(): Promise<number | undefined>;
  records(): AsyncIterable<SourceRecord>;
  context(): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}
