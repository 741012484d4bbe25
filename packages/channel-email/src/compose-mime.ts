import type MailComposer from "nodemailer/lib/mail-composer";
import type { Rendered } from "@evertend/core";
import type { EmailConfig } from "./read-email-config.js";

/** Headers that nodemailer builds from the fields below; the others go out exactly as rendered. */
const built = new Set(["From", "To", "Reply-To", "Message-ID"]);

/**
 * The message as it goes over the wire. Bodies are strings only, files and URLs are never opened. The same rendered
 * message at the same instant gives the same bytes: even the boundary comes from the key.
 *
 * @param at Instant of sending in ISO form, for the `Date` header.
 */
export async function composeMime(Composer: typeof MailComposer, rendered: Rendered, config: EmailConfig, at: string): Promise<{ readonly raw: Buffer; readonly messageId: string }> {
  const headers = JSON.parse(rendered.parts["headers"] ?? "{}") as Record<string, string>;
  const messageId = headers["Message-ID"] ?? "";
  const html = rendered.parts["html"];
  const node = new Composer({
    from: { name: config.from.name, address: config.from.address },
    to: { name: "", address: rendered.to },
    ...(config.replyTo === null ? {} : { replyTo: { name: "", address: config.replyTo } }),
    subject: rendered.parts["subject"] ?? "",
    text: rendered.parts["text"] ?? "",
    ...(html === undefined ? {} : { html }),
    messageId,
    date: new Date(at),
    // Prepared: neither encoded nor folded. A folded List-Unsubscribe breaks DKIM signatures of some servers.
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !built.has(name)).map(([name, value]) => [name, { prepared: true, value }])),
    baseBoundary: messageId.replace(/[^A-Za-z0-9]/g, "").slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "win",
  }).compile();
  return { raw: await node.build(), messageId };
}
