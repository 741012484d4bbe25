import type { Channel, ChannelConfig, Rendered } from "../channel/channel.js";
import type { Touch } from "../decision/decision.js";
import type { ReasonCode } from "../decision/reason-codes.js";
import type { Diagnostic, Lang } from "../diagnostics/diagnostic.js";
import type { TemplateProgram } from "../template/template-program.js";
import type { Filled, TemplateValues } from "../template/fill-template.js";
import type { ChosenChannel } from "./choose-channel.js";
import { pickLocale } from "./pick-locale.js";

/** Why words did not come about; `detail` names fields of the template or a code, never a value. */
export interface Unfilled {
  readonly reason: ReasonCode;
  readonly detail: string;
}

/** All of a touch but what filling gives. */
export type TouchFrame = Omit<Touch, "channel" | "to" | "template" | "locale" | "parts" | "slots">;

/** Fills a message for its channel and lets the channel look at it without sending. */
export function composeTouch(frame: TouchFrame, template: TemplateProgram, chosen: ChosenChannel, values: TemplateValues, locale: Lang, fallback: Lang, config: ChannelConfig): Touch | Unfilled {
  const { channel, to } = chosen;
  const words = pickLocale(template.variants.get(channel.id), locale, fallback);
  const first = channel.capabilities.parts[0];
  if (!words || first === undefined || !words.parts.has(first)) return { reason: "RENDER_FAILED", detail: "TEMPLATE_PART_MISSING" };
  const parts: Record<string, string> = {};
  const slots: Record<string, string> = {};
  for (const name of channel.capabilities.parts) {
    const source = words.parts.get(name);
    if (!source) continue;
    const escape = channel.capabilities.escape[name] ?? "plain";
    const filled = source.fill(values, { locale: words.locale, escape });
    const wrong = wrongIn(filled);
    if (wrong) return wrong;
    parts[name] = filled.text;
    // Slots go to gateways as plain values; those of HTML are escaped for another place.
    if (escape !== "html") for (const [slot, text] of Object.entries(filled.slots)) if (!Object.hasOwn(slots, slot)) slots[slot] = text;
  }
  if (isBlank(parts[first]) || (parts["text"] !== undefined && isBlank(parts["text"]))) return { reason: "MESSAGE_EMPTY", detail: template.id };
  const touch: Touch = { ...frame, channel: channel.id, to, template: template.id, locale: words.locale, parts, slots };
  return refusal(channel, touch, config) ?? touch;
}

/** What is wrong with a filled part, if anything. */
export function wrongIn(filled: Filled): Unfilled | undefined {
  if (filled.tooLarge) return { reason: "OUTPUT_TOO_LARGE", detail: "" };
  return filled.missing.length > 0 ? { reason: "FIELD_MISSING", detail: filled.missing.join(",") } : undefined;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** Why the channel would not send it. A channel that throws fails this touch alone. */
function refusal(channel: Channel, touch: Touch, config: ChannelConfig): Unfilled | undefined {
  let rendered: Rendered;
  try {
    rendered = channel.render(touch, config);
  } catch {
    return { reason: "RENDER_FAILED", detail: channel.id };
  }
  const error = rendered.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  return error ? { reason: reasonOf(error), detail: error.code } : undefined;
}

function reasonOf({ code }: Diagnostic): ReasonCode {
  if (code === "MESSAGE_EMPTY" || code === "SMS_TOO_LONG" || code === "OUTPUT_TOO_LARGE") return code;
  return code === "PHONE_INVALID" || code.startsWith("ADDRESS_") ? "ADDRESS_INVALID" : "RENDER_FAILED";
}
