/** One step of a path: a member or an index. */
export type PathStep = string | number;

const pattern = /^\$(\.[A-Za-z_]\w{0,63}|\[\d{1,5}\]){0,16}$/;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads a plain path (`$.address.city`, `$.items[0]`, or the same without `$.`). Nothing else of JSONPath exists here:
 * scripts, filters, wildcards and unions are refused, because resolvers that know them can be made to run code.
 */
export function parsePath(text: string): readonly PathStep[] | "PATH_SYNTAX" | "PATH_FORBIDDEN" {
  const path = text.startsWith("$") ? text : text.startsWith("[") || text.startsWith(".") ? `$${text}` : `$.${text}`;
  if (text.length > 1200 || !pattern.test(path)) return "PATH_SYNTAX";
  const steps: PathStep[] = [];
  for (const step of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) steps.push(step[1] ?? Number(step[2]));
  return steps.some((step) => typeof step === "string" && forbidden.has(step)) ? "PATH_FORBIDDEN" : steps;
}
