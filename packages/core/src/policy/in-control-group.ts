import { sha256Hex, type Sha256 } from "../json/hash.js";

/**
 * Whether a customer belongs to the control group that a rule leaves untouched. The draw depends on nothing but the
 * arguments, so that a customer stays in the group from day to day.
 *
 * @param share - 0..1
 */
export function inControlGroup(holdoutKey: string, ruleId: string, customerId: string, share: number, sha256: Sha256 = sha256Hex): boolean {
  const draw = parseInt(sha256(JSON.stringify([holdoutKey, ruleId, customerId])).slice(0, 8), 16) / 2 ** 32;
  return draw < share;
}
