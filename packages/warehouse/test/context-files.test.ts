import { describe, expect, test } from "vitest";
import { readSource } from "./read-source.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
const customers = folder.file("customers.ndjson", `{"id":"a"}`);

describe("context from files", () => {
  test("ndjson, csv and a JSON array, in the order of the file", async () => {
    const { context } = await readSource(customers, {
      contextFiles: {
        products: folder.file("products.csv", "id,price.eur,name\np2,1.50,x\np1,,y\n"),
        events: folder.file("events.ndjson", `{"id":"e2"}\n\n{"id":"e1","n":1}\n`),
        launches: folder.file("launches.json", `[{"id":"l"}]`),
        none: folder.file("none.ndjson", ""),
      },
      contextColumns: { products: { id: "text", "price.eur": "number", name: "text" } },
    });
    expect(context).toEqual({
      products: [{ id: "p2", price: { eur: 1.5 }, name: "x" }, { id: "p1", name: "y" }],
      events: [{ id: "e2" }, { id: "e1", n: 1 }],
      launches: [{ id: "l" }],
      none: [],
    });
  });

  test.each([
    ["missing.json", undefined, "FILE_NOT_FOUND", 0],
    ["object.json", "{}", "SOURCE_INVALID", 0],
    ["broken.json", "[", "SOURCE_INVALID", 0],
    ["broken.ndjson", `{"id":"e"}\n{`, "SOURCE_INVALID", 2],
    ["array.ndjson", `{"id":"e"}\n[]`, "SOURCE_INVALID", 2],
    ["ragged.csv", "id,a\n1\n2,3\n", "SOURCE_INVALID", 2],
    ["source.sql", "SELECT 1", "SOURCE_INVALID", 0],
    ["cut.parquet", "PAR1xxxxxxxxxxxxx", "SOURCE_TRUNCATED", 0],
  ])("%s", async (name, content, code, line) => {
    const file = content === undefined ? `${folder.path}/${name}` : folder.file(name, content);
    expect(await diagnosticsOf(() => readSource(customers, { contextFiles: { products: file } }))).toMatchObject([{ code, line, file }]);
  });
});
