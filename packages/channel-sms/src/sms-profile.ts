import { smsProviderRules } from "./provider-rules.js";
import type { SmsProviderRules } from "./provider-rules.js";

/** What an SMS channel assumes unless its configuration says otherwise. All of it is data. */
export interface SmsProfile {
  /** `free` text, or only templates that the gateway approved beforehand. */
  readonly content: "free" | "template";
  /** Stands in front of every text, such as `【示例银行】`; `""` for none. */
  readonly signature: string;
  /** How a recipient refuses, by locale. Marketing must carry it. */
  readonly optOut: Readonly<Record<string, string>>;
  /** Longest text in characters, signature and opt-out text included. */
  readonly maxCharacters: number;
  /** Rules of the provider for template variables; `null` where there is none. */
  readonly provider: SmsProviderRules | null;
}

function ofProvider(provider: SmsProviderRules): SmsProfile {
  return { content: "template", signature: "", optOut: provider.optOut, maxCharacters: provider.maxCharacters, provider };
}

/**
 * Profiles to start from. `plain` is the bank's own SMS platform. Tencent Cloud has rules but no profile: it takes no
 * financial content.
 */
export const smsProfiles = {
  plain: {
    content: "free",
    signature: "",
    optOut: { "zh-CN": "拒收请回复R", en: "Reply R to opt out" },
    maxCharacters: 500,
    provider: null,
  },
  aliyun: ofProvider(smsProviderRules.aliyun),
  huawei: ofProvider(smsProviderRules.huawei),
} as const satisfies Record<string, SmsProfile>;
