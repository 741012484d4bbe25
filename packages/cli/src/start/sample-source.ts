import { sampleBank } from "@evertend/banking";
import type { RecordSource, SourceRecord } from "@evertend/core";

/** The built-in bank as a source: its records on a day, in ascending order of id. */
export function sampleSource(asOf: string, customers: number): Pick<RecordSource, "name" | "records"> {
  return {
    name: "sample-bank",
    async *records(): AsyncGenerator<SourceRecord> {
      let row = 0;
      for (const customer of sampleBank({ asOf, customers })) yield { row: ++row, id: customer.customerId, json: JSON.stringify(customer) };
    },
  };
}
