import { hash } from "node:crypto";

/** SHA-256 of a text as lower-case hex, by Node's own code. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
