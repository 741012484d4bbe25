/** Names that `{"param": name}` asks for anywhere in a piece of a pack, in the order in which they stand. */
export function parametersIn(json: unknown): readonly string[] {
  if (typeof json !== "object" || json === null) return [];
  const own = !Array.isArray(json) && Object.keys(json).length === 1 ? (json as { readonly param?: unknown }).param : undefined;
  return typeof own === "string" ? [own] : [...new Set(Object.values(json).flatMap(parametersIn))];
}
