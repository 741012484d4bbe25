import type { Clause } from "../clause.js";

/** Units of a text and the short messages it takes: one while it fits, else each with room for six octets less. */
const tables = {
  "UCS-2": { letter: "中", rows: [[69, 1], [70, 1], [71, 2], [134, 2], [135, 3], [201, 3], [202, 4]] },
  "GSM-7": { letter: "a", rows: [[159, 1], [160, 1], [161, 2], [306, 2], [307, 3], [459, 3], [460, 4]] },
} as const;

export const segmentLimits: Clause = {
  id: "segment-limits",
  title: { "zh-CN": "短信条数在 70/71、67 与 160/161、153 处正确", en: "Segments are right at 70/71, 67 and 160/161, 153" },
  applies: ({ channel }) => (channel.capabilities.address === "phone" && channel.capabilities.parts.includes("text") ? null : "the channel sends no short messages"),
  async run(context) {
    const { channel, config } = context;
    const render = (text: string) => channel.render(context.touch({ parts: { text } }), config);
    let measured = 0;
    for (const [encoding, { letter, rows }] of Object.entries(tables)) {
      const probe = render(letter);
      // A signature in Chinese leaves no text in GSM-7: then the other table is the one that counts.
      if (probe.encoding !== encoding) continue;
      measured++;
      const around = (probe.parts["text"] ?? "").length - 1;
      for (const [units, segments] of rows) {
        if (units <= around) continue;
        const found = render(letter.repeat(units - around)).segments;
        context.expect(found === segments, `${encoding}: ${units} units are ${found} segments, expected ${segments}`);
      }
      if (encoding === "GSM-7" && around < 150) {
        const euro = render("€".repeat(80) + "a".repeat(1)).segments;
        if (around === 0) context.expect(euro === 2, `GSM-7: 80 extension characters and a letter are ${euro} segments, expected 2`);
      }
      if (encoding === "UCS-2" && around === 0) {
        // 66 units and a pair: the pair does not fit into the first 67 and is not split.
        const pairs = render("中".repeat(66) + "😀" + "中".repeat(66)).segments;
        context.expect(pairs === 3, `UCS-2: a surrogate pair at the edge of a segment gives ${pairs} segments, expected 3`);
      }
    }
    context.expect(measured > 0, "neither GSM-7 nor UCS-2 came out as the encoding");
  },
};
