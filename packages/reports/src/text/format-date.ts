import type { Lang } from "@evertend/core";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/**
 * A civil date (`YYYY-MM-DD`) as people write it: `2026年12月1日`, `1 December 2026`. Any other text comes back as it is.
 */
export function formatDate(date: string, lang: Lang): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return date;
  const [, year = "", month = "", day = ""] = parts;
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return date;
  return lang === "en" ? `${Number(day)} ${name} ${year}` : `${year}年${Number(month)}月${Number(day)}日`;
}
