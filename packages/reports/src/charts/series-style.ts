import { seriesColour } from "../palette.js";

/** Fill of the series at `index`, with a hairline of paper around it so that neighbours stay apart. */
export function seriesFill(index: number): { color: string; opacity: number; borderColor: string; borderWidth: number } {
  const { number, opacity } = seriesColour(index);
  return { color: `var(--s${number})`, opacity, borderColor: "var(--paper)", borderWidth: 1 };
}

/** Colour of a label that stands on the series at `index`. */
export function labelOn(index: number): string {
  const { number, opacity } = seriesColour(index);
  return opacity === 1 ? `var(--on${number})` : "var(--ink)";
}
