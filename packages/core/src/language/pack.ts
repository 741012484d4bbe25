import type { Bilingual } from "../ports/report-data.js";

/** The files of a pack by path relative to its folder (`rules/reminders.json`), as text. */
export type PackFiles = Readonly<Record<string, string>>;

/** Identity of a pack. */
export interface PackInfo {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  /** Locale of messages to customers who have none of their own. */
  readonly locale: "zh-CN" | "en";
}
