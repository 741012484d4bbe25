import { sha256Hex, type Sha256 } from "../json/hash.js";

/** What makes an action one and the same tomorrow. */
export interface KeyParts {
  /** Name of the entity, as `customer`. */
  readonly entity: string;
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence: string;
  /** `message:<template>` or `task:<template>`, with `#n` where a rule has the same action more than once. */
  readonly action: string;
}

/** The key under which an action is planned at most once: the first 32 hex digits of a SHA-256 over its parts, by the host's own where it has one. */
export function planKey(parts: KeyParts, sha256: Sha256 = sha256Hex): string {
  const { entity, customerId, ruleId, subject, occurrence, action } = parts;
  return sha256(JSON.stringify([entity, customerId, ruleId, subject, occurrence, action])).slice(0, 32);
}

/** The key of asking a customer once for consent with a task template, whichever rules need it. */
export function askKey(entity: string, customerId: string, template: string, sha256: Sha256 = sha256Hex): string {
  return planKey({ entity, customerId, ruleId: "", subject: "", occurrence: "", action: `task:${template}` }, sha256);
}
