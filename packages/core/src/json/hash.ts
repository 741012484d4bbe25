import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A host's own SHA-256 of a text's UTF-8 bytes, as `sha256Hex` gives it. */
export type Sha256 = (text: string) => string;

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
