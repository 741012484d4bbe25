import type { KindBuilder } from "@evertend/core";

/**
 * Reports keys that every rule may have but that mean nothing to this kind: a key that is silently ignored is worse
 * than an error.
 */
export function rejectKeys(builder: KindBuilder, keys: readonly string[]): void {
  for (const name of keys) {
    if (builder.rule.json[name] !== undefined) builder.report("UNKNOWN_KEY", `/${name}`, { name });
  }
}
