/**
 * JSON text that is the same for equal values: keys sorted by UTF-16 unit, no white space, members with `undefined` left
 * out. The value is plain JSON data; anything else (a function, a cycle, NaN, a Date) is a bug and throws a TypeError.
 *
 * @example
 * canonicalJson({ b: 1, a: [true, null] }) // {"a":[true,null],"b":1}
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

const deepest = 200;

function write(value: unknown, depth: number): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("canonicalJson: a number is not finite");
    return JSON.stringify(value);
  }
  if (typeof value !== "object") throw new TypeError(`canonicalJson: a ${typeof value} is not JSON`);
  if (depth >= deepest) throw new TypeError("canonicalJson: nested too deeply or cyclic");
  if (Array.isArray(value)) {
    const items: string[] = [];
    for (let i = 0; i < value.length; i++) items.push(write(value[i], depth + 1));
    return `[${items.join(",")}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError("canonicalJson: an object of a class is not JSON");
  }
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${write(member, depth + 1)}`);
  }
  return `{${members.join(",")}}`;
}
