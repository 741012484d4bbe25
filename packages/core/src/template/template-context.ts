import type { Sensitivity } from "../channel/channel.js";
import type { Findings } from "../diagnostics/findings.js";
import type { Place } from "../diagnostics/place.js";
import type { Escape } from "./escape-text.js";

/** A field that a template may read. */
export interface TemplateField {
  /** `list` holds texts or numbers, `items` holds objects whose fields `itemFields` tells. */
  readonly type: "text" | "number" | "boolean" | "date" | "list" | "items";
  /** Decimals of a number; `money` prints as many. */
  readonly scale?: number;
  /** Smallest and largest value of a number, which bound how long it prints. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** Most characters of a text. */
  readonly maxLength?: number;
  readonly sensitivity: Sensitivity;
  /** For `items`: the field of an item by its dotted name inside the item. */
  readonly itemFields?: (name: string) => TemplateField | undefined;
}

/** What a template is checked against. */
export interface TemplateContext {
  readonly findings: Findings;
  /** Where the template's text stands; every finding is placed there and names the line inside the template. */
  readonly place: Place;
  /** A field by the dotted name that a template writes: `name.first`, or `deposit.balance` where the rule speaks of deposits. */
  resolve(name: string): TemplateField | undefined;
  /** All names that `resolve` knows, for "did you mean". */
  names(): readonly string[];
  /** Most characters of the source, 20,000 if not given. */
  readonly maxLength?: number;
  /** How the part will be escaped. `html` is checked for the places that escaping does not protect; absent = as the text looks. */
  readonly escape?: Escape;
}
