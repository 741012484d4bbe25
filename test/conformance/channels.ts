import { createEmailChannel } from "@evertend/channel-email";
import { createSmsChannel } from "@evertend/channel-sms";
import type { Channel } from "@evertend/core";

/** The channels that exist, so that templates are checked against what they can carry. */
export function createChannels(): readonly Channel[] {
  return [createEmailChannel(), createSmsChannel()];
}
