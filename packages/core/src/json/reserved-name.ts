/** Names that reach into an object's prototype; never a key of a pack or a record. */
export function isReservedName(name: string): boolean {
  return name === "__proto__" || name === "constructor" || name === "prototype";
}
