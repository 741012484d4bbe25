import type { Consent } from "../ports/consent.js";

/** What is known of a customer's will. */
export type ConsentStatus = "granted" | "refused" | "unknown";

/**
 * What a customer said for a purpose on a channel (`null` = in general) as of a civil date. The latest entry for the
 * purpose and channel counts, on one day the refusal; entries dated later than `asOf` do not count yet. A refusal for
 * this channel stands even where consent in general came later; a refusal in general yields only to a later consent for
 * this very channel.
 *
 * @param asOf - `YYYY-MM-DD`
 */
export function consentStatus(consents: readonly Consent[], purpose: string, channel: string | null, asOf: string): ConsentStatus {
  const general = latest(consents, purpose, undefined, asOf);
  const own = channel === null ? undefined : latest(consents, purpose, channel, asOf);
  if (own && own.status !== "granted") return "refused";
  if (general && general.status !== "granted") {
    return own && (own.date ?? "") > (general.date ?? "") ? "granted" : "refused";
  }
  return own || general ? "granted" : "unknown";
}

/** Whether a status satisfies the rule of a message class. */
export function consentSuffices(rule: "required" | "opt-out" | "none", status: ConsentStatus): boolean {
  if (rule === "none") return true;
  return rule === "required" ? status === "granted" : status !== "refused";
}

function latest(consents: readonly Consent[], purpose: string, channel: string | undefined, asOf: string): Consent | undefined {
  let found: Consent | undefined;
  for (const entry of consents) {
    // An empty channel cell of a file means all channels, as an absent one does.
    if (entry.purpose !== purpose || (entry.channel === "" ? undefined : entry.channel) !== channel) continue;
    const date = entry.date ?? "";
    if (date > asOf) continue;
    const best = found?.date ?? "";
    if (!found || date > best || (date === best && entry.status !== "granted")) found = entry;
  }
  return found;
}
