import { isObject } from "../language/spot.js";

/** A value inside a record, by own properties only: names of `Object.prototype` are no fields. */
export function ownValue(record: unknown, path: readonly string[]): unknown {
  let value = record;
  for (const step of path) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}
