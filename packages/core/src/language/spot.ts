import type { Findings } from "../diagnostics/findings.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { DiagnosticParams } from "../diagnostics/describe.js";
import type { JsonDocument } from "../json/parse-json.js";
import type { Origin } from "../lower/node.js";
import { joinPointer } from "../json/pointer.js";

/** A place in a document while it is read: where findings point to. */
export class Spot {
  #origin: Origin | undefined;

  constructor(
    readonly document: JsonDocument,
    readonly pointer: string,
    readonly findings: Findings,
  ) {}

  /** The spot of a member or element. */
  at(...keys: readonly (string | number)[]): Spot {
    return new Spot(this.document, joinPointer(this.pointer, ...keys), this.findings);
  }

  /** The spot at a relative pointer (`/steps/0`). */
  down(pointer: string): Spot {
    return pointer === "" ? this : new Spot(this.document, this.pointer + pointer, this.findings);
  }

  report(code: DiagnosticCode, params?: DiagnosticParams): void {
    this.findings.add(code, this.document.place(this.pointer), params);
  }

  /** Reports at the name of this member instead of its value. */
  reportKey(code: DiagnosticCode, params?: DiagnosticParams): void {
    this.findings.add(code, this.document.keyPlace(this.pointer), params);
  }

  /** The same object whenever it is asked for: of one place many nodes may be made. */
  get origin(): Origin {
    return (this.#origin ??= { file: this.document.file, pointer: this.pointer });
  }
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON type of a value, as diagnostics name it. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value === "object" ? "object" : typeof value;
}

/** A JSON value as a finding names it. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
