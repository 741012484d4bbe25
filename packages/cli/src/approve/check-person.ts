import type { Findings } from "@evertend/core";
import { samePerson } from "./approval.js";

/** Whether a person may approve: none of the authors, and one of the approvers where the project names some. */
export function checkPerson(by: string, authors: readonly string[], approvers: readonly string[] | undefined, file: string, findings: Findings): void {
  const place = { file, pointer: file.startsWith("--") ? "" : "/by", line: 0, column: 0 };
  if (by.trim() === "") findings.add("KEY_MISSING", place, { name: "by" });
  if (authors.some((author) => samePerson(author, by))) findings.add("APPROVAL_BY_AUTHOR", place, { name: by });
  if (approvers && !approvers.some((one) => samePerson(one, by))) findings.add("APPROVAL_PERSON", place, { name: by });
}
