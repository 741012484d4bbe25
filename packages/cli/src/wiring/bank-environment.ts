import { bankingPlugin } from "@evertend/banking";
import { createEmailChannel } from "@evertend/channel-email";
import { createSmsChannel, smsProfiles } from "@evertend/channel-sms";
import { createEnvironment, definePlugin, type ChannelConfig, type Environment, type Plugin } from "@evertend/core";

/** What the environment of a bank is made of beside the plugins that come along. */
export interface BankEnvironmentOptions {
  readonly plugins?: readonly Plugin[];
  /** Name of the SMS profile; `plain` if not given. */
  readonly smsProfile?: keyof typeof smsProfiles;
}

/** The environment of the command line: the kinds of banking, SMS and e-mail, and the plugins of the project. */
export function createBankEnvironment(options: BankEnvironmentOptions = {}): Environment {
  const channels = definePlugin({ name: "channels", channels: [createSmsChannel(smsProfiles[options.smsProfile ?? "plain"]), createEmailChannel()] });
  return createEnvironment([bankingPlugin, channels, ...(options.plugins ?? [])]);
}

/**
 * Settings with which a dry run renders where the project says nothing. The names in them lead nowhere (RFC 2606), and
 * nothing is ever sent with them.
 */
export const previewConfigs: Readonly<Record<string, ChannelConfig>> = {
  email: {
    host: "smtp.example.invalid",
    port: 587,
    from: { address: "sender@example.invalid" },
    unsubscribe: { mailto: "unsubscribe@example.invalid" },
  },
};
