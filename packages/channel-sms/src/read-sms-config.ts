import type { ChannelConfig, Lang } from "@evertend/core";
import { DiagnosticError, Findings } from "@evertend/core";
import type { SmsProfile } from "./sms-profile.js";
import { smsText } from "./sms-texts.js";

/** The configuration with the profile's values where it says nothing. */
export interface SmsConfig {
  readonly signature: string;
  readonly optOut: Readonly<Record<string, string>>;
  readonly maxCharacters: number;
  readonly templates: Readonly<Record<string, string>>;
  /** Folder of the hand-off; `null` where nothing can be sent. */
  readonly directory: string | null;
}

/**
 * Reads a configuration. The host has checked it against `configSchema`; what would still break a message is refused
 * here.
 *
 * @throws DiagnosticError with CHANNEL_CONFIG_INVALID for each value that cannot be used.
 */
export function readSmsConfig(config: ChannelConfig, profile: SmsProfile, lang: Lang = "en"): SmsConfig {
  const findings = new Findings(lang);
  const refuse = (name: string, expected: string): void =>
    findings.add("CHANNEL_CONFIG_INVALID", { file: "", pointer: `/${name}`, line: 0, column: 0 }, { name: "sms", detail: smsText("wrongValue", lang, { name }), expected });

  const signature = config["signature"] ?? profile.signature;
  if (!isLine(signature)) refuse("signature", "a text in one line");
  const maxCharacters = config["maxCharacters"] ?? profile.maxCharacters;
  if (!Number.isInteger(maxCharacters) || Number(maxCharacters) < 1) refuse("maxCharacters", "a whole number from 1");
  const optOut = { ...profile.optOut, ...lines(config["optOut"], () => refuse("optOut", "one line by locale")) };
  const templates = lines(config["templates"], () => refuse("templates", "an id by template"));
  const directory = readDirectory(config["transport"], () => refuse("transport", '{"kind": "handoff", "directory": …}'));
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return { signature: signature as string, optOut, maxCharacters: Number(maxCharacters), templates, directory };
}

function isLine(value: unknown): value is string {
  return typeof value === "string" && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
}

function lines(value: unknown, refuse: () => void): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    refuse();
    return {};
  }
  const entries = Object.entries(value).filter((entry): entry is [string, string] => isLine(entry[1]) && entry[1] !== "");
  if (entries.length !== Object.keys(value).length) refuse();
  return Object.fromEntries(entries);
}

function readDirectory(value: unknown, refuse: () => void): string | null {
  if (value === undefined) return null;
  if (typeof value === "object" && value !== null && "kind" in value && value.kind === "handoff" && "directory" in value && typeof value.directory === "string" && value.directory !== "") {
    return value.directory;
  }
  refuse();
  return null;
}
