/**
 * Why a message is sent, in the sense of the law: `mandatory` (must be told), `service` (about what the customer
 * holds), `greeting` (care), `marketing` (selling). Consent, quiet hours and caps depend on it.
 */
export type MessageClass = "mandatory" | "service" | "greeting" | "marketing";

/** All classes, from the most to the least protected against being held back. */
export const messageClasses: readonly MessageClass[] = ["mandatory", "service", "greeting", "marketing"];
