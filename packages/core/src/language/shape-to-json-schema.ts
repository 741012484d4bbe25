import type { Lang } from "../diagnostics/diagnostic.js";
import type { Shape } from "./shape.js";

export type Schema = Readonly<Record<string, unknown>>;

/**
 * JSON Schema (2020-12) of a shape that refers to no grammar of packs, with descriptions in one language: for the files
 * of other packages, such as mappings.
 *
 * @param name of the file's kind, as it stands in the schema's address and title
 */
export function shapeToJsonSchema(name: string, shape: Shape, lang: Lang): Schema {
  return { ...head(name, lang), ...writeShape(shape, lang) };
}

export function head(name: string, lang: Lang): Schema {
  return { $schema: "https://json-schema.org/draft/2020-12/schema", $id: `https://evertend.dev/schemas/${name}.${lang}.schema.json`, title: `Evertend ${name}` };
}

export function reference(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

export function writeShape(shape: Shape, lang: Lang): Schema {
  const description = shape.description ? { description: shape.description[lang] } : {};
  switch (shape.type) {
    case "object":
      return {
        ...description, type: "object",
        properties: Object.fromEntries(Object.entries(shape.properties).map(([key, value]) => [key, writeShape(value, lang)])),
        ...(shape.required && shape.required.length > 0 ? { required: shape.required } : {}),
        additionalProperties: shape.additional ? writeShape(shape.additional, lang) : false,
      };
    case "array":
      return { ...description, type: "array", items: writeShape(shape.items, lang), ...(shape.minItems === undefined ? {} : { minItems: shape.minItems }), ...(shape.maxItems === undefined ? {} : { maxItems: shape.maxItems }) };
    case "string":
      return { ...description, type: "string", ...(shape.enum ? { enum: shape.enum } : {}), ...stringFormat(shape.format), ...(shape.maxLength === undefined ? {} : { maxLength: shape.maxLength }) };
    case "number":
    case "integer":
      return { ...description, type: shape.type, ...(shape.minimum === undefined ? {} : { minimum: shape.minimum }), ...(shape.maximum === undefined ? {} : { maximum: shape.maximum }) };
    case "boolean":
      return { ...description, type: "boolean" };
    case "text":
      return { ...description, oneOf: [{ type: "string" }, { type: "object", properties: { "zh-CN": { type: "string" }, en: { type: "string" } }, additionalProperties: false }] };
    case "oneOf":
      return { ...description, anyOf: shape.options.map((option) => writeShape(option, lang)) };
    case "ref":
      return { ...description, ...reference(shape.ref) };
  }
}

function stringFormat(format: "id" | "date" | "name" | undefined): Schema {
  if (format === "id") return { pattern: "^[A-Za-z][A-Za-z0-9._/-]{0,79}$" };
  return format === "date" ? { pattern: "^\\d{4}-\\d{2}-\\d{2}$" } : {};
}
