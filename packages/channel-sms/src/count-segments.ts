import { SegmentedMessage } from "sms-segments-calculator";

/** How a text goes over the air. */
export interface SegmentCount {
  readonly encoding: "GSM-7" | "UCS-2";
  /** Short messages that the text takes, each of them billed; 0 for an empty text. */
  readonly segments: number;
  /** Septets (GSM-7) or 16-bit units (UCS-2) of the text, headers not counted. */
  readonly units: number;
}

const single = { "GSM-7": 160, "UCS-2": 70 } as const;
const joined = { "GSM-7": 153, "UCS-2": 67 } as const;

/** Beyond this no gateway takes the text, and the library's time grows with the square of its length. */
const countedExactly = 2_000;

/**
 * Counts the short messages of a text: 160 septets in one or 153 in each of several (GSM-7), 70 or 67 units (UCS-2).
 * An extension character such as `€` takes two septets; neither it nor a surrogate pair is split between messages.
 *
 * @example
 * countSegments("定期存款即将到期。"); // { encoding: "UCS-2", segments: 1, units: 9 }
 */
export function countSegments(text: string): SegmentCount {
  if (text === "") return { encoding: "GSM-7", segments: 0, units: 0 };
  if (text.length > countedExactly) {
    const { encoding } = countSegments(firstForeign(text));
    return { encoding, segments: Math.ceil(text.length / joined[encoding]), units: text.length };
  }
  const message = new SegmentedMessage(text, "auto", false);
  const encoding = message.encodingName;
  const units = encoding === "UCS-2" ? text.length : message.encodedChars.reduce((sum, character) => sum + character.codeUnits.length, 0);
  // The library keeps a letter and all its combining marks in one message, however many there are; the air does not.
  const least = units <= single[encoding] ? 1 : Math.ceil(units / joined[encoding]);
  return { encoding, segments: Math.max(least, message.segmentsCount), units };
}

/** A character of a long text that GSM-7 does not have, or one that it has. */
function firstForeign(text: string): string {
  for (const character of new Set(text)) {
    if (new SegmentedMessage(character, "auto", false).encodingName === "UCS-2") return character;
  }
  return "a";
}
