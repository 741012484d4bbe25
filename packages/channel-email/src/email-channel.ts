import type { Channel } from "@evertend/core";
import { emailConfigSchema } from "./email-config-schema.js";
import { renderEmail } from "./render-email.js";

/**
 * The e-mail channel over SMTP. It renders in a browser too; nodemailer is loaded with `open` only.
 *
 * SMTP knows no repeated message: sending a key twice makes two e-mails, with one `Message-ID`.
 *
 * @example
 * ```ts
 * const email = createEmailChannel();
 * const rendered = email.render(touch, { host: "mail.bank.example", port: 587, from: { address: "care@bank.example" } });
 * rendered.parts.subject;
 * ```
 */
export function createEmailChannel(): Channel {
  return {
    contract: 1,
    id: "email",
    label: { "zh-CN": "电子邮件", en: "E-mail" },
    capabilities: {
      content: "free",
      // Small: what is under way when a process dies is in doubt.
      batchSize: 10,
      idempotency: "none",
      receipts: "none",
      optOut: "header",
      sensitivity: "personal",
      maxCharacters: null,
      parts: ["subject", "text", "html"],
      escape: { subject: "line", text: "plain", html: "html" },
      address: "mailbox",
    },
    configSchema: emailConfigSchema,
    render: renderEmail,
    open: async (config, host) => {
      const { openEmail } = await import("./open-email.js");
      return openEmail(config, host);
    },
  };
}
