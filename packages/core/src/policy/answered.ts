import { isAnswer } from "./contact-log.js";
import type { LoggedContact } from "./contact-log.js";

/** An older answer was given to an earlier occurrence. */
const daysAnAnswerCounts = 60;

/** Whether the log holds an answer to this rule about this subject in the last 60 days, today included. */
export function answered(log: readonly LoggedContact[], ruleId: string, subject: string, asOf: number): boolean {
  return log.some((entry) => entry.ruleId === ruleId && (entry.subject ?? "") === subject && entry.day <= asOf && entry.day > asOf - daysAnAnswerCounts && isAnswer(entry));
}
