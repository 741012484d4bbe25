import type { Bilingual } from "../ports/report-data.js";

/**
 * What a piece of pack JSON may look like. One declaration serves twice: it is checked here with pointers and
 * remedies, and published as JSON Schema for editors. `ref` names a grammar that has a checker of its own.
 */
export type Shape =
  | { readonly type: "object"; readonly description?: Bilingual; readonly properties: Readonly<Record<string, Shape>>; readonly required?: readonly string[]; readonly additional?: Shape }
  | { readonly type: "array"; readonly description?: Bilingual; readonly items: Shape; readonly minItems?: number; readonly maxItems?: number }
  | { readonly type: "string"; readonly description?: Bilingual; readonly enum?: readonly string[]; readonly format?: "id" | "date" | "name"; readonly maxLength?: number }
  | { readonly type: "number" | "integer"; readonly description?: Bilingual; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: "boolean"; readonly description?: Bilingual }
  /** Either a string or an object with both languages. */
  | { readonly type: "text"; readonly description?: Bilingual }
  /** `condition`: one or a list of conditions; `value`: literal, param, fact …; `fact`: dotted name; `range`: `"holdings as h"`; `actions`: a `then` list; `number-or-param`. */
  | { readonly type: "ref"; readonly ref: "condition" | "value" | "fact" | "range" | "actions" | "number-or-param" | "json"; readonly description?: Bilingual }
  | { readonly type: "oneOf"; readonly description?: Bilingual; readonly options: readonly Shape[] };
