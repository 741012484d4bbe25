export { createEmailChannel } from "./email-channel.js";
export { emailConfigSchema } from "./email-config-schema.js";
export { mailboxFault } from "./mailbox-fault.js";
