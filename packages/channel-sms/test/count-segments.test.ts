import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countSegments } from "@evertend/channel-sms";

describe("boundaries", () => {
  test.each([
    ["", 0, "GSM-7"],
    ["a", 1, "GSM-7"],
    ["a".repeat(160), 1, "GSM-7"],
    ["a".repeat(161), 2, "GSM-7"],
    ["a".repeat(306), 2, "GSM-7"],
    ["a".repeat(307), 3, "GSM-7"],
    ["中".repeat(70), 1, "UCS-2"],
    ["中".repeat(71), 2, "UCS-2"],
    ["中".repeat(134), 2, "UCS-2"],
    ["中".repeat(135), 3, "UCS-2"],
    // An extension character is two septets and is not split.
    ["€".repeat(80), 1, "GSM-7"],
    ["€".repeat(80) + "a", 2, "GSM-7"],
    ["a".repeat(152) + "€" + "a".repeat(152), 3, "GSM-7"],
    ["[^{|}~\\]", 1, "GSM-7"],
    // In UCS-2 an extension character is one unit again.
    ["中" + "€".repeat(69), 1, "UCS-2"],
    // A surrogate pair is two units and is not split.
    ["😀".repeat(35), 1, "UCS-2"],
    ["中".repeat(66) + "😀" + "中".repeat(66), 3, "UCS-2"],
    // Smart quotes stay what they are: nothing is replaced to save a segment.
    ["“" + "a".repeat(70), 2, "UCS-2"],
    ["a\r\nb", 1, "GSM-7"],
    // More marks on one letter than one message holds.
    ["e" + "\u0301".repeat(200), 3, "UCS-2"],
  ] as const)("%#: %s", (text, segments, encoding) => {
    expect(countSegments(text)).toMatchObject({ segments, encoding });
  });

  test("a very long text is counted at once", () => {
    const started = performance.now();
    expect(countSegments("a".repeat(300_000))).toMatchObject({ encoding: "GSM-7", segments: Math.ceil(300_000 / 153) });
    expect(countSegments("a".repeat(300_000) + "中").encoding).toBe("UCS-2");
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("law: never fewer segments than the units need, never more than one waste unit a segment allows", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "€", "中", "😀", "\n", "ü", "{"), { maxLength: 400 }), (letters) => {
        const { encoding, segments, units } = countSegments(letters.join(""));
        const [single, joined] = encoding === "GSM-7" ? [160, 153] : [70, 67];
        if (units <= single) expect(segments).toBe(units === 0 ? 0 : 1);
        else {
          expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / joined));
          expect(segments).toBeLessThanOrEqual(Math.ceil(units / (joined - 1)));
        }
      }),
      { numRuns: 300 },
    );
  });
});

const data = fileURLToPath(new URL("../../../../shared/data/sms/", import.meta.url));
const present = existsSync(data);
if (!present) console.warn("SKIPPED: segments of real texts: ../shared/data/sms is not here");

describe.skipIf(!present)("5,574 real texts against the GSM 03.38 table", () => {
  test("encoding, units and segments agree with a count of our own", () => {
    const table = gsmTable();
    const texts = gunzipSync(readFileSync(`${data}SMSSpamCollection.tsv.gz`)).toString("utf8").trimEnd().split("\n").map((line) => line.slice(line.indexOf("\t") + 1));
    expect(texts).toHaveLength(5574);
    const encodings = { "GSM-7": 0, "UCS-2": 0 };
    for (const text of texts) {
      const own = ownCount(text, table);
      expect(countSegments(text), text).toMatchObject(own);
      encodings[own.encoding]++;
    }
    // Both encodings occur, or the comparison would say little.
    expect(Math.min(...Object.values(encodings))).toBeGreaterThan(0);
  });

  test("every character of the table is GSM-7 in one or two septets", () => {
    for (const [character, septets] of gsmTable()) expect(countSegments(character), `U+${(character.codePointAt(0) ?? 0).toString(16)}`).toEqual({ encoding: "GSM-7", segments: 1, units: septets });
  });
});

/** Character → septets. The file maps 0x09 to a small ç; 3GPP TS 23.038 has the capital there. */
function gsmTable(): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  for (const line of readFileSync(`${data}GSM0338.TXT`, "utf8").split("\n")) {
    const [, code, unicode] = /^0x([0-9A-F]+)\t0x([0-9A-F]+)\t/.exec(line) ?? [];
    if (code === undefined || unicode === undefined || code === "1B") continue;
    const character = code === "09" ? "Ç" : String.fromCodePoint(Number.parseInt(unicode, 16));
    table.set(character, code.length > 2 ? 2 : 1);
  }
  return table;
}

/** Packs letter by letter, as the standard says, without the library. */
function ownCount(text: string, table: ReadonlyMap<string, number>): { encoding: "GSM-7" | "UCS-2"; units: number; segments: number } {
  const letters = [...text];
  const gsm = letters.every((letter) => table.has(letter));
  const sizes = letters.map((letter) => (gsm ? (table.get(letter) ?? 0) : letter.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, joined] = gsm ? [160, 153] : [70, 67];
  let segments = 1;
  let filled = 0;
  for (const size of units <= single ? [] : sizes) {
    if (filled + size > joined) {
      segments++;
      filled = 0;
    }
    filled += size;
  }
  return { encoding: gsm ? "GSM-7" : "UCS-2", units, segments };
}
