import type { ChannelConfig, ChannelHost, OpenChannel, SendOutcome, Touch } from "@evertend/core";
import { DiagnosticError, Findings } from "@evertend/core";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { composeMime } from "./compose-mime.js";
import { readEmailConfig } from "./read-email-config.js";
import type { EmailConfig } from "./read-email-config.js";
import { renderEmail } from "./render-email.js";
import { SmtpSession } from "./smtp-session.js";
import type { SmtpSettings, WireMessage } from "./smtp-session.js";
import { smtpFault } from "./smtp-fault.js";

/**
 * Makes the channel ready to send over SMTP. It connects with the first batch, keeps one connection for a batch and
 * holds none between batches.
 *
 * @throws DiagnosticError for settings that cannot be used, and with SECRET_MISSING where the host has no such secret.
 */
export async function openEmail(channelConfig: ChannelConfig, host: ChannelHost): Promise<OpenChannel> {
  const config = readEmailConfig(channelConfig);
  const settings = resolveSecrets(config, host);
  const stop = new AbortController();
  const signal = AbortSignal.any([host.signal, stop.signal]);
  const running = new Set<Promise<unknown>>();
  return {
    send(batch) {
      const sending = sendBatch(batch, { channelConfig, config, settings, host, signal });
      running.add(sending);
      return sending.finally(() => running.delete(sending));
    },
    async close() {
      stop.abort();
      await Promise.allSettled(running);
    },
  };
}

interface Sending {
  readonly channelConfig: ChannelConfig;
  readonly config: EmailConfig;
  readonly settings: SmtpSettings;
  readonly host: ChannelHost;
  readonly signal: AbortSignal;
}

async function sendBatch(batch: readonly Touch[], sending: Sending): Promise<readonly SendOutcome[]> {
  const { settings, host, signal } = sending;
  const outcomes: SendOutcome[] = [];
  let session: SmtpSession | null = null;
  /** Set once the server cannot be used for the rest of the batch either. */
  let rest: ((key: string) => SendOutcome) | null = null;
  for (const touch of batch) {
    const message = await prepare(touch, sending);
    if ("outcome" in message) {
      outcomes.push(message);
      continue;
    }
    if (rest === null && (session === null || !session.isOpen) && !signal.aborted) {
      try {
        session = await SmtpSession.connect(SMTPConnection, settings, signal);
      } catch (error) {
        rest = (key) => smtpFault(key, error, "session");
      }
    }
    if (signal.aborted) rest = (key) => ({ key, outcome: "retryable", detail: "stopped before it was sent" });
    const outcome: SendOutcome = rest !== null || session === null ? (rest ?? unsent)(touch.key) : await session.send(message, signal);
    if (outcome.outcome === "throttled" && outcome.scope === "channel") rest ??= (key) => ({ ...outcome, key });
    outcomes.push(outcome);
  }
  await session?.quit();
  host.log("email.sent", { accepted: outcomes.filter((o) => o.outcome === "accepted").length, of: batch.length });
  return outcomes;
}

function unsent(key: string): SendOutcome {
  return { key, outcome: "retryable", detail: "no session with the server" };
}

/** Renders and composes; what cannot be sent becomes its outcome at once. */
async function prepare(touch: Touch, { channelConfig, config, host }: Sending): Promise<WireMessage | SendOutcome> {
  try {
    const rendered = renderEmail(touch, channelConfig);
    const codes = [...new Set(rendered.diagnostics.filter((d) => d.severity === "error").map((d) => d.code))];
    if (codes.length > 0) return { key: touch.key, outcome: "permanent", detail: codes.join(", ") };
    const { raw, messageId } = await composeMime(MailComposer, rendered, config, host.now());
    return { key: touch.key, from: config.from.address, to: rendered.to, messageId, raw };
  } catch {
    return { key: touch.key, outcome: "permanent", detail: "the message could not be composed" };
  }
}

function resolveSecrets(config: EmailConfig, host: ChannelHost): SmtpSettings {
  const findings = new Findings("en");
  const resolve = (reference: string, pointer: string): string => {
    try {
      return host.secret(reference);
    } catch {
      findings.add("SECRET_MISSING", { file: "", pointer, line: 0, column: 0 }, { name: reference });
      return "";
    }
  };
  const { host: server, port, secure, requireTLS, heloName } = config;
  const ca = config.ca === null ? null : resolve(config.ca, "/ca");
  const auth = config.auth === null ? null : { user: config.auth.user, password: resolve(config.auth.password, "/auth/password") };
  if (findings.hasErrors) throw new DiagnosticError(findings.list);
  return { host: server, port, secure, requireTLS, ca, heloName, auth };
}
