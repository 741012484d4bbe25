import type { Parameter } from "@evertend/core";

/**
 * A cell as a value of the parameter's own type. Nothing is converted that a spreadsheet program may have made of
 * something else: a number is no text (`0571` would have lost its zero), a text no number.
 */
export function valueOfCell(cell: string | number | boolean | null, own: Parameter["value"]): { readonly value: Parameter["value"] } | { readonly expected: string } {
  if (typeof own === "object") return listOf(cell, own);
  if (typeof own === typeof cell) return { value: cell as Parameter["value"] };
  if (typeof own === "boolean" && (cell === "true" || cell === "false")) return { value: cell === "true" };
  if (own === "" && cell === null) return { value: "" };
  return { expected: typeof own === "string" ? "text" : typeof own };
}

/** One item a line, all of the type that the list has now. */
function listOf(cell: string | number | boolean | null, own: readonly (string | number)[]): { readonly value: Parameter["value"] } | { readonly expected: string } {
  const lines = cell === null ? [] : String(cell).split(/\r\n|\n|\r/).map((line) => line.trim()).filter((line) => line !== "");
  if (own.every((item) => typeof item === "string")) return { value: lines };
  const numbers = lines.map((line) => (/^-?\d+(\.\d+)?$/.test(line) ? Number(line) : NaN));
  if (own.every((item) => typeof item === "number") && numbers.every(Number.isFinite)) return { value: numbers };
  return { expected: "list" };
}
