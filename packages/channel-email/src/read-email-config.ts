import type { ChannelConfig, Lang } from "@evertend/core";
import { DiagnosticError, Findings } from "@evertend/core";
import { emailText } from "./email-texts.js";
import { mailboxFault } from "./mailbox-fault.js";

/** The configuration, read and safe to build headers from. Secrets are still references. */
export interface EmailConfig {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** Without STARTTLS nothing is sent. */
  readonly requireTLS: boolean;
  readonly ca: string | null;
  readonly heloName: string | null;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  readonly auth: { readonly user: string; readonly password: string } | null;
  readonly unsubscribe: { readonly mailto: string | null; readonly url: string | null };
  readonly postalAddress: string;
}

const controls = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const reference = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;
/** Printable ASCII without what would end a header item: the URL goes into a header as it is. */
const oneClickUrl = /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?\/[!-;=?-~]*$/;

/**
 * Reads a configuration. The host has checked it against `configSchema`; this refuses what a schema cannot see: a
 * connection without TLS to another machine, a second mailbox, a line break on its way into a header.
 *
 * @throws DiagnosticError with a pointer for each value that cannot be used.
 */
export function readEmailConfig(config: ChannelConfig, lang: Lang = "en"): EmailConfig {
  const findings = new Findings(lang);
  const place = (pointer: string) => ({ file: "", pointer, line: 0, column: 0 });
  const refuse = (pointer: string, expected: string, detail = emailText("wrongValue", lang, pointer.slice(1).replaceAll("/", "."))): void =>
    findings.add("CHANNEL_CONFIG_INVALID", place(pointer), { name: "email", detail, expected });

  const text = (from: Readonly<Record<string, unknown>>, name: string, pointer: string, valid: (value: string) => boolean, expected: string): string | null => {
    const value = Object.hasOwn(from, name) ? from[name] : undefined;
    if (value === undefined) return null;
    if (typeof value === "string" && !controls.test(value) && valid(value)) return value;
    refuse(pointer, expected);
    return null;
  };
  const group = (name: string): Readonly<Record<string, unknown>> | null => {
    const value = config[name];
    if (value === undefined) return null;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    refuse(`/${name}`, "an object");
    return null;
  };
  const secret = (from: Readonly<Record<string, unknown>>, name: string, pointer: string): string | null => {
    const value = from[name];
    if (value === undefined) return null;
    if (typeof value === "string" && reference.test(value)) return value;
    findings.add("SECRET_LITERAL", place(pointer), { name: pointer.slice(1).replaceAll("/", ".") });
    return null;
  };
  const flag = (name: string, absent: boolean): boolean => {
    const value = config[name];
    if (value !== undefined && typeof value !== "boolean") refuse(`/${name}`, "true or false");
    return typeof value === "boolean" ? value : absent;
  };
  const some = (value: string): boolean => value !== "";
  const isMailbox = (value: string): boolean => mailboxFault(value) === null;

  const host = text(config, "host", "/host", (value) => /^[A-Za-z0-9.:[\]-]+$/.test(value), "a host name");
  if (config["host"] === undefined) refuse("/host", "a host name");
  const port = config["port"];
  if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65535) refuse("/port", "1 to 65535");
  const secure = flag("secure", false);
  const requireTLS = flag("requireTLS", true);
  if (!secure && !requireTLS && !loopback.test(host ?? "")) refuse("/requireTLS", "true", emailText("plainText", lang));

  const sender = group("from") ?? {};
  const address = text(sender, "address", "/from/address", isMailbox, "one mailbox");
  if (config["from"] === undefined) refuse("/from", "a sender");
  else if (sender["address"] === undefined) refuse("/from/address", "one mailbox");
  const login = group("auth");
  const user = login === null ? null : text(login, "user", "/auth/user", some, "a user name");
  const password = login === null ? null : secret(login, "password", "/auth/password");
  if (login !== null && login["user"] === undefined) refuse("/auth/user", "a user name");
  if (login !== null && login["password"] === undefined) refuse("/auth/password", "env:NAME");
  const optOut = group("unsubscribe") ?? {};

  const read: EmailConfig = {
    host: host ?? "",
    port: Number(port),
    secure,
    requireTLS,
    ca: secret(config, "ca", "/ca"),
    heloName: text(config, "heloName", "/heloName", (value) => /^[A-Za-z0-9.:[\]-]+$/.test(value), "a host name"),
    from: { name: text(sender, "name", "/from/name", () => true, "one line") ?? "", address: address ?? "" },
    replyTo: text(config, "replyTo", "/replyTo", isMailbox, "one mailbox"),
    auth: user === null || password === null ? null : { user, password },
    unsubscribe: {
      mailto: text(optOut, "mailto", "/unsubscribe/mailto", isMailbox, "one mailbox"),
      url: text(optOut, "url", "/unsubscribe/url", (value) => oneClickUrl.test(value) && value.includes("{key}"), "https://… with {key}"),
    },
    postalAddress: text(config, "postalAddress", "/postalAddress", some, "one line") ?? "",
  };
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return read;
}
