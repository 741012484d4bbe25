import { formatDay, isObject, parseDay, type Catalogue } from "@evertend/core";

/**
 * Reads from a record's text the civil date on which it was last changed, by the model's role `changedAt`; absent where the
 * model has none. An instant counts with the day after it as well: in the bank's zone it may be another day.
 */
export function changedAtOf(model: Catalogue): ((json: string) => string | undefined) | undefined {
  const name = model.roles.get("changedAt");
  if (name === undefined) return undefined;
  const path = name.split(".");
  return (json) => {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return undefined;
    }
    for (const step of path) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (typeof value !== "string") return undefined;
    const day = parseDay(value.slice(0, 10));
    return day === undefined ? undefined : formatDay(value.length > 10 ? day + 1 : day);
  };
}
