import type { Bilingual } from "../ports/report-data.js";
import type { ParameterVoice } from "./overlay.js";

/** A number, text or list that product teams may change without touching a rule. */
export interface Parameter {
  readonly name: string;
  readonly value: string | number | boolean | readonly (string | number)[];
  readonly label: Bilingual;
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Where the value comes from: a mission row (`S124`), a law, or `not from the documents`. */
  readonly source: string;
  readonly owner?: string;
  /** Where an overlay set it: what the pack and each overlay said, outermost first; the last one holds. */
  readonly voices?: readonly ParameterVoice[];
}
