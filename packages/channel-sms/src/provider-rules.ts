import type { Bilingual } from "@evertend/core";

/**
 * What a provider demands of a message with variables, as data. The numbers were collected in November 2026 from the
 * pages named in `source`; providers change them, so check the page before a bank relies on one.
 */
export interface SmsProviderRules {
  readonly id: string;
  readonly label: Bilingual;
  /** Pages that the numbers come from. */
  readonly source: readonly string[];
  /** Two variables may stand next to each other. */
  readonly adjacentSlots: boolean;
  /** A template may consist of variables only. */
  readonly onlySlots: boolean;
  /** The value of a variable may hold a link. */
  readonly linksInSlots: boolean;
  /** Most variables in one template; `null` where no limit is known. */
  readonly maxSlots: number | null;
  /** Longest message with signature and opt-out text, in characters. */
  readonly maxCharacters: number;
  /** What a recipient answers to refuse further messages, as the provider words it. */
  readonly optOut: Readonly<Record<string, string>>;
  /** The provider carries messages of banks at all. */
  readonly financialContent: boolean;
}

const englishOptOut = "Reply R to opt out";

/** Rules of providers by id. */
export const smsProviderRules = {
  aliyun: {
    id: "aliyun",
    label: { "zh-CN": "阿里云短信", en: "Alibaba Cloud SMS" },
    source: ["Alibaba Cloud help 44335 (length)", "Alibaba Cloud help 101346 (signature filing)"],
    adjacentSlots: false,
    onlySlots: false,
    linksInSlots: false,
    maxSlots: null,
    maxCharacters: 500,
    optOut: { "zh-CN": "拒收请回复R", en: englishOptOut },
    financialContent: true,
  },
  huawei: {
    id: "huawei",
    label: { "zh-CN": "华为云消息&短信", en: "Huawei Cloud Message & SMS" },
    source: ["Huawei Cloud MSGSMS iotcom_03_1002"],
    adjacentSlots: false,
    onlySlots: false,
    linksInSlots: false,
    maxSlots: 20,
    maxCharacters: 500,
    optOut: { "zh-CN": "拒收请回复R", en: englishOptOut },
    financialContent: true,
  },
  tencent: {
    id: "tencent",
    label: { "zh-CN": "腾讯云短信", en: "Tencent Cloud SMS" },
    source: ["Tencent Cloud 382/39023 (templates, banned content; June 2025)", "Tencent Cloud 382/13301 (opt-out words)"],
    adjacentSlots: false,
    onlySlots: false,
    linksInSlots: false,
    maxSlots: null,
    maxCharacters: 500,
    optOut: { "zh-CN": "回T退订", en: "Reply T to opt out" },
    financialContent: false,
  },
} as const satisfies Record<string, SmsProviderRules>;
