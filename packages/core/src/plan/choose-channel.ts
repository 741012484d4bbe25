import type { Channel } from "../channel/channel.js";
import type { MatchDetail } from "../evaluate/evaluation.js";
import type { ActionProgram } from "../lower/rule-program.js";
import type { CustomerCase } from "../policy/customer-case.js";
import { readRole } from "../policy/customer-case.js";
import type { TemplateProgram } from "../template/template-program.js";

/** A channel to use, with the customer's address on it. */
export interface ChosenChannel {
  readonly channel: Channel;
  readonly to: string;
}

/**
 * The channels of a message that exist here and that its template has words for, in order of preference: those that the
 * customer prefers (role `preferredChannels`) first, in the customer's order, then as the rule names them.
 */
export function usableChannels(one: CustomerCase, action: ActionProgram, template: TemplateProgram | undefined, match: MatchDetail): readonly string[] {
  const via = "op" in action.via ? one.evaluation.value(action.via, match) : action.via;
  const names = typeof via === "string" ? [via] : Array.isArray(via) ? (via as readonly unknown[]) : [];
  const usable = names.filter((name): name is string => typeof name === "string" && one.program.environment.channels.has(name) && (template?.variants.get(name)?.size ?? 0) > 0);
  const preferred = readRole(one.program, one.evaluation, "preferredChannels");
  const wanted = Array.isArray(preferred) ? (preferred as readonly unknown[]) : [];
  return [...new Set([...wanted.filter((name): name is string => typeof name === "string" && usable.includes(name)), ...usable])];
}

/** The first of the channels on which the customer has an address that the channel can take; else why there is none. */
export function chooseChannel(one: CustomerCase, channels: readonly string[]): ChosenChannel | "NO_CHANNEL" | "NO_ADDRESS" | "ADDRESS_INVALID" {
  if (channels.length === 0) return "NO_CHANNEL";
  let invalid = false;
  for (const name of channels) {
    const channel = one.program.environment.channels.get(name) as Channel;
    const to = readRole(one.program, one.evaluation, `address.${name}`);
    if (typeof to !== "string" || to.trim() === "") continue;
    if (isAddress(to, channel.capabilities.address)) return { channel, to };
    invalid = true;
  }
  return invalid ? "ADDRESS_INVALID" : "NO_ADDRESS";
}

/** A first look; what a channel knows better its `render` says. */
function isAddress(to: string, kind: Channel["capabilities"]["address"]): boolean {
  if (/[\p{Cc}\u2028\u2029]/u.test(to)) return false;
  if (kind === "phone") return /^\+[1-9]\d{6,14}$/.test(to);
  return kind === "opaque" || /^[^\s@,;<>]+@[^\s@,;<>]+$/u.test(to);
}
