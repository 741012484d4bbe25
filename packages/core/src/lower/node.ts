import type { Calendar } from "../calendar/calendar.js";
import type { Collection, FactType } from "../model/catalogue.js";
import type { Bilingual } from "../ports/report-data.js";

/** Where a node was written: file and JSON pointer. */
export interface Origin {
  readonly file: string;
  readonly pointer: string;
}

/** Days or months a date is moved by. */
export type ShiftUnit = "days" | "workingDays" | "months" | "years";

/** Items a node ranges over; `level` is the index of the item in the context's item stack. */
export interface Range {
  readonly collection: Collection;
  readonly as: string;
  readonly level: number;
}

interface NodeBase {
  readonly origin?: Origin;
}

/** A node that yields a value. */
export type ValueNode = NodeBase &
  (
    | { readonly op: "const"; readonly type: FactType; readonly value: string | number | boolean | readonly (string | number)[]; readonly param?: string }
    | { readonly op: "none"; readonly type: FactType }
    /** A field of the record (`level` −1) or of the item at `level`. `name` is what the author wrote. */
    | { readonly op: "field"; readonly type: FactType; readonly level: number; readonly slot: number; readonly name: string; readonly label: Bilingual; readonly unit?: string; readonly scale?: number }
    /** A path into a raw record, for conditions without a model. */
    | { readonly op: "raw"; readonly type: "any"; readonly path: readonly (string | number)[]; readonly name: string }
    /** The value of the derived fact with this index. `scale`: decimal places it is shown with; `exact`: within which its values lie, where that is known. */
    | { readonly op: "fact"; readonly type: FactType; readonly fact: number; readonly name: string; readonly label: Bilingual; readonly unit?: string; readonly scale?: number; readonly exact?: number }
    /** The element that an `anyOf`/`allOf` looks at, counted from the outermost. */
    | { readonly op: "element"; readonly type: FactType | "any"; readonly depth: number }
    | { readonly op: "asOf"; readonly type: "date" }
    | { readonly op: "shift"; readonly type: "date"; readonly date: ValueNode; readonly amount: ValueNode; readonly unit: ShiftUnit; readonly sign: 1 | -1; readonly calendar?: Calendar }
    /** Days from `from` to `to` (positive when `to` is later). */
    | { readonly op: "diff"; readonly type: "number"; readonly from: ValueNode; readonly to: ValueNode; readonly unit: "days" | "workingDays" | "months" | "years"; readonly calendar?: Calendar }
    /** The first yearly return of `date`'s month and day on or after asOf. */
    | { readonly op: "anniversary"; readonly type: "date"; readonly date: ValueNode; readonly feb29: "02-28" | "03-01" }
    /** The first day named so in the calendar on or after asOf. */
    | { readonly op: "namedDay"; readonly type: "date"; readonly name: string; readonly calendar: Calendar }
    /** `places`: decimal places of both sides of a division, which then is one of whole numbers. */
    | { readonly op: "arith"; readonly type: "number"; readonly kind: "add" | "subtract" | "multiply" | "divide"; readonly left: ValueNode; readonly right: ValueNode; readonly scale?: number; readonly places?: number }
    /** The value of the first row whose condition is true; unknown if an earlier one is unknown. */
    | { readonly op: "choose"; readonly type: FactType; readonly rows: readonly { readonly when: TruthNode; readonly value: ValueNode }[]; readonly otherwise: ValueNode }
    /** The first of several values that is present. */
    | { readonly op: "first"; readonly type: FactType; readonly of: readonly ValueNode[] }
    | { readonly op: "fold"; readonly type: FactType; readonly kind: "count" | "sum" | "min" | "max" | "avg"; readonly range: Range; readonly where: TruthNode; readonly value?: ValueNode; readonly missing: "unknown" | "skip"; readonly empty: ValueNode | "unknown"; readonly scale?: number }
    /** Id of the first item (by `by`, then id) for which `where` is surely true; none where there is none. */
    | { readonly op: "pick"; readonly type: "text"; readonly range: Range; readonly where: TruthNode; readonly by?: ValueNode; readonly order: "ascending" | "descending" }
    | { readonly op: "period"; readonly type: "text"; readonly unit: "month" | "quarter" | "year" }
    /** Texts and dates (as ISO) joined. */
    | { readonly op: "join"; readonly type: "text"; readonly parts: readonly ValueNode[] }
    /** One face of a level that remembers: see `LevelState`. */
    | { readonly op: "level"; readonly type: FactType; readonly state: number; readonly part: "level" | "since" | "previous" | "change" | "atRisk"; readonly name: string }
    | { readonly op: "plugin"; readonly type: FactType; readonly plugin: string; readonly name: string; readonly arguments: readonly ValueNode[] }
  );

/** Comparison signs; `=` on text, numbers, booleans, dates; order on numbers and dates. */
export type Comparison = "=" | "<" | "<=" | ">" | ">=";

/** A node that yields true, false or unknown. */
export type TruthNode = NodeBase &
  (
    | { readonly op: "constant"; readonly value: boolean }
    | { readonly op: "compare"; readonly cmp: Comparison; readonly left: ValueNode; readonly right: ValueNode }
    /** `value` is an element of `list`. */
    | { readonly op: "in"; readonly value: ValueNode; readonly list: ValueNode }
    | { readonly op: "and" | "or"; readonly items: readonly TruthNode[]; readonly name?: string }
    | { readonly op: "not"; readonly item: TruthNode }
    | { readonly op: "present"; readonly value: ValueNode }
    | { readonly op: "some" | "every"; readonly range: Range; readonly where: TruthNode }
    /** A list fact: `where` reads the element through an `element` node. */
    | { readonly op: "anyOf" | "allOf"; readonly list: ValueNode; readonly where: TruthNode; readonly depth: number }
    /** A named condition, kept for explanations. */
    | { readonly op: "named"; readonly name: string; readonly item: TruthNode }
    | { readonly op: "pluginTruth"; readonly operator: string; readonly arguments: readonly ValueNode[] }
  );
