import type { Touch } from "@evertend/core";

/** A service SMS; tests change what they are about. */
export function touchWith(changes: Partial<Touch> = {}): Touch {
  return {
    key: "k1",
    customerId: "C1",
    ruleId: "deposit-maturity",
    subject: "D1",
    occurrence: "2026-12-30/7",
    action: "message:deposit-maturity",
    class: "service",
    channel: "sms",
    to: "+8613800138000",
    template: "deposit-maturity",
    locale: "zh-CN",
    parts: { text: "您的定期存款将于12月30日到期。" },
    slots: { date: "12月30日" },
    notBefore: null,
    expiresAt: null,
    ...changes,
  };
}
