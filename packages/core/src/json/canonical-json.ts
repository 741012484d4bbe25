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

/** Keys as they are written: records have the same few by the million. */
const writtenKeys = new Map<string, string>();
const mostKeys = 10_000;

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("canonicalJson: a number is not finite");
    // -0 is 0 in JSON too.
    return String(value);
  }
  if (typeof value !== "object") throw new TypeError(`canonicalJson: a ${typeof value} is not JSON`);
  if (depth >= deepest) throw new TypeError("canonicalJson: nested too deeply or cyclic");
  if (Array.isArray(value)) {
    let items = "[";
    for (let i = 0; i < value.length; i++) items += i === 0 ? write(value[i], depth + 1) : `,${write(value[i], depth + 1)}`;
    return `${items}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError("canonicalJson: an object of a class is not JSON");
  }
  const keys = Object.keys(value);
  if (!inOrder(keys)) keys.sort();
  let members = "{";
  for (const key of keys) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members += `${members === "{" ? "" : ","}${writtenKey(key)}${write(member, depth + 1)}`;
  }
  return `${members}}`;
}

function inOrder(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false;
  return true;
}

function writtenKey(key: string): string {
  let written = writtenKeys.get(key);
  if (written === undefined) {
    written = `${JSON.stringify(key)}:`;
    if (writtenKeys.size < mostKeys) writtenKeys.set(key, written);
  }
  return written;
}

/** Texts are short and plain as a rule: nothing in them needs an escape. */
function quote(text: string): string {
  if (text.length > 64) return JSON.stringify(text);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code & 0xf800) === 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}
