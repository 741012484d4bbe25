import { parsePath } from "@evertend/core";

/**
 * The only path resolver that the bridge hands to json-rules-engine: plain members and indexes, own properties only. The
 * default one executes code that stands in a rule's `path`.
 *
 * @returns the value, `undefined` where there is none or the path is more than plain members
 */
export function plainPath(value: object, path: string): unknown {
  const steps = parsePath(path);
  if (typeof steps === "string") return undefined;
  let found: unknown = value;
  for (const step of steps) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found;
}
