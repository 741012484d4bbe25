import { describe, expect, it } from "vitest";
import { SERIES_COLOURS, seriesColour, themes } from "../src/palette.js";

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [r, g, blue] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return Math.max(x, y) / Math.min(x, y);
}

/** Linear RGB as people see it who lack one kind of cone (Machado, Oliveira and Fernandes 2009, full severity). */
const sight: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const times = (rows: readonly [Triple, Triple, Triple], v: Triple): Triple => {
  const [a, b, c] = rows.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
  return [a ?? 0, b ?? 0, c ?? 0];
};

/** OKLab, where equal distances look equally different; times 100. */
function oklab(rgb: Triple): Triple {
  const cones = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb);
  const roots = cones.map((cone) => Math.cbrt(Math.max(0, cone)) * 100);
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], [roots[0] ?? 0, roots[1] ?? 0, roots[2] ?? 0]);
}

function distance(a: string, b: string, seen: readonly [Triple, Triple, Triple]): number {
  const [x, y] = [oklab(times(seen, linear(a))), oklab(times(seen, linear(b)))];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

describe.each(Object.entries(themes))("theme %s", (_, theme) => {
  it("sets text with a contrast of at least 4.5 on paper and on what a row under the mouse has", () => {
    for (const ink of [theme.ink, theme.soft, theme.accent]) {
      expect(contrast(ink, theme.paper)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, theme.faint)).toBeGreaterThanOrEqual(4.5);
    }
    for (const ink of [theme.ink, theme.care]) expect(contrast(ink, theme.careful)).toBeGreaterThanOrEqual(4.5);
  });

  it("has series of at least 3 against paper, with labels of at least 4.5", () => {
    expect(theme.series).toHaveLength(SERIES_COLOURS);
    for (const { fill, on } of theme.series) {
      expect(contrast(fill, theme.paper), fill).toBeGreaterThanOrEqual(3);
      expect(contrast(fill, on), fill).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(Object.entries(sight))("keeps series apart for eyes with cones: %s", (__, seen) => {
    theme.series.forEach(({ fill }, i) => {
      for (const other of theme.series.slice(0, i)) expect(distance(fill, other.fill, seen), `${fill} ${other.fill}`).toBeGreaterThanOrEqual(7.5);
    });
  });
});

it("repeats colours paler after the sixth series", () => {
  expect(seriesColour(0)).toEqual({ number: 1, opacity: 1 });
  expect(seriesColour(5)).toEqual({ number: 6, opacity: 1 });
  expect(seriesColour(6)).toEqual({ number: 1, opacity: 0.55 });
  expect(seriesColour(30)).toEqual({ number: 1, opacity: 0.2 });
});
