import type { SendOutcome } from "@evertend/core";

/** How far a message had come when it failed. `handed-over`: the server had begun to take its content. */
export type SmtpStage = "session" | "envelope" | "handed-over";

type Failed = Exclude<SendOutcome, { readonly outcome: "accepted" }>;

/**
 * What an SMTP failure means for a message. Only codes go into `detail`: a server's words often repeat the address.
 *
 * - Content was on its way and no reply came: `unknown`, SMTP cannot tell (RFC 1047).
 * - The session failed (connecting, TLS, login): nothing was said about this message, so it is `retryable`.
 * - 421, 452: `throttled` for everybody; 450 and 451 with a policy code (x.7.y, greylisting): for this recipient.
 * - Other 4xx `retryable`, 5xx `permanent`.
 */
export function smtpFault(key: string, error: unknown, stage: SmtpStage): Failed {
  const { code, responseCode, response, command } = read(error);
  if (responseCode === null || (stage === "handed-over" && code !== "EMESSAGE")) {
    if (stage === "handed-over") return { key, outcome: "unknown", detail: `no answer after the message was handed over (${code})` };
    const refusedHere = code === "EENVELOPE" || code === "EMESSAGE";
    return refusedHere
      ? { key, outcome: "permanent", detail: `the message does not fit the server (${code})` }
      : { key, outcome: "retryable", detail: `no session with the server (${code})` };
  }
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? "";
  const detail = [responseCode, enhanced, command === "" ? "" : `after ${command}`].filter((part) => part !== "").join(" ");
  if (responseCode === 421 || (responseCode === 452 && !enhanced.startsWith("4.2."))) return { key, outcome: "throttled", scope: "channel", detail };
  // 530 and 538 ask for a login or for TLS: a matter of the settings, not of this message.
  if (stage === "session" || responseCode === 530 || responseCode === 538) return { key, outcome: "retryable", detail: `the server refused the session (${detail})` };
  if ((responseCode === 450 || responseCode === 451) && enhanced.startsWith("4.7.")) return { key, outcome: "throttled", scope: "recipient", detail };
  return { key, outcome: responseCode < 500 ? "retryable" : "permanent", detail };
}

const commands = new Set(["MAIL FROM", "RCPT TO", "DATA", "CONN", "EHLO", "STARTTLS", "AUTH PLAIN", "AUTH LOGIN", "AUTH CRAM-MD5"]);

function read(error: unknown): { code: string; responseCode: number | null; response: string; command: string } {
  const fields: Readonly<Record<string, unknown>> = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
  const { code, responseCode, response, command } = fields;
  return {
    code: typeof code === "string" && /^[A-Z][A-Z_]{1,30}$/.test(code) ? code : "failed",
    responseCode: typeof responseCode === "number" ? responseCode : null,
    response: typeof response === "string" ? response : "",
    command: typeof command === "string" && commands.has(command) ? command : "",
  };
}
