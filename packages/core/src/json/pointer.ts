/** Escapes one member name for an RFC 6901 JSON pointer. */
export function escapePointer(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/**
 * Extends a JSON pointer by member names and indexes.
 *
 * @example
 * joinPointer("/rules/0", "when", 1) // "/rules/0/when/1"
 */
export function joinPointer(pointer: string, ...parts: readonly (string | number)[]): string {
  let joined = pointer;
  for (const part of parts) joined += "/" + (typeof part === "number" ? String(part) : escapePointer(part));
  return joined;
}

/** Splits a JSON pointer into its names; `""` (the whole document) gives none. */
export function splitPointer(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
