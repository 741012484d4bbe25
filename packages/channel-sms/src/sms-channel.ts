import type { Channel } from "@evertend/core";
import { readSmsConfig } from "./read-sms-config.js";
import { renderSms } from "./render-sms.js";
import { smsConfigSchema } from "./sms-config-schema.js";
import { smsProfiles } from "./sms-profile.js";
import type { SmsProfile } from "./sms-profile.js";

/**
 * The SMS channel. It renders in a browser too; `open` hands batches over to the bank's own SMS platform as files
 * (Node only).
 *
 * @param profile Signature, opt-out texts, limit and provider rules where the configuration says nothing.
 * @example
 * ```ts
 * const sms = createSmsChannel();
 * const rendered = sms.render(touch, { signature: "【示例银行】" });
 * rendered.segments; // 1
 * ```
 */
export function createSmsChannel(profile: SmsProfile = smsProfiles.plain): Channel {
  return {
    contract: 1,
    id: "sms",
    label: { "zh-CN": "短信", en: "SMS" },
    capabilities: {
      content: profile.content,
      batchSize: 500,
      idempotency: "native",
      receipts: "none",
      optOut: "text",
      sensitivity: "personal",
      maxCharacters: profile.maxCharacters,
      parts: ["text"],
      escape: { text: "plain" },
      address: "phone",
    },
    configSchema: smsConfigSchema,
    render: (touch, config, lang) => renderSms(touch, config, profile, lang),
    open: async (config, host) => {
      const settings = readSmsConfig(config, profile);
      const { openHandoff } = await import("./open-handoff.js");
      return openHandoff(settings.directory, (touch) => renderSms(touch, config, profile), host);
    },
  };
}
