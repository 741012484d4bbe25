/** A colour and the colour of text set on it. */
export interface SeriesColour { readonly fill: string; readonly on: string }

/** Colours of one theme. */
export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly faint: string;
  readonly accent: string;
  /** Text and edge of what must not be overlooked, and the ground behind it. */
  readonly care: string;
  readonly careful: string;
  readonly series: readonly SeriesColour[];
}

const WHITE = "#ffffff";
const NIGHT = "#0d1513";

/**
 * The two themes. The series colours differ in lightness as well as hue, so that they stay apart for people who do not
 * see red, green or blue as others do; every colour has at least 3:1 against its paper and every label 4.5:1 on its
 * colour. A test holds these properties.
 */
export const themes: Readonly<Record<"light" | "dark", Theme>> = {
  light: {
    paper: "#fcfbf8", ink: "#1a2321", soft: "#55605d", line: "#dcd9d0", faint: "#f2f0ea", accent: "#0b6b5d", care: "#9a3412", careful: "#fbf1e6",
    series: [
      { fill: "#0b6b5d", on: WHITE }, { fill: "#b68218", on: NIGHT }, { fill: "#313685", on: WHITE },
      { fill: "#b1428b", on: WHITE }, { fill: "#6b94b4", on: NIGHT }, { fill: "#503f2e", on: WHITE },
    ],
  },
  dark: {
    paper: "#121716", ink: "#e3e8e6", soft: "#a0aaa7", line: "#2f3836", faint: "#1b2220", accent: "#63c7b4", care: "#f0a36b", careful: "#2a211a",
    series: [
      { fill: "#4fb9a5", on: NIGHT }, { fill: "#f4cb69", on: NIGHT }, { fill: "#5d7edc", on: NIGHT },
      { fill: "#b8518e", on: WHITE }, { fill: "#b7e6f9", on: NIGHT }, { fill: "#805d3d", on: WHITE },
    ],
  },
};

/** How many series have a colour of their own; further ones repeat the colours, paler. */
export const SERIES_COLOURS = 6;

/** CSS custom properties of a theme, as declarations. */
export function themeDeclarations(theme: Theme): string {
  const { paper, ink, soft, line, faint, accent, care, careful, series } = theme;
  const named = Object.entries({ paper, ink, soft, line, faint, accent, care, careful }).map(([name, value]) => `--${name}:${value}`);
  const numbered = series.map(({ fill, on }, i) => `--s${i + 1}:${fill};--on${i + 1}:${on}`);
  return [...named, ...numbered].join(";");
}

/** Number (from 1) of the colour of the series at `index`, and how opaque it is. */
export function seriesColour(index: number): { readonly number: number; readonly opacity: number } {
  return { number: (index % SERIES_COLOURS) + 1, opacity: [1, 0.55, 0.3][Math.floor(index / SERIES_COLOURS)] ?? 0.2 };
}
