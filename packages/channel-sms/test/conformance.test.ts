import { afterAll, describe, test } from "vitest";
import { rm } from "node:fs/promises";
import { runChannelConformance } from "@evertend/testing";
import { createSmsChannel, smsProfiles } from "@evertend/channel-sms";
import { HandoffGateway } from "./handoff-gateway.js";

const settings = [
  { name: "no signature: both encodings", config: {} },
  { name: "a Chinese signature: UCS-2", config: { signature: "【示例银行】", optOut: { "zh-CN": "拒收请回复R", en: "Reply R to opt out" }, maxCharacters: 500 } },
  { name: "approved templates", profile: smsProfiles.huawei, config: { signature: "【示例银行】", templates: { "deposit-maturity": "SMS_123" } } },
];

for (const { name, profile, config } of settings) {
  const gateway = new HandoffGateway();
  describe(name, () => {
    afterAll(() => rm(gateway.directory, { recursive: true, force: true }));
    runChannelConformance(test, {
      channel: createSmsChannel(profile),
      gateway,
      config: () => ({ ...config, transport: { kind: "handoff", directory: gateway.directory } }),
    });
  });
}
