import type { Channel, Touch } from "@evertend/core";

/** A good address of a channel's kind; different numbers give different ones. */
export function sampleAddress(channel: Channel, number: number): string {
  switch (channel.capabilities.address) {
    case "phone":
      return `+86138${String(10_000_000 + number)}`;
    case "mailbox":
      return `recipient-${number}@example.com`;
    case "opaque":
      return `recipient-${number}`;
  }
}

/** A service message that fills every part of a channel. Key and address differ from number to number. */
export function sampleTouch(channel: Channel, number: number, changes: Partial<Touch> = {}): Touch {
  const { parts, escape } = channel.capabilities;
  return {
    key: `conformance-${number}`,
    customerId: `C-${number}`,
    ruleId: "deposit-maturity",
    subject: `D-${number}`,
    occurrence: "2026-12-30/7",
    action: "message:deposit-maturity",
    class: "service",
    channel: channel.id,
    to: sampleAddress(channel, number),
    template: "deposit-maturity",
    locale: "en",
    parts: Object.fromEntries(parts.map((part) => [part, escape[part] === "html" ? `<p>Message ${number}</p>` : `Message ${number}`])),
    slots: { number: String(number) },
    notBefore: null,
    expiresAt: null,
    ...changes,
  };
}
