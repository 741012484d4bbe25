import { writeFileSync } from "node:fs";
import { shapeToJsonSchema } from "@evertend/core";
import { mappingShape } from "../src/mapping/mapping-shape.js";

/** Writes the JSON Schemas that editors complete mappings with. */
for (const lang of ["en", "zh-CN"] as const) {
  writeFileSync(new URL(`../schemas/mapping.${lang}.schema.json`, import.meta.url), `${JSON.stringify(shapeToJsonSchema("mapping", mappingShape, lang), null, 1)}\n`);
}
