/**
 * What a diagnostic code says. Texts hold `{placeholder}`s; a part in square brackets is left out when one of its
 * placeholders is not given: `Unknown[ in "{where}"].`
 */
export interface CodeEntry {
  readonly severity: "error" | "warning" | "info";
  /** What is wrong. */
  readonly message: Readonly<Record<"zh-CN" | "en", string>>;
  /** What to do about it. */
  readonly hint: Readonly<Record<"zh-CN" | "en", string>>;
}
