import { randomUUID } from "node:crypto";

/**
 * Tells the test processes which run they belong to, as `<pid>.<random>`: what they start and share ends with that
 * process.
 */
export function setup(): void {
  process.env["EVERTEND_TEST_RUN"] = `${process.pid}.${randomUUID()}`;
}
