import type { ChannelHost, Touch } from "@evertend/core";

/** A service e-mail; tests change what they are about. */
export function touchWith(changes: Partial<Touch> = {}): Touch {
  return {
    key: "3f9a",
    customerId: "C1",
    ruleId: "deposit-maturity",
    subject: "D1",
    occurrence: "2026-12-30/7",
    action: "message:deposit-maturity",
    class: "service",
    channel: "email",
    to: "wang@example.com",
    template: "deposit-maturity",
    locale: "zh-CN",
    parts: { subject: "定期存款即将到期", text: "您的定期存款将于12月30日到期。", html: "<p>您的定期存款将于<b>12月30日</b>到期。</p>" },
    slots: {},
    notBefore: null,
    expiresAt: null,
    ...changes,
  };
}

/** A host at a fixed instant with the given secrets. */
export function hostWith(secrets: Readonly<Record<string, string>> = {}, signal = new AbortController().signal): ChannelHost {
  return {
    now: () => "2026-11-24T09:00:00+08:00",
    secret: (reference) => {
      const value = secrets[reference];
      if (value === undefined) throw new Error("there is no such secret");
      return value;
    },
    log: () => undefined,
    signal,
  };
}
