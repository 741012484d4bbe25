import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openSource } from "@evertend/warehouse";
import { readSource, sourceOptions } from "./read-source.js";
import { temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();

describe("ndjson", () => {
  test("keeps the text as written, sorts by id, counts lines as they stand", async () => {
    const lines = [`{"id":"b", "n":1.50,"big":12345678901234567890.123456789}`, "", `{"x":"中文","id":"a"}`, "   ", `{"id":"C"}`, `{"id":"b","second":true}`];
    const { records, total } = await readSource(folder.file("a.ndjson", lines.join("\n")));
    expect(records).toEqual([
      { row: 5, id: "C", json: lines[4] },
      { row: 3, id: "a", json: lines[2] },
      { row: 1, id: "b", json: lines[0] },
      { row: 6, id: "b", json: lines[5] },
    ]);
    expect(total).toBe(4);
  });

  test("hands ids that are missing or no text on for core to judge", async () => {
    const { records } = await readSource(folder.file("ids.jsonl", `{"id":7}\n{"id":null}\n{"k":1}\n{"id":12345678901234567890}\n`));
    expect(records.map(({ row, id }) => [row, id])).toEqual([[2, ""], [3, ""], [4, "12345678901234567890"], [1, "7"]]);
  });

  test.each([["empty", ""], ["only blank lines", "\n \r\n\n"]])("%s is no customers", async (name, content) => {
    const { records, total } = await readSource(folder.file(`${name}.ndjson`, content));
    expect([records, total]).toEqual([[], 0]);
  });

  test("reads gzip and Windows line ends", async () => {
    const { records } = await readSource(folder.gzip("a.ndjson.gz", `{"id":"b"}\r\n\r\n{"id":"a"}\r\n`));
    expect(records.map(({ row, id }) => [row, id])).toEqual([[3, "a"], [1, "b"]]);
  });

  test("takes a file name for a file name, not for a pattern", async () => {
    const { records } = await readSource(folder.file("a[1]*.ndjson", `{"id":"x"}`));
    expect(records.map(({ id }) => id)).toEqual(["x"]);
  });

  test("an id below a dotted name", async () => {
    const { records } = await readSource(folder.file("dotted.ndjson", `{"who":{"no/1":"b"}}\n{"who":{"no/1":"a"}}`), { idField: "who.no/1" });
    expect(records.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("orders ids as < does, for every text", async () => {
    const character = fc.oneof(fc.constantFrom("a", "\u{10FFFF}", "\u{10FFFE}", "\u{1F600}", "\uE000", "\uFFFD", "\uD7FF", "é", "\u0001", "中", "\uFF21"), fc.string({ unit: "grapheme", maxLength: 1 }));
    const ids = fc.uniqueArray(fc.array(character, { maxLength: 4 }).map((parts) => parts.join("")).filter((id) => !/\p{Surrogate}/u.test(id)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(ids, async (list) => {
        const { records } = await readSource(folder.file("order.ndjson", list.map((id) => JSON.stringify({ id })).join("\n")));
        expect(records.map(({ id }) => id)).toEqual([...list].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      }),
      { numRuns: 25 },
    );
  });

  test("can be read twice, in part, and both at once", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `{"id":"${String((i * 7919) % 5000).padStart(5, "0")}"}`);
    const source = await openSource(sourceOptions(folder.file("twice.ndjson", lines.join("\n"))));
    const first = source.records()[Symbol.asyncIterator]();
    await first.next();
    let previous = "";
    let count = 0;
    for await (const { id } of source.records()) {
      expect(id > previous).toBe(true);
      previous = id;
      if (++count === 3000) break;
    }
    expect((await first.next()).value?.id).toBe("00001");
    await first.return?.();
    await source.close();
  });
});
